import { colourIndex } from '../../domain/colour-scale';

interface ValueRange {
  readonly low: number;
  readonly high: number;
}

/** @param colours - 256 little-endian RGBA values. @returns the colour of each value; transparent for NaN. */
export function colourValues(values: Float32Array, { low, high }: ValueRange, colours: Uint32Array): Uint32Array<ArrayBuffer> {
  return Uint32Array.from(values, (value) => (Number.isNaN(value) ? 0 : colours[colourIndex(value, low, high)]!));
}

/** Colours square values, one canvas pixel each; see `colourValues`. */
export function paintValues(
  canvas: HTMLCanvasElement,
  values: Float32Array,
  side: number,
  range: ValueRange,
  colours: Uint32Array,
): void {
  paintPixels(canvas, colourValues(values, range, colours), side);
}

/** @param pixels - [side, side], little-endian RGBA. */
export function paintPixels(canvas: HTMLCanvasElement, pixels: Uint32Array<ArrayBuffer>, side: number): void {
  put(canvas, new Uint8ClampedArray(pixels.buffer), side);
}

/** @param image - [side, side, 3], 0-255. */
export function paintRgb(canvas: HTMLCanvasElement, image: ArrayLike<number>, side: number): void {
  const bytes = new Uint8ClampedArray(side * side * 4).fill(255);
  for (let pixel = 0; pixel < side * side; pixel += 1) {
    for (let c = 0; c < 3; c += 1) bytes[pixel * 4 + c] = image[pixel * 3 + c]!;
  }
  put(canvas, bytes, side);
}

function put(canvas: HTMLCanvasElement, bytes: Uint8ClampedArray<ArrayBuffer>, side: number): void {
  canvas.width = side;
  canvas.height = side;
  canvas.getContext('2d')?.putImageData(new ImageData(bytes, side, side), 0, 0);
}
