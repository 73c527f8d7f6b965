/** Occlusion sensitivity (Zeiler and Fergus 2014, arXiv:1311.2901): cover a place, see how far the score falls. */
import { INPUT_PX } from './network';

/** Side of the square that covers a place, and the step from one place to the next, in input pixels. */
export const OCCLUDER_PX = 32;
const OCCLUDER_STEP_PX = 8;

/** Cells of the heat map along one axis. */
export const OCCLUSION_SIDE = INPUT_PX / OCCLUDER_STEP_PX;

/**
 * The picture with a square centred on one cell of the heat map covered by the picture's mean colour.
 * @param rgb - [128, 128, 3]; not changed.
 * @param cell - 0 .. OCCLUSION_SIDE^2 - 1, row by row.
 */
export function occlude(rgb: Uint8Array, cell: number): Uint8Array<ArrayBuffer> {
  const covered = Uint8Array.from(rgb);
  const mean = meanColour(rgb);
  const start = (at: number): number => Math.max(0, (at + 0.5) * OCCLUDER_STEP_PX - OCCLUDER_PX / 2);
  const end = (at: number): number => Math.min(INPUT_PX, (at + 0.5) * OCCLUDER_STEP_PX + OCCLUDER_PX / 2);
  const [column, row] = [cell % OCCLUSION_SIDE, Math.floor(cell / OCCLUSION_SIDE)];
  for (let y = start(row); y < end(row); y++) {
    for (let x = start(column); x < end(column); x++) covered.set(mean, (y * INPUT_PX + x) * 3);
  }
  return covered;
}

function meanColour(rgb: Uint8Array): readonly number[] {
  const sums = [0, 0, 0];
  for (let i = 0; i < rgb.length; i++) sums[i % 3] = sums[i % 3]! + rgb[i]!;
  return sums.map((sum) => Math.round((sum * 3) / rgb.length));
}
