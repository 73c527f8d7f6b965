/** Which activation gets which colour: a range for each map, by the scope that the person chose. */
import type { LayerStatistics } from './layer-maps';

/**
 * map: each map by its own least and greatest value. layer: all maps of the photo's layer share one range. both: all maps
 * of both photos share one. tutorial: (v - mean) / (deviation + 1e-5) * 0.1 + 0.5, clipped to 0..1, as in F. Chollet,
 * "How convolutional neural networks see the world" (blog.keras.io, 2016).
 */
const SCALE_SCOPES = ['map', 'layer', 'both', 'tutorial'] as const;
export type ScaleScope = (typeof SCALE_SCOPES)[number];

export function isScaleScope(value: unknown): value is ScaleScope {
  return SCALE_SCOPES.some((scope) => scope === value);
}

/** Per map, in activation units: `low` gets the first colour, `high` the last, values outside are clipped. */
export interface ColourRanges {
  readonly low: Float32Array<ArrayBuffer>;
  readonly high: Float32Array<ArrayBuffer>;
}

/** 0.1 deviations a step around 0.5: the range 0..1 is the mean, give or take this many deviations. */
const TUTORIAL_DEVIATIONS = 5;
const TUTORIAL_EPSILON = 1e-5;

/**
 * @param own - the photo whose maps are drawn.
 * @param other - the second photo's same layer; null where there is none ('both' is then 'layer').
 */
export function colourRanges(scope: ScaleScope, own: LayerStatistics, other: LayerStatistics | null): ColourRanges {
  const channels = own.mean.length;
  if (scope === 'map') return { low: own.min, high: own.max };
  if (scope === 'tutorial') {
    const reach = own.deviation.map((d) => TUTORIAL_DEVIATIONS * (d + TUTORIAL_EPSILON));
    return { low: own.mean.map((m, k) => m - reach[k]!), high: own.mean.map((m, k) => m + reach[k]!) };
  }
  const seen = scope === 'both' && other !== null ? [own, other] : [own];
  const low = Math.min(...seen.map(({ min }) => leastOf(min)));
  const high = Math.max(...seen.map(({ max }) => greatestOf(max)));
  return { low: new Float32Array(channels).fill(low), high: new Float32Array(channels).fill(high) };
}

/** For maps of differences: symmetric about 0, by each map or by the whole layer (any other scope). */
export function differenceRanges(scope: ScaleScope, difference: LayerStatistics): ColourRanges {
  const reach = difference.max.map((high, k) => Math.max(Math.abs(high), Math.abs(difference.min[k]!)));
  const high = scope === 'map' ? reach : new Float32Array(reach.length).fill(greatestOf(reach));
  return { low: high.map((v) => -v), high };
}

/** Infinity where there is none. */
export function leastOf(values: Float32Array): number {
  return values.reduce((a, b) => Math.min(a, b), Infinity);
}

/** -Infinity where there is none. */
export function greatestOf(values: Float32Array): number {
  return values.reduce((a, b) => Math.max(a, b), -Infinity);
}

/** The entry, 0-255, of a colour table for a value; 0 where the range is empty (a constant map). */
export function colourIndex(value: number, low: number, high: number): number {
  if (!(high > low)) return 0;
  return Math.round(Math.min(1, Math.max(0, (value - low) / (high - low))) * 255);
}
