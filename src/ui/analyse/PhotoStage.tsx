import { useEffect, useRef, type KeyboardEvent, type MouseEvent } from 'react';
import { lookUpColours } from '../../domain/colour-map';
import { colourRanges } from '../../domain/colour-scale';
import { mapOf } from '../../domain/layer-maps';
import { turnPoint, unturnPoint } from '../../domain/crop-turn';
import type { QuarterTurns } from '../../domain/geometry';
import { cellOver, receptiveField, type InputRect } from '../../domain/receptive-field';
import { isHeadHeatMap, type RunId } from '../../domain/analysis';
import type { Slot, Spot } from '../../store/app-state';
import { chooseHeatMap, colourHeatMap } from '../../viewer/tools/heat-map';
import { colourValues, paintPixels } from '../../viewer/tools/paint';
import { words } from '../../words/words';
import { useApp, useAppState, useNetwork } from '../app-context';
import { useHoverCell } from '../viewer/MapsHover';
import css from './PhotoStage.module.css';

/** A square picture of numbers, with the colour of each: what lies over the photo. */
interface Overlay {
  readonly side: number;
  readonly pixels: Uint32Array<ArrayBuffer>;
}

const STEP_PX = 4;

interface PhotoStageProps {
  readonly runId: RunId;
  readonly slot: Slot;
  /** Of the network's picture against the photo on the screen. */
  readonly quarterTurns: QuarterTurns;
}

/**
 * What lies over the square that the network saw: an overlay, the receptive field of the value under the pointer or at the
 * followed place, and the place itself. A click, or the arrow keys, choose the place.
 */
export function PhotoStage({ runId, slot, quarterTurns }: PhotoStageProps) {
  const { flow } = useApp();
  const network = useNetwork();
  const inputPx = network.input.side;
  const spot = useAppState((state) => state.view.spot);
  const layer = useAppState((state) => state.view.layer);
  const hovered = useHoverCell();
  const isHovered = hovered !== null && hovered.layer === layer;
  const cell = isHovered ? hovered.cell : spot === null ? null : cellOver(network, layer, spot.x, spot.y);
  const field = cell === null ? null : receptiveField(network, layer, cell);

  const place = (event: MouseEvent<HTMLButtonElement>): void => {
    // A click made by Enter or Space has no position: it begins in the middle.
    if (event.detail === 0) {
      flow.view.followSpot(spot ?? { x: inputPx / 2, y: inputPx / 2 });
      return;
    }
    const box = event.currentTarget.getBoundingClientRect();
    flow.view.followSpot(
      turnPoint(
        toInput(event.clientX - box.left, box.width, inputPx),
        toInput(event.clientY - box.top, box.height, inputPx),
        inputPx,
        quarterTurns,
      ),
    );
  };

  const move = (event: KeyboardEvent): void => {
    const { x, y } = spot ?? { x: inputPx / 2, y: inputPx / 2 };
    // An arrow moves the place as it is seen on the photo, which is not turned.
    const next = moveSpot(unturnPoint(x, y, inputPx, quarterTurns), event.key, event.shiftKey ? 1 : STEP_PX, inputPx);
    if (next === undefined) return;
    event.preventDefault();
    flow.view.followSpot(next === null ? null : turnPoint(next.x, next.y, inputPx, quarterTurns));
  };

  return (
    <>
      <div className={css.turn} {...(quarterTurns === 0 ? {} : { style: { rotate: `${-90 * quarterTurns}deg` } })}>
        <OverlayCanvas runId={runId} slot={slot} />
        {field !== null && <FieldOutline field={field} inputPx={inputPx} isFaint={!isHovered} />}
        {spot !== null && (
          <span
            className={css.spot}
            data-testid={slot === 'a' ? 'spot-mark' : 'spot-mark-b'}
            style={{ left: percent(spot.x / inputPx), top: percent(spot.y / inputPx) }}
            aria-hidden="true"
          />
        )}
      </div>
      <button
        type="button"
        className={css.button}
        data-testid={slot === 'a' ? 'photo-stage' : 'photo-stage-b'}
        aria-label={
          spot === null
            ? words.analyse.stage.choose
            : words.analyse.stage.followed(Math.floor(spot.x), Math.floor(spot.y), inputPx)
        }
        onClick={place}
        onKeyDown={move}
      />
    </>
  );
}

