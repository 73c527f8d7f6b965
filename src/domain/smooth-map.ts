/** Pixels that a coarse map is drawn on, at least. */
const LEAST_PX = 512;
/** Maps of fewer cells a side look like a chessboard where they stand large. */
const COARSE_SIDE = 64;

/** Whether a map has so few cells that it is drawn smoothly where it stands large. */
export function isCoarse(side: number): boolean {
  return side < COARSE_SIDE;
}

/**
 * A coarse map with values between its cells: bilinear between their centres, constant beyond the outermost ones. The
 * values are interpolated, not the colours, so that each colour that is drawn is one of the key; at the centre of a cell
 * stands its own value.
 * @param values - [side, side], no NaN. @returns [side, side] of the new side, a multiple of the old one; the map itself where it is fine enough.
 */
export function smoothMap(values: Float32Array, side: number): { readonly values: Float32Array; readonly side: number } {
  if (!isCoarse(side)) return { values, side };
  // Odd, so that a cell has a pixel in its middle.
  const factor = 2 * Math.ceil(LEAST_PX / side / 2) + 1;
  const out = side * factor;
  const last = side - 1;
  const places = Array.from({ length: out }, (_, pixel) => {
    const at = Math.min(last, Math.max(0, (pixel + 0.5) / factor - 0.5));
    const from = Math.min(Math.floor(at), Math.max(0, last - 1));
    return { from, to: Math.min(from + 1, last), share: at - from };
  });
  const smooth = new Float32Array(out * out);
  for (const [y, row] of places.entries()) {
    for (const [x, column] of places.entries()) {
      const [above, below] = [row.from * side, row.to * side];
      const top = values[above + column.from]! * (1 - column.share) + values[above + column.to]! * column.share;
      const bottom = values[below + column.from]! * (1 - column.share) + values[below + column.to]! * column.share;
      smooth[y * out + x] = top * (1 - row.share) + bottom * row.share;
    }
  }
  return { values: smooth, side: out };
}
