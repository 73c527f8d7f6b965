import { colourMapGradient, type ColourMapName } from '../domain/colour-map';
import { formatActivation } from './format-activation';

interface ColourLegendProps {
  readonly colourMap: ColourMapName;
  /** In activation units. */
  readonly min: number;
  readonly max: number;
}

/** Which colour is which number. */
export function ColourLegend({ colourMap, min, max }: ColourLegendProps) {
  const label = `Colours from ${formatActivation(min)} to ${formatActivation(max)}`;
  return (
    <div className="legend" role="img" aria-label={label}>
      <div className="legend-bar" style={{ background: colourMapGradient(colourMap) }} />
      <div className="legend-numbers">
        <span>{formatActivation(min)}</span>
        <span>{formatActivation((min + max) / 2)}</span>
        <span>{formatActivation(max)}</span>
      </div>
    </div>
  );
}