/** @returns null: let the place go; undefined: the key means nothing here. */
function moveSpot({ x, y }: Spot, key: string, step: number, inputPx: number): Spot | null | undefined {
  const clamp = (at: number): number => Math.min(inputPx - 0.5, Math.max(0.5, at));
  switch (key) {
    case 'ArrowLeft':
      return { x: clamp(x - step), y };
    case 'ArrowRight':
      return { x: clamp(x + step), y };
    case 'ArrowUp':
      return { x, y: clamp(y - step) };
    case 'ArrowDown':
      return { x, y: clamp(y + step) };
    case 'Escape':
      return null;
    default:
      return undefined;
  }
}

function toInput(atCss: number, lengthCss: number, inputPx: number): number {
  return Math.min(inputPx - 0.01, Math.max(0, (atCss / lengthCss) * inputPx));
}

function percent(share: number): string {
  return `${share * 100}%`;
}

interface FieldOutlineProps {
  readonly field: InputRect;
  /** Side of the input that the field is a part of. */
  readonly inputPx: number;
  readonly isFaint: boolean;
}

function FieldOutline({ field, inputPx, isFaint }: FieldOutlineProps) {
  const { left, top, right, bottom } = field;
  const share = (px: number): string => percent(px / inputPx);
  return (
    <span
      className={isFaint ? `${css.field} ${css.fieldFaint}` : css.field}
      data-testid="receptive-field"
      data-left={left}
      data-top={top}
      data-right={right}
      data-bottom={bottom}
      style={{ left: share(left), top: share(top), width: share(right - left), height: share(bottom - top) }}
      aria-hidden="true"
    />
  );
}

function OverlayCanvas({ runId, slot }: Omit<PhotoStageProps, 'quarterTurns'>) {
  const overlay = useOverlay(runId, slot);
  const name = useAppState((state) => state.view.overlay);
  const opacity = useAppState((state) => state.view.overlayOpacity);
  const { flow } = useApp();
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    // Also for a photo that comes while the tool that offers these is closed.
    if (slot === 'a' && isHeadHeatMap(name)) void flow.explain.readHead();
  }, [flow, name, runId, slot]);
  useEffect(() => {
    if (canvas.current === null || overlay === null) return;
    const { side, pixels } = overlay;
    paintPixels(canvas.current, pixels, side);
  }, [overlay]);
  if (overlay === null) return null;
  return (
    <canvas
      ref={canvas}
      className={css.overlay}
      data-testid={slot === 'a' ? 'overlay' : 'overlay-b'}
      data-overlay={name}
      style={{ opacity }}
      aria-hidden="true"
    />
  );
}

/** The overlay that the person chose, for this photo; null where there is none or it is not computed. */
function useOverlay(runId: RunId, slot: Slot): Overlay | null {
  const { cache } = useApp();
  const { overlay, layer, filter, scale, colourMap } = useAppState((state) => state.view);
  const key = useAppState((state) => state.photos[slot].mapsKey);
  const otherKey = useAppState((state) => state.photos[slot === 'a' ? 'b' : 'a'].mapsKey);
  // Heat maps are finished, or grow, without another fact changing.
  useAppState((state) => state.heavyVersion);
  if (overlay === 'none') return null;
  if (overlay === 'map') {
    const own = key?.runId === runId && key.layer === layer ? cache.layer(runId, layer) : null;
    if (own === null || filter === null) return null;
    const other = otherKey?.layer === layer ? cache.layer(otherKey.runId, layer) : null;
    const { low, high } = colourRanges(scale, own, other);
    const range = { low: low[filter] ?? 0, high: high[filter] ?? 0 };
    return { side: own.side, pixels: colourValues(mapOf(own, filter), range, lookUpColours(colourMap)) };
  }
  // The heat maps are of photo A.
  if (slot !== 'a') return null;
  const heat = chooseHeatMap(overlay, { head: cache.head(runId), occlusion: cache.occlusion(runId) }, colourMap);
  return heat && { side: heat.side, pixels: colourHeatMap(heat) };
}
