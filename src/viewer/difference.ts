import { isDead } from '../domain/filter-order';
import type { LayerStatistics } from '../domain/layer-maps';
import type { LayerMaps } from '../domain/analysis';

/**
 * B - A, value by value, with statistics of its own: `active` is the share of pixels where B is above A. Under B's run id.
 * @throws RangeError if they are not of the same layer.
 */
export function subtractMaps(a: LayerMaps, b: LayerMaps): LayerMaps {
  if (a.layer !== b.layer) throw new RangeError(`${b.layer} minus ${a.layer}`);
  const { side, channels } = b;
  const area = side * side;
  const values = new Float32Array(b.values.length);
  const perMap = (): Float32Array<ArrayBuffer> => new Float32Array(channels);
  const [min, max, mean, deviation, active] = [perMap(), perMap(), perMap(), perMap(), perMap()];
  for (let k = 0; k < channels; k++) {
    let low = Infinity;
    let high = -Infinity;
    let sum = 0;
    let squares = 0;
    let above = 0;
    for (let i = k * area; i < (k + 1) * area; i++) {
      const v = b.values[i]! - a.values[i]!;
      values[i] = v;
      if (v < low) low = v;
      if (v > high) high = v;
      if (v > 0) above++;
      sum += v;
      squares += v * v;
    }
    min[k] = low;
    max[k] = high;
    mean[k] = sum / area;
    deviation[k] = Math.sqrt(Math.max(0, squares / area - (sum / area) ** 2));
    active[k] = above / area;
  }
  return { runId: b.runId, layer: b.layer, side, channels, values, min, max, mean, deviation, active };
}

/** `order` without the filters that are silent on every one of these photos. */
export function withoutDead(order: Uint16Array<ArrayBuffer>, photos: readonly LayerStatistics[]): Uint16Array<ArrayBuffer> {
  return order.filter((k) => photos.some((statistics) => !isDead(statistics, k)));
}
