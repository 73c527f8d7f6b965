import { useLayoutEffect, useRef, type KeyboardEvent, type MouseEvent } from 'react';
import type { MapCell } from '../domain/receptive-field';
import { mapOf, type LayerStatistics } from '../domain/layer-maps';
import { words } from '../words/words';
import { ColourLegend } from './ColourLegend';
import { drawMap } from './draw-map';
import type { PaneId, PaneMaps } from './pane';
import css from './ZoomFigure.module.css';

const TEST_IDS: Readonly<Record<PaneId, string>> = {
  a: 'filter-zoom',
  b: 'filter-zoom-b',
  difference: 'filter-zoom-difference',
};

const STEPS: Readonly<Record<string, MapCell>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};

interface ZoomFigureProps {
  readonly pane: PaneMaps;
  readonly filter: number;
  /** Beside others, which it must be told from. */
  readonly isNamed: boolean;
  readonly scaleName: string;
  /** The value pointed at, and the one at the spot that is followed. */
  readonly hoveredCell: MapCell | null;
  readonly spotCell: MapCell | null;
  readonly onHoverCell: (cell: MapCell | null) => void;
  readonly onPickCell: (cell: MapCell) => void;
}

/** One map, enlarged, in the colours of its atlas. A press or arrow keys choose the place to follow. */
export function ZoomFigure({ pane, filter, isNamed, scaleName, hoveredCell, spotCell, ...props }: ZoomFigureProps) {
  const { onHoverCell, onPickCell } = props;
  const canvas = useRef<HTMLCanvasElement>(null);
  const { maps, ranges, colourMap } = pane;
  const { side } = maps;
  const [min, max] = [maps.min[filter] ?? 0, maps.max[filter] ?? 0];
  const [low, high] = [ranges.low[filter] ?? 0, ranges.high[filter] ?? 0];

  useLayoutEffect(() => {
    if (canvas.current !== null) drawMap(canvas.current, { values: mapOf(maps, filter), side, low, high, colourMap });
  }, [maps, filter, side, low, high, colourMap]);

  const findCell = (event: MouseEvent): MapCell => {
    const box = event.currentTarget.getBoundingClientRect();
    return {
      x: clamp(Math.floor(((event.clientX - box.left) / box.width) * side), side),
      y: clamp(Math.floor(((event.clientY - box.top) / box.height) * side), side),
    };
  };

  const middle = { x: side >> 1, y: side >> 1 };
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = STEPS[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const from = spotCell ?? middle;
    onPickCell({ x: clamp(from.x + step.x, side), y: clamp(from.y + step.y, side) });
  };

  return (
    <figure
      className={css.figure}
      data-testid={TEST_IDS[pane.id]}
      data-layer={maps.layer}
      data-filter={filter}
      data-min={min}
      data-max={max}
      data-scale={scaleName}
    >
      {isNamed && <figcaption>{words.viewer.panes[pane.id]}</figcaption>}
      <button
        type="button"
        className={css.map}
        aria-label={words.viewer.zoom.mapLabel(filter, pane.id, side, [min, max])}
        onPointerMove={(event) => {
          if (event.pointerType !== 'touch') onHoverCell(findCell(event));
        }}
        onPointerLeave={() => onHoverCell(null)}
        onClick={(event) => {
          // A key press has no place of its own.
          onPickCell(event.detail === 0 ? (spotCell ?? middle) : findCell(event));
        }}
        onKeyDown={onKeyDown}
      >
        <canvas ref={canvas} />
        <svg viewBox={`0 0 ${side} ${side}`} aria-hidden="true">
          {spotCell !== null && <path className={css.cross} d={crossPath(spotCell, side)} />}
          {hoveredCell !== null && <rect className={css.cell} x={hoveredCell.x} y={hoveredCell.y} width="1" height="1" />}
        </svg>
      </button>
      <ColourLegend colourMap={colourMap} low={low} high={high} {...(isNeverNegative(maps) ? { least: 0 } : {})} />
    </figure>
  );
}

/** After ReLU, and pools of it. */
function isNeverNegative({ min }: LayerStatistics): boolean {
  return min.every((least) => least >= 0);
}

/** Lines to the four edges that leave the cell itself open. */
function crossPath({ x, y }: MapCell, side: number): string {
  const [middleX, middleY] = [x + 0.5, y + 0.5];
  return `M${middleX} 0V${y}M${middleX} ${y + 1}V${side}M0 ${middleY}H${x}M${x + 1} ${middleY}H${side}M${x} ${y}h1v1h-1z`;
}

function clamp(place: number, side: number): number {
  return Math.min(side - 1, Math.max(0, place));
}
