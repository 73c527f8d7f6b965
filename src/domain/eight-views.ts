/** The same square turned by quarters and mirrored: a score that deserves trust hardly moves between them. */
import { turnSquareRgb } from './crop-turn';
import type { QuarterTurns } from './geometry';

/** The symmetries of a square; the upright one is the first. */
export const VIEW_COUNT = 8;

/**
 * One view of a square picture: exact, as bytes only change their place. View 0 is the picture itself, not a copy.
 * @param rgb - RGB bytes [side, side, 3].
 * @param view - 0 to 7: its quarter turns clockwise; from 4 on of the mirrored picture.
 * @returns RGB bytes [side, side, 3].
 */
export function drawView(rgb: Uint8Array<ArrayBuffer>, side: number, view: number): Uint8Array<ArrayBuffer> {
  return turnSquareRgb(view < 4 ? rgb : mirrorSquareRgb(rgb, side), side, (view % 4) as QuarterTurns);
}

/** Left and right exchanged. RGB bytes [side, side, 3]. */
function mirrorSquareRgb(rgb: Uint8Array<ArrayBuffer>, side: number): Uint8Array<ArrayBuffer> {
  const mirrored = new Uint8Array(rgb.length);
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      const from = 3 * (row * side + column);
      mirrored.set(rgb.subarray(from, from + 3), 3 * (row * side + side - 1 - column));
    }
  }
  return mirrored;
}

/** How the score moves between the views of one square. Calibrated probabilities, 0-1. */
export interface ViewRange {
  readonly low: number;
  readonly high: number;
  readonly mean: number;
  /** Standard deviation over the views. */
  readonly deviation: number;
}

/** @param probabilities - one a view, at least one. */
export function rangeOfViews(probabilities: readonly number[]): ViewRange {
  const mean = probabilities.reduce((sum, p) => sum + p, 0) / probabilities.length;
  const variance = probabilities.reduce((sum, p) => sum + (p - mean) ** 2, 0) / probabilities.length;
  return { low: Math.min(...probabilities), high: Math.max(...probabilities), mean, deviation: Math.sqrt(variance) };
}
