/** Brightness of pixels and its second derivative, of which sharpness is measured. */

/** Luma of ITU-R BT.601, 0-255. @param r - red, green and blue as sRGB bytes, 0-255. */
export function lumaOf(r: number, g: number, b: number): number {
  return 0.299 * r + 0.587 * g + 0.114 * b;
}

/**
 * The 4-neighbour Laplacian at one pixel, in units of luma.
 * @param luma - [side, side].
 * @param index - Of a pixel that is not on the edge.
 */
export function laplacianAt(luma: Float32Array | Float64Array, index: number, side: number): number {
  return luma[index - 1]! + luma[index + 1]! + luma[index - side]! + luma[index + side]! - 4 * luma[index]!;
}
