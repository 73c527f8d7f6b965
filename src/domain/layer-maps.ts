/** A layer's activations, map after map, with the numbers that the viewer sorts and colours by. */

export interface LayerStatistics {
  /** Per map, in activation units. */
  readonly min: Float32Array<ArrayBuffer>;
  readonly max: Float32Array<ArrayBuffer>;
  readonly mean: Float32Array<ArrayBuffer>;
  /** Standard deviation over the map's pixels (divided by their number). */
  readonly deviation: Float32Array<ArrayBuffer>;
  /** Share of pixels above zero, 0-1. 0 after a ReLU: a dead map. */
  readonly active: Float32Array<ArrayBuffer>;
}

export interface PlanarMaps extends LayerStatistics {
  /** [channels, side, side]. */
  readonly values: Float32Array<ArrayBuffer>;
}

/** So many pixels of all maps fit in a core's nearest cache, and each map is written a whole cache line at a time. */
const BLOCK_PX = 64;

/**
 * Turns channel-last activations into one plane a map and measures each.
 * @param activations - [side, side, channels].
 * @throws RangeError if the length does not fit.
 */
export function separateMaps(activations: Float32Array, side: number, channels: number): PlanarMaps {
  const area = side * side;
  if (activations.length !== area * channels) {
    throw new RangeError(`${activations.length} activations are not ${side} x ${side} x ${channels}`);
  }
  const values = new Float32Array(area * channels);
  for (let from = 0; from < area; from += BLOCK_PX) {
    const end = Math.min(area, from + BLOCK_PX) * channels;
    for (let k = 0; k < channels; k++) {
      let to = k * area + from;
      for (let at = from * channels + k; at < end; at += channels) values[to++] = activations[at]!;
    }
  }
  return { values, ...measureMaps(values, area, channels) };
}

/** What is counted of one map. */
export interface MapSums {
  readonly low: number;
  readonly high: number;
  /** Pixels above zero. */
  readonly positives: number;
  readonly sum: number;
  readonly squares: number;
}

/** The statistics of maps [channels, area]: each map's own, rounded to 32 bits. A map with a NaN has NaN for its mean. */
export function measureMaps(values: Float32Array, area: number, channels: number): LayerStatistics {
  return summariseMaps(channels, area, (channel) => sumUp(values, channel * area, (channel + 1) * area));
}

function sumUp(values: Float32Array, from: number, end: number): MapSums {
  let low = Infinity;
  let high = -Infinity;
  let sum = 0;
  let squares = 0;
  let positives = 0;
  for (let i = from; i < end; i++) {
    const v = values[i]!;
    if (v < low) low = v;
    if (v > high) high = v;
    if (v > 0) positives++;
    sum += v;
    squares += v * v;
  }
  return { low, high, positives, sum, squares };
}

/** @param area - pixels of a map. */
export function summariseMaps(channels: number, area: number, sumsOf: (channel: number) => MapSums): LayerStatistics {
  const list = (): Float32Array<ArrayBuffer> => new Float32Array(channels);
  const [min, max, mean, deviation, active] = [list(), list(), list(), list(), list()];
  for (let k = 0; k < channels; k++) {
    const { low, high, positives, sum, squares } = sumsOf(k);
    min[k] = low;
    max[k] = high;
    mean[k] = sum / area;
    deviation[k] = Math.sqrt(Math.max(0, squares / area - (sum / area) ** 2));
    active[k] = positives / area;
  }
  return { min, max, mean, deviation, active };
}

/** One map, a view into the layer's values: [side, side]. @throws RangeError for a filter that is not there. */
export function mapOf(
  { values, side, channels }: { readonly values: Float32Array<ArrayBuffer>; readonly side: number; readonly channels: number },
  filter: number,
): Float32Array<ArrayBuffer> {
  if (!Number.isInteger(filter) || filter < 0 || filter >= channels) throw new RangeError(`no filter ${filter}`);
  return values.subarray(filter * side * side, (filter + 1) * side * side);
}
