import { colourMapGradient, type ColourMapName } from '../domain/colour-map';
import { formatActivation } from '../words/format-values';
import { words } from '../words/words';
import css from './ColourLegend.module.css';

interface ColourLegendProps {
  readonly colourMap: ColourMapName;
  /** What the first and the last colour stand for, in activation units. */
  readonly low: number;
  readonly high: number;
  /** No value is less: colours below it are left out. */
  readonly least?: number;
}

/** Which colour is which number. */
export function ColourLegend({ colourMap, low, high, least = low }: ColourLegendProps) {
  const from = Math.min(Math.max(low, least), high);
  const shownShare = high > low ? (high - from) / (high - low) : 1;
  return (
    <div className={css.legend} role="img" aria-label={words.viewer.legend(from, high)} data-low={low} data-high={high}>
      <div
        className={css.bar}
        style={{
          background: colourMapGradient(colourMap),
          backgroundSize: `${100 / Math.max(shownShare, 0.01)}% 100%`,
          backgroundPosition: 'right',
        }}
      />
      <div className={css.numbers}>
        <span>{formatActivation(from)}</span>
        <span>{formatActivation((from + high) / 2)}</span>
        <span>{formatActivation(high)}</span>
      </div>
    </div>
  );
}
