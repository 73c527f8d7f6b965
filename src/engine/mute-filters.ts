/** What the score becomes when filters are muted. Which they are is looked at here; the network computes it. */
import type { LayerMutes } from '../domain/analysis';
import { LensError } from '../domain/errors';
import { convolutionsOf, type MapLayer } from '../domain/network';
import type { ChannelMasks, ComputedRun, ComputeNetwork } from './compute';
import { assertFilter } from './read-maps';

type Muter = Pick<ComputeNetwork, 'mutedLogits' | 'shape'>;

/**
 * The logit with filters muted.
 * @returns The run's own logit if nothing is muted.
 * @throws LensError `unexpected` for a layer or filter that is not there, `device-lost`.
 */
export async function muteFilters(network: Muter, { run, logit }: ComputedRun, mutes: readonly LayerMutes[]): Promise<number> {
  const masks = makeMasks(convolutionsOf(network.shape), mutes);
  if (masks.size === 0) return logit;
  return (await network.mutedLogits(run, [masks]))[0]!;
}

/**
 * Ablation of one filter at a time.
 * @returns For each filter from `first` up to, not including, `end`: logit without it - logit.
 * @throws LensError `unexpected` for a layer or filters that are not there, `device-lost`.
 */
export async function measureEffects(
  network: Muter,
  { run, logit }: ComputedRun,
  layer: string,
  first: number,
  end: number,
): Promise<Float32Array<ArrayBuffer>> {
  const count = end - first;
  if (!Number.isInteger(count) || count < 0) throw new LensError('unexpected', `no filters from ${first} to ${end}`);
  if (count === 0) return new Float32Array(0);
  const convolutions = convolutionsOf(network.shape);
  const each = Array.from({ length: count }, (_, i) => makeMasks(convolutions, [{ layer, filters: [first + i] }]));
  return new Float32Array(await network.mutedLogits(run, each)).map((muted) => muted - logit);
}

/** Layers without a muted filter get no mask. */
function makeMasks(convolutions: readonly MapLayer[], mutes: readonly LayerMutes[]): ChannelMasks {
  const masks = new Map<string, Float32Array>();
  for (const { layer, filters } of mutes) {
    const shape = convolutions.find(({ name }) => name === layer);
    if (shape === undefined) throw new LensError('unexpected', `no convolution ${layer}`);
    for (const filter of filters) {
      assertFilter(layer, shape.channels, filter);
      const mask = masks.get(layer) ?? new Float32Array(shape.channels).fill(1);
      mask[filter] = 0;
      masks.set(layer, mask);
    }
  }
  return masks;
}
