/** What the score becomes when filters are muted: their maps set to 0 before the next layer sees them. */
import {
  add,
  concat,
  conv2d,
  dispose,
  gather,
  mul,
  relu,
  sub,
  tensor1d,
  tidy,
  type Tensor,
  type Tensor4D,
} from '@tensorflow/tfjs-core';
import { LensError } from '../domain/errors';
import { convolutionsOf, type MapLayer } from '../domain/network';
import { indexInChain, type ChainLayer } from './layer-chain';
import type { ForwardPass, Network } from './model';
import type { LayerMutes } from '../domain/analysis';
import { assertFilter } from './read-maps';

/** 1 for a map that stays, 0 for one that is muted: [channels]. */
type ChannelMasks = ReadonlyMap<string, Float32Array>;

/**
 * From this share of a layer's filters on, computing the next convolution anew costs no more than taking away what the
 * muted ones added to it.
 */
const FEW = 1 / 8;

/** What the next convolution after a layer computes when nothing is muted. */
interface NextConv {
  readonly run: ForwardPass;
  readonly layer: string;
  /** Its place in the chain. */
  readonly index: number;
  /** What it sees: the layer's maps, pooled where a pool lies between. */
  readonly input: Tensor4D;
  /** What it gives before its ReLU. */
  readonly output: Tensor4D;
}

export interface Muter {
  /**
   * The logit with filters muted. Begins with the kept maps of the first muted layer: what lies before is not computed.
   * @returns The run's own logit if nothing is muted.
   * @throws LensError `unexpected` for a layer or filter that is not there, `device-lost`.
   */
  mute(run: ForwardPass, mutes: readonly LayerMutes[]): Promise<number>;
  /**
   * Ablation of one filter at a time.
   * @returns For each filter from `first` up to, not including, `end`: logit without it - logit.
   * @throws LensError `unexpected` for a layer or filters that are not there, `device-lost`.
   */
  measureEffects(run: ForwardPass, layer: string, first: number, end: number): Promise<Float32Array<ArrayBuffer>>;
  /** Frees what is remembered of a run. */
  forget(run: ForwardPass): void;
  dispose(): void;
}

/**
 * A convolution is linear: with few filters muted, the next one is what it was less what they added to it. So it is
 * computed once for the layer that is being tried out, and remembered; the layers after it are computed every time.
 */
export function createMuter(network: Network): Muter {
  const { chain } = network;
  const convolutions = convolutionsOf(network.shape);
  let remembered: NextConv | null = null;

  function drop(): void {
    if (remembered === null) return;
    dispose([remembered.input, remembered.output]);
    remembered = null;
  }

  /** null: no convolution follows. */
  function findNextConv(run: ForwardPass, layer: string): NextConv | null {
    if (remembered?.run === run && remembered.layer === layer) return remembered;
    drop();
    const from = indexInChain(chain, layer);
    const index = chain.findIndex(({ kind }, i) => i > from && kind === 'conv');
    if (index < 0) return null;
    const [input, output] = tidy((): Tensor[] => {
      let value: Tensor = keptMaps(convolutions, run, layer);
      for (const between of chain.slice(from + 1, index)) value = between.apply(value);
      const [kernel, bias] = chain[index]!.weights();
      const seen = (value as Tensor4D).clone();
      return [seen, add(conv2d(seen, kernel as Tensor4D, 1, 'same'), bias!)];
    });
    remembered = { run, layer, index, input: input as Tensor4D, output: output as Tensor4D };
    return remembered;
  }

  /** @returns The logit, [1, 1], the caller's. */
  function runMuted(run: ForwardPass, masks: ChannelMasks): Tensor {
    const { name: layer } = convolutions.find(({ name }) => masks.has(name))!;
    const muted = [...masks.get(layer)!.entries()].filter(([, kept]) => kept === 0).map(([filter]) => filter);
    const isFew = muted.length <= FEW * masks.get(layer)!.length;
    const next = isFew ? findNextConv(run, layer) : null;
    if (next === null) return runTail(chain, layer, keptMaps(convolutions, run, layer), masks);
    return tidy(() => {
      const [kernel] = chain[next.index]!.weights();
      const which = tensor1d(muted, 'int32');
      const added = conv2d(gather(next.input, which, 3), gather(kernel as Tensor4D, which, 2), 1, 'same');
      return runTail(chain, chain[next.index]!.name, relu(sub(next.output, added)), masks);
    });
  }

  return {
    async mute(run, mutes) {
      const masks = makeMasks(convolutions, mutes);
      if (masks.size === 0) return run.logit;
      const logit = runMuted(run, masks);
      try {
        return (await network.readLogits(logit))[0]!;
      } finally {
        logit.dispose();
      }
    },
    async measureEffects(run, layer, first, end) {
      const count = end - first;
      if (!Number.isInteger(count) || count < 0) throw new LensError('unexpected', `no filters from ${first} to ${end}`);
      if (count === 0) return new Float32Array(0);
      const each = Array.from({ length: count }, (_, i) => makeMasks(convolutions, [{ layer, filters: [first + i] }]));
      const logits: Tensor[] = [];
      try {
        for (const masks of each) logits.push(runMuted(run, masks));
        const joined = tidy(() => concat(logits));
        logits.push(joined);
        return new Float32Array(await network.readLogits(joined)).map((logit) => logit - run.logit);
      } finally {
        dispose(logits);
      }
    },
    forget(run) {
      if (remembered?.run === run) drop();
    },
    dispose: drop,
  };
}

function keptMaps(convolutions: readonly MapLayer[], run: ForwardPass, layer: string): Tensor4D {
  return run.maps[convolutions.findIndex(({ name }) => name === layer)]!;
}

/**
 * The layers after a convolution, one by one.
 * @param maps - the convolution's output, [1, side, side, channels]; not disposed.
 * @param masks - by layer; those of earlier layers are not looked at.
 * @returns The logit, [1, 1], the caller's.
 */
export function runTail(chain: readonly ChainLayer[], from: string, maps: Tensor, masks: ChannelMasks): Tensor {
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
