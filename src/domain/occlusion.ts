/** Occlusion sensitivity (Zeiler and Fergus 2014, arXiv:1311.2901): cover a place, see how far the score falls. */
/** Cells of the heat map along one axis. */
export const OCCLUSION_SIDE = 16;

/** Side of the square that covers a place, in steps from one place to the next. */
const OCCLUDER_STEPS = 4;

/** Side of the square that covers a place, in pixels of an input of that side. */
export function occluderPx(inputSide: number): number {
  return (OCCLUDER_STEPS * inputSide) / OCCLUSION_SIDE;
}

/**
 * The picture with a square centred on one cell of the heat map covered by the picture's mean colour.
 * @param rgb - [side, side, 3]; not changed.
 * @param cell - 0 .. OCCLUSION_SIDE^2 - 1, row by row.
 */
export function occlude(rgb: Uint8Array, side: number, cell: number): Uint8Array<ArrayBuffer> {
  const covered = Uint8Array.from(rgb);
  const mean = meanColour(rgb);
  const step = side / OCCLUSION_SIDE;
  const half = occluderPx(side) / 2;
  const start = (at: number): number => Math.max(0, Math.ceil((at + 0.5) * step - half));
  const end = (at: number): number => Math.min(side, Math.ceil((at + 0.5) * step + half));
  const [column, row] = [cell % OCCLUSION_SIDE, Math.floor(cell / OCCLUSION_SIDE)];
  for (let y = start(row); y < end(row); y++) {
    for (let x = start(column); x < end(column); x++) covered.set(mean, (y * side + x) * 3);
  }
  return covered;
}

function meanColour(rgb: Uint8Array): readonly number[] {
  const sums = [0, 0, 0];
  for (let i = 0; i < rgb.length; i++) sums[i % 3] = sums[i % 3]! + rgb[i]!;
  return sums.map((sum) => Math.round((sum * 3) / rgb.length));
}
