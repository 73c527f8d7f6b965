/**
 * A square picture made smaller by a whole factor: every pixel is the mean of those that it stands for.
 * @param rgb - RGB bytes [side, side, 3]; `side` is a multiple of `toSide`.
 * @returns RGB bytes [toSide, toSide, 3].
 */
export function shrinkRgb(rgb: Uint8Array, side: number, toSide: number): Uint8Array<ArrayBuffer> {
  const factor = side / toSide;
  if (!Number.isInteger(factor)) throw new RangeError(`${side} is no multiple of ${toSide}`);
  const sums = new Uint32Array(toSide * toSide * 3);
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const to = (Math.floor(y / factor) * toSide + Math.floor(x / factor)) * 3;
      const from = (y * side + x) * 3;
      for (let c = 0; c < 3; c++) sums[to + c] = sums[to + c]! + rgb[from + c]!;
    }
  }
  return Uint8Array.from(sums, (sum) => Math.round(sum / factor ** 2));
}
