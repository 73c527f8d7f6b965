import { useEffect, type RefObject } from 'react';
import { moveCrop, scaleCrop } from '../../domain/crop';
import { nextTurn } from '../../domain/crop-turn';
import type { CropChoice, SourcePx, SourceSize, SquareCrop } from '../../domain/geometry';

/** An arrow key moves the square by this share of its side: 4 of the network's 128 pixels, as on the stage. */
const STEP_SHARE = 4 / 128;
const KEY_FACTOR = 1.1;
/** Of the side, for a notch of a mouse wheel (about 100 px). */
const WHEEL_RATE = 0.001;
const LINE_PX = 16;

const HANDLE = '.ReactCrop__drag-handle';
const SQUARE = '.ReactCrop__crop-selection';

interface GestureWorld {
  readonly source: SourceSize;
  /** What is chosen now, however it came about. */
  readonly read: () => CropChoice | null;
  readonly change: (choice: CropChoice) => void;
  readonly close: () => void;
}

/** @returns The choice after a key; null: the key closes the editor; undefined: it means nothing here. */
export function cropAfterKey(
  { crop, quarterTurns }: CropChoice,
  source: SourceSize,
  key: string,
  isFine: boolean,
): CropChoice | null | undefined {
  const step = isFine ? 1 : Math.max(1, Math.round(crop.size * STEP_SHARE));
  const moved = (dx: number, dy: number): CropChoice => ({ crop: moveCrop(crop, dx * step, dy * step, source), quarterTurns });
  const sized = (factor: number): CropChoice => ({ crop: scaleCrop(crop, factor, source), quarterTurns });
  switch (key) {
    case 'ArrowLeft':
      return moved(-1, 0);
    case 'ArrowRight':
      return moved(1, 0);
    case 'ArrowUp':
      return moved(0, -1);
    case 'ArrowDown':
      return moved(0, 1);
    case '+':
    case '=':
      return sized(KEY_FACTOR);
    case '-':
    case '_':
      return sized(1 / KEY_FACTOR);
    case 'r':
    case 'R':
      return { crop, quarterTurns: nextTurn(quarterTurns) };
    case 'Escape':
      return null;
    default:
      return undefined;
  }
}

/** The crop after a wheel's turn: upwards, or fingers spread on a touch pad, make it larger. */
export function cropAfterWheel(crop: SquareCrop, source: SourceSize, deltaY: number, deltaMode: number): SquareCrop {
  const deltaPx = deltaMode === WheelEvent.DOM_DELTA_PIXEL ? deltaY : deltaY * LINE_PX;
  return scaleCrop(crop, Math.exp(-WHEEL_RATE * Math.max(-300, Math.min(300, deltaPx))), source);
}

interface Touch {
  readonly x: number;
  readonly y: number;
}

/** The crop after two fingers went from one place to another: it grows with their distance and goes with their middle. */
export function cropAfterPinch(
  start: SquareCrop,
  source: SourceSize,
  [a0, b0]: readonly [Touch, Touch],
  [a, b]: readonly [Touch, Touch],
  sourcePxPerCssPx: number,
): SquareCrop {
  const apart = (p: Touch, q: Touch): number => Math.max(1, Math.hypot(p.x - q.x, p.y - q.y));
  const size = Math.min(start.size * (apart(a, b) / apart(a0, b0)), source.width, source.height);
  const grown = (start.size - size) / 2;
  const dx = ((a.x + b.x - a0.x - b0.x) / 2) * sourcePxPerCssPx;
  const dy = ((a.y + b.y - a0.y - b0.y) / 2) * sourcePxPerCssPx;
  return moveCrop({ x: (start.x + grown) as SourcePx, y: (start.y + grown) as SourcePx, size: size as SourcePx }, dx, dy, source);
}

/**
 * What the cropping library does not do: keys that size and turn, the wheel, two fingers. Listens to the elements
 * themselves: React cannot listen to a wheel it may stop, nor before the library's own listeners on the document.
 */
export function useCropGestures(frame: RefObject<HTMLElement | null>, { source, read, change, close }: GestureWorld): void {
  useEffect(() => {
    const element = frame.current;
    if (element === null) return;
    const touches = new Map<number, Touch>();
    let pinch: { readonly crop: SquareCrop; readonly from: readonly [Touch, Touch] } | null = null;

    const twoTouches = (): readonly [Touch, Touch] | null => {
      const [a, b] = [...touches.values()];
      return a === undefined || b === undefined || touches.size > 2 ? null : [a, b];
    };

    const onKeyDown = (event: KeyboardEvent): void => {
      const chosen = read();
      const isArrow = event.key.startsWith('Arrow');
      const isOnHandle = event.target instanceof Element && event.target.closest(HANDLE) !== null;
      if (chosen === null || event.ctrlKey || event.metaKey || event.altKey || (isArrow && isOnHandle)) return;
      const next = cropAfterKey(chosen, source, event.key, event.shiftKey);
      if (next === undefined) return;
      event.preventDefault();
      event.stopPropagation();
      if (next === null) close();
      else change(next);
    };

    const onWheel = (event: WheelEvent): void => {
      const chosen = read();
      if (chosen === null || event.deltaY === 0) return;
      event.preventDefault();
      change({ ...chosen, crop: cropAfterWheel(chosen.crop, source, event.deltaY, event.deltaMode) });
    };

    const onPointerDown = (event: PointerEvent): void => {
      const square = event.target instanceof Element ? event.target.closest<HTMLElement>(SQUARE) : null;
      if (square !== null && event.target instanceof Element && event.target.closest(HANDLE) === null) {
        // So that keys go on where the pointer left off.
        square.focus({ preventScroll: true });
      }
      if (event.pointerType !== 'touch') return;
      touches.set(event.pointerId, { x: event.clientX, y: event.clientY });
      const from = twoTouches();
      const chosen = read();
      pinch = from === null || chosen === null ? null : { crop: chosen.crop, from };
    };

    const onPointerMove = (event: PointerEvent): void => {
      if (!touches.has(event.pointerId)) return;
      touches.set(event.pointerId, { x: event.clientX, y: event.clientY });
      const to = twoTouches();
      const chosen = read();
      if (pinch === null || to === null || chosen === null) return;
      // Otherwise the library would drag the square with one of the two fingers.
      event.stopPropagation();
      const sourcePxPerCssPx = source.width / element.getBoundingClientRect().width;
      change({ ...chosen, crop: cropAfterPinch(pinch.crop, source, pinch.from, to, sourcePxPerCssPx) });
    };

    const onPointerEnd = (event: PointerEvent): void => {
      if (touches.delete(event.pointerId)) pinch = null;
    };

    element.addEventListener('keydown', onKeyDown);
    element.addEventListener('wheel', onWheel, { passive: false });
    element.addEventListener('pointerdown', onPointerDown, { capture: true });
    window.addEventListener('pointermove', onPointerMove, { capture: true });
    window.addEventListener('pointerup', onPointerEnd, { capture: true });
    window.addEventListener('pointercancel', onPointerEnd, { capture: true });
    return () => {
      element.removeEventListener('keydown', onKeyDown);
      element.removeEventListener('wheel', onWheel);
      element.removeEventListener('pointerdown', onPointerDown, { capture: true });
      window.removeEventListener('pointermove', onPointerMove, { capture: true });
      window.removeEventListener('pointerup', onPointerEnd, { capture: true });
      window.removeEventListener('pointercancel', onPointerEnd, { capture: true });
    };
  }, [frame, source, read, change, close]);
}
