/** What the score becomes when filters are muted: their maps set to 0 before the next layer sees them. */
import { concat, mul, tensor1d, tidy, type Tensor } from '@tensorflow/tfjs-core';
import { LensError } from '../domain/errors';
import { CONV_LAYERS, type ConvLayerName } from '../domain/network';
import { indexInChain, type ChainLayer } from './layer-chain';
import type { ForwardPass, Network } from './model';
import type { LayerMutes } from './protocol';
import { assertFilter } from './read-maps';

/** 1 for a map that stays, 0 for one that is muted: [channels]. */
export type ChannelMasks = ReadonlyMap<string, Float32Array>;

/**
 * The logit with filters muted. Begins with the kept maps of the first muted layer: what lies before is not computed.
 * @returns The run's own logit if nothing is muted.
 * @throws LensError `unexpected` for a layer or filter that is not there, `engine-crashed` if the device was lost.
 */
export async function muteFilters(network: Network, run: ForwardPass, mutes: readonly LayerMutes[]): Promise<number> {
  const masks = makeMasks(mutes);
  const from = CONV_LAYERS.findIndex(({ name }) => masks.has(name));
  if (from < 0) return run.logit;
  const logit = runTail(network.chain, CONV_LAYERS[from]!.name, run.maps[from]!, masks);
  try {
    return (await network.readLogits(logit))[0]!;
  } finally {
    logit.dispose();
  }
}

/**
 * Ablation of one filter at a time.
 * @returns For each filter from `first` up to, not including, `end`: logit without it - logit.
 * @throws LensError `unexpected` for a layer or filters that are not there, `engine-crashed` if the device was lost.
 */
export async function measureMuteEffects(
  network: Network,
  run: ForwardPass,
  layer: ConvLayerName,
  first: number,
  end: number,
): Promise<Float32Array<ArrayBuffer>> {
  const count = end - first;
  if (!Number.isInteger(count) || count < 0) throw new LensError('unexpected', `no filters from ${first} to ${end}`);
  if (count === 0) return new Float32Array(0);
  const each = Array.from({ length: count }, (_, i) => makeMasks([{ layer, filters: [first + i] }]));
  const maps = run.maps[CONV_LAYERS.findIndex(({ name }) => name === layer)]!;
  const logits = tidy(() => concat(each.map((masks) => runTail(network.chain, layer, maps, masks))));
  try {
    return new Float32Array(await network.readLogits(logits)).map((logit) => logit - run.logit);
  } finally {
    logits.dispose();
  }
}

/**
 * The layers after a convolution, one by one.
 * @param maps - the convolution's output, [1, side, side, channels]; not disposed.
 * @param masks - by layer; those of earlier layers are not looked at.
 * @returns The logit, [1, 1], the caller's.
 */
export function runTail(chain: readonly ChainLayer[], from: ConvLayerName, maps: Tensor, masks: ChannelMasks): Tensor {
  const tail = chain.slice(indexInChain(chain, from) + 1);
  return tidy(() => {
    let value = applyMask(maps, masks.get(from));
    for (const layer of tail) value = applyMask(layer.apply(value), masks.get(layer.name));
    return value;
  });
}

function applyMask(maps: Tensor, mask: Float32Array | undefined): Tensor {
  return mask === undefined ? maps : mul(maps, tensor1d(mask));
}

/** Layers without a muted filter get no mask. */
function makeMasks(mutes: readonly LayerMutes[]): ChannelMasks {
  const masks = new Map<string, Float32Array>();
  for (const { layer, filters } of mutes) {
    const shape = CONV_LAYERS.find(({ name }) => name === layer);
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
