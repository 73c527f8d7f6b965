import { useId, type KeyboardEvent } from 'react';
import { measureLine, stepLine } from '../../domain/operating-point';
import type { AnalysisFacts } from '../../store/app-state';
import { words } from '../../words/words';
import { useApp, useAppState } from '../app-context';
import css from './OperatingPoint.module.css';

/** Hundredths that a key moves the line by. */
const STEPS: Partial<Readonly<Record<string, number>>> = {
  ArrowLeft: -1,
  ArrowDown: -1,
  ArrowRight: 1,
  ArrowUp: 1,
  PageDown: -10,
  PageUp: 10,
};

/** Where the alarm line lies, and what that costs; one line for all photos and the batch. */
export function OperatingPoint({ result }: { readonly result: AnalysisFacts }) {
  const { flow } = useApp();
  const id = useId();
  const { threshold, manifest } = result;
  const isSet = useAppState((state) => state.preferences.line !== null);
  const says = words.line.control;
  const measured = measureLine(result);
  const move = (event: KeyboardEvent): void => {
    const steps = STEPS[event.key];
    if (steps === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    flow.preferences.setLine(stepLine(threshold, steps));
  };
  return (
    <div className={css.control}>
      <div className={css.head}>
        <label htmlFor={id}>{says.label(threshold)}</label>
        {isSet && (
          <button
            type="button"
            className="button small"
            data-testid="operating-point-reset"
            onClick={() => {
              flow.preferences.setLine(null);
            }}
          >
            {says.reset(manifest.threshold)}
          </button>
        )}
      </div>
      <input
        id={id}
        className={css.range}
        type="range"
        min="0"
        max="1"
        // The model's own line lies between any steps.
        step="any"
        value={threshold}
        aria-valuetext={says.value(threshold, measured?.rates ?? null)}
        data-testid="operating-point"
        onKeyDown={move}
        onChange={({ currentTarget }) => {
          flow.preferences.setLine(Math.round(Number(currentTarget.value) * 1000) / 1000);
        }}
      />
      <div className={`${css.ends} small soft`} aria-hidden="true">
        <span>{says.fewerMissed}</span>
        <span>{says.fewerAlarms}</span>
      </div>
      <p className="small" data-testid="operating-point-cost">
        {words.line.cost(measured)}
      </p>
    </div>
  );
}
