/** What a batch keeps of a run besides its score: a few numbers of one layer. */
import { DENSE_FEATURES, hasDenseFeatures } from '../domain/activations';
import { LensError } from '../domain/errors';
import { findLayer, layerOf } from '../domain/network';
import type { ComputeNetwork, RunHandle } from './compute';
import type { HeadReader } from './explain-head';

type ReadableNetwork = Pick<ComputeNetwork, 'readMaps' | 'readStatistics' | 'shape'>;

/**
 * @param name - see `ActivationChoice`.
 * @returns The caller's own: of a layer [channels], the mean of each map; of the dense features [units], after ReLU.
 * @throws LensError `unexpected` if there is no such layer, `device-lost`.
 */
export async function readActivations(
  network: ReadableNetwork,
  head: Pick<HeadReader, 'units'>,
  run: RunHandle,
  name: string,
): Promise<Float32Array<ArrayBuffer>> {
  if (name === DENSE_FEATURES && hasDenseFeatures(network.shape)) return head.units(run);
  if (findLayer(network.shape, name) === null) throw new LensError('unexpected', `no layer ${name}`);
  return new Float32Array(await meansOfMaps(network, run, name));
}

/** @returns [channels], in activation units. @throws RangeError if there is no such layer; LensError `device-lost`. */
export async function meansOfMaps(network: ReadableNetwork, run: RunHandle, layer: string): Promise<Float32Array> {
  const statistics = await network.readStatistics?.(run, layer);
  return statistics?.mean ?? meanOfEach(await network.readMaps(run, layer), layerOf(network.shape, layer).channels);
}

/** @param activations - [side, side, channels]. @returns [channels]. */
function meanOfEach(activations: Float32Array, channels: number): Float32Array {
  const sums = new Float64Array(channels);
  for (let at = 0; at < activations.length; at += channels) {
    for (let k = 0; k < channels; k++) sums[k]! += activations[at + k]!;
  }
  return Float32Array.from(sums, (sum) => (sum * channels) / activations.length);
}
