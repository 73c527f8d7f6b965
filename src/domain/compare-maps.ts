/** How alike the maps of two photos are, filter by filter. */

/** One number a filter. */
export interface MapComparison {
  /** Pearson's correlation of the two maps over their cells, -1 to 1; NaN: a map is the same everywhere, so there is none. */
  readonly correlation: Float64Array;
  /** Mean absolute difference, in activation units. */
  readonly difference: Float64Array;
  readonly meanA: Float64Array;
  readonly meanB: Float64Array;
}

export const COMPARED = ['correlation', 'difference', 'meanA', 'meanB'] as const satisfies readonly (keyof MapComparison)[];
/** `index`: by the filter's number. */
export type ComparisonOrder = 'index' | (typeof COMPARED)[number];

/**
 * r = sum((a - mean a)(b - mean b)) / sqrt(sum((a - mean a)^2) sum((b - mean b)^2)): Pearson 1895, Proceedings of the Royal
 * Society of London 58, 240-242. Cell by cell: it asks whether a filter responds at the same places of both squares.
 * @param a - maps [channels, side, side]; b - the same layer of the other photo.
 * @throws RangeError where they are not as many numbers, or do not fit `channels`.
 */
export function compareMaps(a: Float32Array, b: Float32Array, channels: number): MapComparison {
  const area = a.length / channels;
  if (a.length !== b.length || !Number.isInteger(area)) throw new RangeError(`${a.length} and ${b.length} of ${channels} maps`);
  const list = (): Float64Array => new Float64Array(channels);
  const found = { correlation: list(), difference: list(), meanA: list(), meanB: list() };
  for (let k = 0; k < channels; k++) {
    const [from, end] = [k * area, (k + 1) * area];
    let [sumA, sumB, apart] = [0, 0, 0];
    for (let i = from; i < end; i++) {
      sumA += a[i]!;
      sumB += b[i]!;
      apart += Math.abs(b[i]! - a[i]!);
    }
    found.meanA[k] = sumA / area;
    found.meanB[k] = sumB / area;
    found.difference[k] = apart / area;
    found.correlation[k] = correlate(a, b, { from, end, meanA: sumA / area, meanB: sumB / area });
  }
  return found;
}

interface Stretch {
  readonly from: number;
  readonly end: number;
  readonly meanA: number;
  readonly meanB: number;
}

function correlate(a: Float32Array, b: Float32Array, { from, end, meanA, meanB }: Stretch): number {
  if (isConstant(a, from, end) || isConstant(b, from, end)) return Number.NaN;
  let [squaresA, squaresB, products] = [0, 0, 0];
  for (let i = from; i < end; i++) {
    const [x, y] = [a[i]! - meanA, b[i]! - meanB];
    squaresA += x * x;
    squaresB += y * y;
    products += x * y;
  }
  return Math.min(1, Math.max(-1, products / Math.sqrt(squaresA * squaresB)));
}

/** By the values themselves: what rounding leaves of the variance of equal ones is not always 0. */
function isConstant(values: Float32Array, from: number, end: number): boolean {
  for (let i = from + 1; i < end; i++) if (values[i] !== values[from]) return false;
  return true;
}

/** The filters, first to last; ties keep the network's order, what is not defined comes last. */
export function orderComparison(comparison: MapComparison, order: ComparisonOrder, isDescending: boolean): readonly number[] {
  const all = Array.from({ length: comparison.meanA.length }, (_, k) => k);
  if (order === 'index') return isDescending ? all.reverse() : all;
  const values = comparison[order];
  const sign = isDescending ? -1 : 1;
  const isNone = (k: number): number => Number(Number.isNaN(values[k]!));
  return all.sort((i, j) => isNone(i) - isNone(j) || (isNone(i) ? 0 : sign * (values[i]! - values[j]!)) || i - j);
}
