import { layerOf } from '../domain/network';
import { readTraits, type PhotoTraits, type Probes } from '../domain/probes';
import type { ComputeNetwork, RunHandle } from './compute';

/** What the probes say of a run, of the means of its maps. @throws LensError `device-lost`. */
export async function measureTraits(
  network: Pick<ComputeNetwork, 'readMaps' | 'readStatistics' | 'shape'>,
  run: RunHandle,
  probes: Probes,
): Promise<PhotoTraits> {
  const means: Float32Array[] = [];
  for (const name of probes.layers) {
    const statistics = await network.readStatistics?.(run, name);
    means.push(statistics?.mean ?? meanOfMaps(await network.readMaps(run, name), layerOf(network.shape, name).channels));
  }
  return readTraits(Float32Array.from(means.flatMap((mean) => [...mean])), probes);
}

/** @param activations - [side, side, channels]. @returns [channels]. */
function meanOfMaps(activations: Float32Array, channels: number): Float32Array {
  const sums = new Float64Array(channels);
  for (let at = 0; at < activations.length; at += channels) {
    for (let k = 0; k < channels; k++) sums[k]! += activations[at + k]!;
  }
  return Float32Array.from(sums, (sum) => (sum * channels) / activations.length);
}
