interface HeatScale {
  /** Values that get the first and the last colour. */
  readonly low: number;
  readonly high: number;
  /** Least and greatest value there is; 0 and 0 while there is none. */
  readonly min: number;
  readonly max: number;
  /** Cell of the greatest value; null while there is none. */
  readonly peak: number | null;
  /** Cells below zero, and what they add up to. */
  readonly negativeCells: number;
  readonly negativeSum: number;
}

/**
 * relu: what is below zero is drawn as zero, as Grad-CAM has it. diverging: zero has the middle colour, and equal distances
 * from it are equally strong.
 */
export type HeatMode = 'relu' | 'diverging';

/** How a heat map is coloured. NaN (not computed yet) counts for nothing. */
export function heatScale(values: Float32Array, mode: HeatMode): HeatScale {
  let [min, max, negativeSum, negativeCells] = [Infinity, -Infinity, 0, 0];
  let peak: number | null = null;
  for (const [cell, value] of values.entries()) {
    if (Number.isNaN(value)) continue;
    if (value > max) [max, peak] = [value, cell];
    if (value < min) min = value;
    if (value < 0) {
      negativeSum += value;
      negativeCells += 1;
    }
  }
  if (peak === null) [min, max] = [0, 0];
  const reach = Math.max(Math.abs(min), Math.abs(max));
  const [low, high] = mode === 'relu' ? [0, Math.max(0, max)] : [-reach, reach];
  return { low, high, min, max, peak, negativeCells, negativeSum };
}
