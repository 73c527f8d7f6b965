import { colourMapGradient, type ColourMapName } from '../domain/colour-map';
import { formatActivation } from './format-activation';

interface ColourLegendProps {
  readonly colourMap: ColourMapName;
  /** What the first and the last colour stand for, in activation units. */
  readonly low: number;
  readonly high: number;
}

/** Which colour is which number. */
export function ColourLegend({ colourMap, low, high }: ColourLegendProps) {
  const label = `Colours from ${formatActivation(low)} to ${formatActivation(high)}`;
  return (
    <div className="legend" role="img" aria-label={label} data-low={low} data-high={high}>
      <div className="legend-bar" style={{ background: colourMapGradient(colourMap) }} />
      <div className="legend-numbers">
        <span>{formatActivation(low)}</span>
        <span>{formatActivation((low + high) / 2)}</span>
        <span>{formatActivation(high)}</span>
      </div>
    </div>
  );
}
