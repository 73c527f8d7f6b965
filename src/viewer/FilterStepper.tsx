import { useId, useState } from 'react';
import { words } from '../words/words';
import { ChevronIcon } from './ChevronIcon';
import css from './FilterStepper.module.css';
import steps from './stepper.module.css';

interface FilterStepperProps {
  readonly filter: number;
  readonly channels: number;
  readonly onSelect: (filter: number) => void;
}

/** Steps from map to map, or jumps to one by its number. */
export function FilterStepper({ filter, channels, onSelect }: FilterStepperProps) {
  const id = useId();
  // What was typed, and the filter it stood for: once another filter is chosen elsewhere the text is outdated.
  const [typed, setTyped] = useState({ text: String(filter), filter });
  const last = channels - 1;
  const { label, previous, next } = words.viewer.zoom.stepper;
  const jump = (text: string): void => {
    const wanted = Number(text);
    const isFilter = text !== '' && Number.isInteger(wanted) && wanted >= 0 && wanted <= last;
    setTyped({ text, filter: isFilter ? wanted : filter });
    if (isFilter && wanted !== filter) onSelect(wanted);
  };
  return (
    <div className={`field ${css.field}`}>
      <label htmlFor={id}>{label(last)}</label>
      <div className={`${steps.stepper} ${css.row}`}>
        <button
          type="button"
          className="icon-button"
          aria-label={previous}
          aria-disabled={filter === 0}
          onClick={() => {
            if (filter > 0) onSelect(filter - 1);
          }}
        >
          <ChevronIcon direction="left" />
        </button>
        <input
          id={id}
          type="number"
          inputMode="numeric"
          data-testid="filter-number"
          min={0}
          max={last}
          value={typed.filter === filter ? typed.text : String(filter)}
          onChange={({ target }) => {
            jump(target.value);
          }}
        />
        <button
          type="button"
          className="icon-button"
          aria-label={next}
          aria-disabled={filter === last}
          onClick={() => {
            if (filter < last) onSelect(filter + 1);
          }}
        >
          <ChevronIcon direction="right" />
        </button>
      </div>
    </div>
  );
}
