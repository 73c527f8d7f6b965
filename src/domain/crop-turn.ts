/** Quarter turns of the square that the network sees: exact, as bytes only change their place. */
import type { QuarterTurns } from './geometry';

/** One quarter turn more, clockwise. */
export function nextTurn(turns: QuarterTurns): QuarterTurns {
  return ((turns + 1) % 4) as QuarterTurns;
}

/**
 * Where a point of the square lies after it was turned clockwise.
 * @param x - 0..side, from the left; y - 0..side, from the top.
 */
export function turnPoint(x: number, y: number, side: number, turns: QuarterTurns): { readonly x: number; readonly y: number } {
  switch (turns) {
    case 0:
      return { x, y };
    case 1:
      return { x: side - y, y: x };
    case 2:
      return { x: side - x, y: side - y };
    case 3:
      return { x: y, y: side - x };
  }
}

/** `turnPoint` backwards. */
export function unturnPoint(x: number, y: number, side: number, turns: QuarterTurns): { readonly x: number; readonly y: number } {
  return turnPoint(x, y, side, ((4 - turns) % 4) as QuarterTurns);
}

/**
 * Turns a square picture clockwise. Four quarter turns give the same bytes again; 0 gives the picture itself, not a copy.
 * @param rgb - RGB bytes [side, side, 3].
 * @returns RGB bytes [side, side, 3].
 */
export function turnSquareRgb(rgb: Uint8Array<ArrayBuffer>, side: number, turns: QuarterTurns): Uint8Array<ArrayBuffer> {
  if (turns === 0) return rgb;
  const turned = new Uint8Array(rgb.length);
  for (let row = 0, from = 0; row < side; row++) {
    for (let column = 0; column < side; column++, from += 3) {
      // The middle of a pixel stays the middle of a pixel.
      const middle = turnPoint(column + 0.5, row + 0.5, side, turns);
      const to = (Math.floor(middle.y) * side + Math.floor(middle.x)) * 3;
      turned[to] = rgb[from]!;
      turned[to + 1] = rgb[from + 1]!;
      turned[to + 2] = rgb[from + 2]!;
    }
  }
  return turned;
}
