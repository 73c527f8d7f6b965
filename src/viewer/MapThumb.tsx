import { useEffect, useRef } from 'react';
import type { SequentialColourMapName } from '../domain/colour-map';
import type { FilterMap } from '../domain/analysis';
import { greatestOf, leastOf } from '../domain/colour-scale';
import { drawMap } from './draw-map';

interface MapThumbProps {
  readonly map: FilterMap;
  readonly colourMap: SequentialColourMapName;
}

/** One map, small, coloured by its own range. */
export function MapThumb({ map, colourMap }: MapThumbProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    if (canvas.current === null) return;
    const low = leastOf(map.values);
    const high = greatestOf(map.values);
    drawMap(canvas.current, { values: map.values, side: map.side, low, high, colourMap });
  }, [map, colourMap]);
  return <canvas ref={canvas} className="map-thumb pixelated" data-run={map.runId} aria-hidden="true" />;
}
