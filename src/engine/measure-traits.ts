import { readTraits, type PhotoTraits, type Probes } from '../domain/probes';
import type { ComputeNetwork, RunHandle } from './compute';
import { meansOfMaps } from './read-activations';

/** What the probes say of a run, of the means of its maps. @throws LensError `device-lost`. */
export async function measureTraits(
  network: Pick<ComputeNetwork, 'readMaps' | 'readStatistics' | 'shape'>,
  run: RunHandle,
  probes: Probes,
): Promise<PhotoTraits> {
  const means: Float32Array[] = [];
  for (const name of probes.layers) means.push(await meansOfMaps(network, run, name));
  return readTraits(Float32Array.from(means.flatMap((mean) => [...mean])), probes);
}
