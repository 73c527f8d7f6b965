import { colourMapGradient, type ColourMapName } from '../domain/colour-map';
import { formatActivation } from '../words/format-values';
import { words } from '../words/words';
import css from './ColourLegend.module.css';

interface ColourLegendProps {
  readonly colourMap: ColourMapName;
  /** What the first and the last colour stand for, in activation units. */
  readonly low: number;
  readonly high: number;
}

/** Which colour is which number. */
export function ColourLegend({ colourMap, low, high }: ColourLegendProps) {
  return (
    <div className={css.legend} role="img" aria-label={words.viewer.legend(low, high)} data-low={low} data-high={high}>
      <div className={css.bar} style={{ background: colourMapGradient(colourMap) }} />
      <div className={css.numbers}>
        <span>{formatActivation(low)}</span>
        <span>{formatActivation((low + high) / 2)}</span>
        <span>{formatActivation(high)}</span>
      </div>
    </div>
  );
}
