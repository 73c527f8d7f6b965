import type { CSSProperties } from 'react';
import type { ViewRange } from '../../domain/eight-views';
import { words } from '../../words/words';
import css from './ScoreScale.module.css';

interface ScoreScaleProps {
  readonly probability: number;
  readonly threshold: number;
  /** Of the square's eight views; null: not known yet. */
  readonly range: ViewRange | null;
  /** No more views come. */
  readonly isSettled: boolean;
}

/** A ruler from 0 to 1: where the score stands, and the alarm line between its two zones. No bands, no colours of alarm. */
export function ScoreScale({ probability, threshold, range, isSettled }: ScoreScaleProps) {
  const text = words.analyse.scale;
  return (
    <div className={css.place}>
      <div className={css.scale} role="img" aria-label={text.label(probability, threshold)}>
        <span className={css.marker} style={at(probability)} />
        <span className={css.above} style={at(threshold)} />
        {range !== null && <span className={css.range} style={spanOf(range)} />}
        <span className={css.ruler} />
        <span className={css.threshold} style={at(threshold)} />
        <span className={`${css.label} ${css.zero}`}>{text.zero}</span>
        <span className={`${css.label} ${css.thresholdLabel}`} style={at(threshold)}>
          {text.line(threshold)}
        </span>
        <span className={`${css.label} ${css.one}`}>{text.one}</span>
      </div>
      <p className={`${css.rangeWords} small soft`} data-testid="view-range">
        {range !== null ? text.range(range) : isSettled ? text.rangeFailed : text.rangeToCome}
      </p>
    </div>
  );
}

function spanOf({ low, high }: ViewRange): CSSProperties & Record<'--low' | '--high', string> {
  return { '--low': `${low * 100}%`, '--high': `${high * 100}%` };
}

function at(share: number): CSSProperties & Record<'--at', string> {
  return { '--at': `${share * 100}%` };
}
