import { useEffect, useRef } from 'react';
import type { SequentialColourMapName } from '../domain/colour-map';
import type { FilterMap } from '../domain/analysis';
import { greatestOf, leastOf } from '../domain/colour-scale';
import { drawMap } from './draw-map';
import css from './MapThumb.module.css';

interface MapThumbProps {
  /** null: not there yet, its place is kept. */
  readonly map: FilterMap | null;
  readonly colourMap: SequentialColourMapName;
}

/** One map, small, coloured by its own range. */
export function MapThumb({ map, colourMap }: MapThumbProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    if (canvas.current === null || map === null) return;
    const low = leastOf(map.values);
    const high = greatestOf(map.values);
    drawMap(canvas.current, { values: map.values, side: map.side, low, high, colourMap });
  }, [map, colourMap]);
  if (map === null) return <span className={css.thumb} />;
  return <canvas ref={canvas} className={css.thumb} data-run={map.runId} aria-hidden="true" />;
}
