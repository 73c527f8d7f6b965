/** Side of a kernel, and how many colours it sees. */
const KERNEL_SIDE = 3;
const COLOURS = 3;

/**
 * One kernel as a picture: grey is 0, each kernel scaled by its own greatest weight.
 * @param kernels - [3, 3, 3, filters] (row, column, RGB, filter).
 * @returns [3, 3, 3] (row, column, RGB), 0-255.
 */
export function kernelPatch(kernels: Float32Array, filters: number, filter: number): Float32Array<ArrayBuffer> {
  const weights = Float32Array.from({ length: KERNEL_SIDE ** 2 * COLOURS }, (_, i) => kernels[i * filters + filter]!);
  const reach = weights.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0);
  return weights.map((weight) => 127.5 + (reach > 0 ? (weight / reach) * 127.5 : 0));
}
