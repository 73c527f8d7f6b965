import { useEffect, useLayoutEffect, useRef, useSyncExternalStore, type KeyboardEvent, type MouseEvent } from 'react';
import type { AtlasGrid } from '../domain/atlas';
import { countDead } from '../domain/filter-order';
import type { MapCell } from '../domain/receptive-field';
import { words } from '../words/words';
import { AtlasMarks } from './AtlasMarks';
import css from './AtlasPane.module.css';
import { cellAt } from './cell-at';
import { ColourLegend } from './ColourLegend';
import { drawAtlas, gapOf } from './draw-atlas';
import type { LinkedZoom } from './linked-zoom';
import { describeMap, type PaneId, type PaneMaps } from './pane';
import { TileMark } from './TileMark';

const TEST_IDS: Readonly<Record<PaneId, string>> = { a: 'atlas', b: 'atlas-b', difference: 'atlas-difference' };

/** A value of a map: the one that is pointed at. */
export interface MapPoint {
  readonly filter: number;
  readonly cell: MapCell;
}

interface AtlasPaneProps {
  readonly pane: PaneMaps;
  readonly grid: AtlasGrid;
  /** The filters shown, first place to last. */
  readonly order: Uint16Array;
  readonly scaleName: string;
  readonly orderName: string;
  /** Width that the maps get; 0 until it is laid out. */
  readonly widthCss: number;
  readonly zoom: LinkedZoom;
  readonly selected: number | null;
  /** The filter that keys act on, and whether they have been used. */
  readonly current: number;
  readonly hasCursor: boolean;
  readonly hovered: number | null;
  readonly muted: readonly number[];
  readonly pinned: readonly number[];
  readonly onPoint: (point: MapPoint | null) => void;
  readonly onSelect: (filter: number) => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
  readonly onBlur: () => void;
}

/** All maps of one photo's layer on one canvas. Marks lie above it, so that a choice or a movement redraws no map. */
export function AtlasPane({ pane, grid, order, scaleName, orderName, widthCss, zoom, ...props }: AtlasPaneProps) {
  const { selected, current, hasCursor, hovered, muted, pinned } = props;
  const { maps } = pane;
  const frame = useRef<HTMLDivElement>(null);
  const sheet = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const { columns, rows } = grid;
  const canvasPx = columns * (maps.side + gapOf(maps.side));
  const isEnlarged = useSyncExternalStore(zoom.subscribe, () => widthCss * devicePixelRatio * zoom.level() >= canvasPx);
  const optionId = `option-${pane.id}`;
  const isLaidOut = widthCss > 0;

  useEffect(
    () => (frame.current === null || sheet.current === null ? undefined : zoom.attach(frame.current, sheet.current)),
    [zoom],
  );

  // Before the browser paints: the maps appear with the names that belong to them.
  useLayoutEffect(() => {
    if (canvas.current === null || !isLaidOut) return;
    drawAtlas(canvas.current, pane, { grid: { columns, rows }, order, scaleName, orderName });
  }, [pane, columns, rows, order, scaleName, orderName, isLaidOut]);

  const findPoint = (event: MouseEvent<HTMLCanvasElement>): MapPoint | null => {
    const box = event.currentTarget.getBoundingClientRect();
    const [u, v] = [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height];
    const found = cellAt(grid, order.length, maps.side, gapOf(maps.side), u, v);
    return found === null ? null : { filter: order[found.place]!, cell: found.cell };
  };

  const tileOf = (filter: number | null): number => (filter === null ? -1 : order.indexOf(filter));
  const state = { isMuted: muted.includes(current), isPinned: pinned.includes(current) };

  return (
    <figure className={css.pane}>
      <figcaption className={css.head}>
        <span className={css.title}>{pane.title}</span>
        <span className={css.dead}>{deadWords(pane)}</span>
      </figcaption>
      {pane.isShared && <ColourLegend colourMap={pane.colourMap} low={pane.ranges.low[0] ?? 0} high={pane.ranges.high[0] ?? 0} />}
      <div className={css.frame} ref={frame} style={isLaidOut ? { maxWidth: widthCss } : undefined}>
        <div className={css.sheet} ref={sheet}>
          <canvas
            ref={canvas}
            data-testid={TEST_IDS[pane.id]}
            className={isEnlarged ? css.enlarged : undefined}
            role="listbox"
            tabIndex={0}
            aria-label={words.viewer.atlas.label(pane.title, order.length, maps.layer)}
            aria-activedescendant={optionId}
            onKeyDown={props.onKeyDown}
            onBlur={props.onBlur}
            onPointerMove={(event) => {
              if (event.pointerType !== 'touch') props.onPoint(findPoint(event));
            }}
            onPointerLeave={({ pointerType }) => {
              if (pointerType !== 'touch') props.onPoint(null);
            }}
            onClick={(event) => {
              const point = findPoint(event);
              if (point === null) return;
              // A finger does not hover: its tap also says where it points.
              props.onPoint(point);
              props.onSelect(point.filter);
            }}
          >
            {/* What a screen reader finds in place of pixels: the map at the cursor, one of so many. */}
            <div
              id={optionId}
              role="option"
              aria-selected={current === selected}
              aria-posinset={order.indexOf(current) + 1}
              aria-setsize={order.length}
            >
              {words.viewer.atlas.option(current, describeMap(pane, current), state)}
            </div>
          </canvas>
          <AtlasMarks grid={grid} order={order} statistics={maps} muted={muted} pinned={pinned} />
          <TileMark grid={grid} place={tileOf(selected)} kind="selected" />
          {hasCursor && <TileMark grid={grid} place={tileOf(current)} kind="cursor" />}
          <TileMark grid={grid} place={tileOf(hovered)} kind="hovered" label={String(hovered)} />
        </div>
      </div>
    </figure>
  );
}

function deadWords({ id, maps }: PaneMaps): string {
  const dead = countDead(maps);
  if (dead === 0) return '';
  const { same, silent } = words.viewer.atlas;
  return (id === 'difference' ? same : silent)(dead, maps.channels);
}
