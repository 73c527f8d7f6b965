export interface MapRange {
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  /** Share of values above zero, 0-1. */
  readonly activeShare: number;
}

/** @param values - [side, side], in activation units; not empty. */
export function rangeOf(values: Float32Array): MapRange {
  let min = Infinity;
  let max = -Infinity;
  let sum = 0;
  let active = 0;
  for (const value of values) {
    if (value < min) min = value;
    if (value > max) max = value;
    if (value > 0) active += 1;
    sum += value;
  }
  return { min, max, mean: sum / values.length, activeShare: active / values.length };
}

/** Colours one map by its own range, as its tile in the atlas is: one canvas pixel a value. */
export function drawMap(canvas: HTMLCanvasElement, values: Float32Array, side: number, colours: Uint32Array): void {
  const { min, max } = rangeOf(values);
  const gain = max > min ? 255 / (max - min) : 0;
  const pixels = Uint32Array.from(values, (value) => colours[Math.round((value - min) * gain)] ?? 0);
  canvas.width = side;
  canvas.height = side;
  canvas.getContext('2d')?.putImageData(new ImageData(new Uint8ClampedArray(pixels.buffer), side, side), 0, 0);
}
