import { useId, useState } from 'react';
import { ChevronIcon } from './ChevronIcon';

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
  const jump = (text: string): void => {
    const wanted = Number(text);
    const isFilter = text !== '' && Number.isInteger(wanted) && wanted >= 0 && wanted <= last;
    setTyped({ text, filter: isFilter ? wanted : filter });
    if (isFilter && wanted !== filter) onSelect(wanted);
  };
  return (
    <div className="field">
      <label htmlFor={id}>Filter number, 0 to {last}</label>
      <div className="stepper">
        <button
          type="button"
          className="icon-button"
          aria-label="Previous filter"
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
          aria-label="Next filter"
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
