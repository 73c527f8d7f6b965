/** Side of a kernel of the first convolution, of the piece of picture that it walks over, and of the places where it fits. */
export const KERNEL_SIDE = 3;
export const PATCH_SIDE = 12;
export const PLACES_SIDE = PATCH_SIDE - KERNEL_SIDE + 1;

interface Corner {
  readonly x: number;
  readonly y: number;
}

/**
 * A square piece of a picture or map.
 * @param values - [side, side, depth].
 * @returns [length, length, depth].
 */
export function cutPatch(
  values: ArrayLike<number>,
  { side, depth }: { readonly side: number; readonly depth: number },
  { x, y }: Corner,
  length: number,
): Float32Array {
  const patch = new Float32Array(length * length * depth);
  const rowLength = length * depth;
  for (let i = 0; i < patch.length; i++) {
    const row = Math.floor(i / rowLength);
    patch[i] = values[((y + row) * side + x) * depth + (i % rowLength)]!;
  }
  return patch;
}

/** @param kernels - [3, 3, 3, filters] (row, column, RGB, filter). @returns [3, 3, 3] (RGB, row, column). */
export function kernelOf(kernels: Float32Array, filters: number, filter: number): Float32Array {
  const cells = KERNEL_SIDE ** 2;
  return Float32Array.from({ length: 3 * cells }, (_, i) => {
    const [colour, cell] = [Math.floor(i / cells), i % cells];
    return kernels[(cell * 3 + colour) * filters + filter]!;
  });
}
