/** In which order, and which of, a layer's maps are shown. */
import type { LayerStatistics } from './layer-maps';

/**
 * index: as the network numbers them. difference: mean absolute difference between the two photos.
 * correlation: of the two photos' maps, least first. effect: how much muting
 * the filter moves the logit. spot: the value at the spot that the person follows. All but index and correlation: greatest first.
 */
export const FILTER_ORDERS = ['index', 'mean', 'max', 'active', 'difference', 'correlation', 'effect', 'spot'] as const;
export type FilterOrder = (typeof FILTER_ORDERS)[number];

export interface OrderBasis {
  readonly statistics: LayerStatistics;
  /** Per map, [channels]; null: not known (yet), the order falls back to index. */
  readonly difference: Float32Array | null;
  /** Of the two photos' maps (compare-maps.ts); NaN: not defined, such filters come last. */
  readonly correlation: Float64Array | null;
  /** Change of the logit by muting; NaN: not measured yet, such filters come last. */
  readonly effect: Float32Array | null;
  readonly spot: Float32Array | null;
}

/** The filters to show, first to last. Ties keep the network's order. @param hideDead - leaves out maps that are 0 everywhere. */
export function orderFilters(order: FilterOrder, basis: OrderBasis, hideDead: boolean): Uint16Array {
  const { statistics } = basis;
  const all = Array.from({ length: statistics.mean.length }, (_, k) => k);
  const shown = hideDead ? all.filter((k) => !isDead(statistics, k)) : all;
  const key = keyOf(order, basis);
  if (key !== null) {
    const rank = (k: number): number => (Number.isNaN(key[k]!) ? -Infinity : key[k]!);
    // Not by subtraction: two unmeasured ones would give NaN.
    shown.sort((a, b) => (rank(a) === rank(b) ? a - b : rank(a) < rank(b) ? 1 : -1));
  }
  return Uint16Array.from(shown);
}

function keyOf(
  order: FilterOrder,
  { statistics, difference, correlation, effect, spot }: OrderBasis,
): Float32Array | Float64Array | null {
  switch (order) {
    case 'index':
      return null;
    case 'mean':
      return statistics.mean;
    case 'max':
      return statistics.max;
    case 'active':
      return statistics.active;
    case 'difference':
      return difference;
    case 'correlation':
      return correlation === null ? null : correlation.map((value) => -value);
    case 'effect':
      return effect === null ? null : effect.map(Math.abs);
    case 'spot':
      return spot;
  }
}

/** Silent on this photo: 0 at every pixel. */
export function isDead({ min, max }: LayerStatistics, filter: number): boolean {
  return min[filter] === 0 && max[filter] === 0;
}

export function countDead(statistics: LayerStatistics): number {
  return statistics.mean.reduce((n, _, k) => n + (isDead(statistics, k) ? 1 : 0), 0);
}

/** Mean absolute difference of each map, [channels], from differences [channels, side, side]. */
export function meanAbsolute(values: Float32Array, channels: number): Float32Array<ArrayBuffer> {
  const area = values.length / channels;
  const means = new Float32Array(channels);
  for (let k = 0; k < channels; k++) {
    let sum = 0;
    for (let i = k * area; i < (k + 1) * area; i++) sum += Math.abs(values[i]!);
    means[k] = sum / area;
  }
  return means;
}

/** What every filter says at one cell, [channels], from values [channels, side, side]. */
export function valuesAt(values: Float32Array, side: number, channels: number, x: number, y: number): Float32Array<ArrayBuffer> {
  return Float32Array.from({ length: channels }, (_, k) => values[k * side * side + y * side + x]!);
}
