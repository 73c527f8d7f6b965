import { useEffect, useId, useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';
import { filterAt, tileRect, type AtlasGrid } from '../domain/atlas';
import type { LayerMaps } from '../engine/protocol';
import { drawAtlas, gapOf } from './draw-atlas';
import { fitGrid } from './fit-grid';
import { formatActivation } from './format-activation';
import { moveInGrid } from './move-in-grid';
import { useWidthCss } from './use-width-css';

/** Below this width the atlas may be taller than it is wide: maps stay large enough for a finger. */
const NARROW_CSS = 560;

interface AtlasProps {
  readonly maps: LayerMaps;
  /** 256 little-endian RGBA values. */
  readonly colours: Uint32Array;
  readonly selected: number | null;
  readonly onSelect: (filter: number) => void;
}

/** All maps of a layer on one canvas. Pointer or keys choose one; marks lie above, so that a choice redraws no map. */
export function Atlas({ maps, colours, selected, onSelect }: AtlasProps) {
  const { channels } = maps;
  const frame = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const widthCss = useWidthCss(frame);
  const [hovered, setHovered] = useState<number | null>(null);
  const [cursor, setCursor] = useState<number | null>(null);
  const optionId = useId();
  const heightCss = widthCss < NARROW_CSS ? widthCss * 2.2 : Math.max(480, window.innerHeight - 260);
  const { columns, rows } = fitGrid(channels, widthCss, heightCss);

  const isLaidOut = widthCss > 0;

  useEffect(() => {
    if (canvas.current !== null && isLaidOut) drawAtlas(canvas.current, maps, { columns, rows }, colours);
  }, [maps, colours, columns, rows, isLaidOut]);

  const grid: AtlasGrid = { columns, rows };
  const current = Math.min(cursor ?? selected ?? 0, channels - 1);
  const named = hovered ?? (cursor === null ? selected : current);
  const isEnlarged = widthCss * devicePixelRatio >= columns * (maps.side + gapOf(maps.side));

  const findFilter = (event: PointerEvent<HTMLCanvasElement>): number | null => {
    const box = event.currentTarget.getBoundingClientRect();
    return filterAt(grid, channels, (event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height);
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      onSelect(current);
      return;
    }
    const next = moveInGrid(event.key, current, columns, channels);
    if (next === null) return;
    event.preventDefault();
    setCursor(next);
    setHovered(null);
  };

  return (
    <div className="atlas">
      <div className="atlas-frame" ref={frame}>
        <canvas
          ref={canvas}
          data-testid="atlas"
          className={isEnlarged ? 'pixelated' : undefined}
          role="listbox"
          tabIndex={0}
          aria-label={`All ${channels} maps of ${maps.layer}. Arrow keys move, Enter enlarges.`}
          aria-activedescendant={optionId}
          onKeyDown={onKeyDown}
          onBlur={() => {
            setCursor(null);
          }}
          onPointerMove={(event) => {
            if (event.pointerType === 'mouse') setHovered(findFilter(event));
          }}
          onPointerLeave={() => {
            setHovered(null);
          }}
          onPointerUp={(event) => {
            const filter = findFilter(event);
            if (filter !== null && event.button === 0) onSelect(filter);
          }}
        >
          {/* What a screen reader finds in place of pixels: the map at the cursor, one of so many. */}
          <div
            id={optionId}
            role="option"
            aria-selected={current === selected}
            aria-posinset={current + 1}
            aria-setsize={channels}
          >
            {describe(maps, current)}
          </div>
        </canvas>
        {selected !== null && selected < channels && <TileMark grid={grid} filter={selected} kind="selected" />}
        {cursor !== null && <TileMark grid={grid} filter={current} kind="cursor" />}
        {hovered !== null && <TileMark grid={grid} filter={hovered} kind="hovered" label={String(hovered)} />}
      </div>
      <p className="atlas-caption">{named === null ? 'Choose a map to enlarge it.' : describe(maps, named)}</p>
    </div>
  );
}

/** "Filter 49: 0 to 3.21, mean 0.4". */
function describe({ min, max, mean }: LayerMaps, filter: number): string {
  const low = min[filter] ?? 0;
  const high = max[filter] ?? 0;
  if (low === 0 && high === 0) return `Filter ${filter}: silent on this picture, 0 everywhere`;
  const range = `${formatActivation(low)} to ${formatActivation(high)}`;
  return `Filter ${filter}: ${range}, mean ${formatActivation(mean[filter] ?? 0)}`;
}

interface TileMarkProps {
  readonly grid: AtlasGrid;
  readonly filter: number;
  readonly kind: 'selected' | 'cursor' | 'hovered';
  readonly label?: string;
}

function TileMark({ grid, filter, kind, label }: TileMarkProps) {
  const { left, top, width, height } = tileRect(grid, filter);
  const style = { left: percent(left), top: percent(top), width: percent(width), height: percent(height) };
  return (
    <span className={`tile-mark tile-mark-${kind}`} style={style} aria-hidden="true">
      {label !== undefined && <span className="tile-label">{label}</span>}
    </span>
  );
}

function percent(share: number): string {
  return `${share * 100}%`;
}
