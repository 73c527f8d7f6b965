import { useEffect, useRef } from 'react';
import { lookUpColours, type ColourMapName } from '../domain/colour-map';
import type { FilterMap } from '../engine/protocol';
import { ColourLegend } from './ColourLegend';
import { drawMap, rangeOf } from './draw-map';
import { FilterStepper } from './FilterStepper';
import { formatActivation } from './format-activation';

interface FilterZoomProps {
  readonly map: FilterMap;
  /** The filter that was chosen; `map` may lag behind it while it is read. */
  readonly chosen: number;
  readonly channels: number;
  readonly colourMap: ColourMapName;
  readonly onSelect: (filter: number) => void;
}

/** One map, enlarged, with its numbers. */
export function FilterZoom({ map, chosen, channels, colourMap, onSelect }: FilterZoomProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { min, max, mean, activeShare } = rangeOf(map.values);
  useEffect(() => {
    if (canvas.current !== null) drawMap(canvas.current, map.values, map.side, lookUpColours(colourMap));
  }, [map, colourMap]);
  return (
    <section
      className="zoom"
      aria-labelledby="zoom-title"
      data-testid="filter-zoom"
      data-layer={map.layer}
      data-filter={map.filter}
      data-min={min}
      data-max={max}
    >
      <h3 id="zoom-title">
        {map.layer}, filter {map.filter}
      </h3>
      <canvas
        ref={canvas}
        className="zoom-canvas pixelated"
        role="img"
        aria-label={`Map of filter ${map.filter}, ${map.side} by ${map.side} values, from ${formatActivation(min)} to ${formatActivation(max)}`}
      />
      <ColourLegend colourMap={colourMap} min={min} max={max} />
      <dl className="zoom-facts">
        <div>
          <dt>Range</dt>
          <dd>
            {formatActivation(min)} to {formatActivation(max)}
          </dd>
        </div>
        <div>
          <dt>Mean</dt>
          <dd>{formatActivation(mean)}</dd>
        </div>
        <div>
          <dt>Above zero</dt>
          <dd>{Math.round(activeShare * 100)} % of pixels</dd>
        </div>
      </dl>
      <FilterStepper filter={chosen} channels={channels} onSelect={onSelect} />
    </section>
  );
}
