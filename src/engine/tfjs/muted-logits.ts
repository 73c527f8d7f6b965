/** The part of the network behind muted filters, with as little of it computed anew as will do. */
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
import { convolutionsOf, type MapLayer } from '../../domain/network';
import type { ChannelMasks } from '../compute';
import { indexInChain, type ChainLayer } from './layer-chain';
import type { ForwardPass, TensorNetwork } from './model';

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

export interface MutedTail {
  /**
   * Begins with the kept maps of a variant's first muted layer: what lies before is not computed.
   * @param variants - one or more, each with a muted filter at least.
   * @returns One logit for each variant.
   * @throws LensError `device-lost`; `engine-crashed` if a logit is not a number.
   */
  logits(run: ForwardPass, variants: readonly ChannelMasks[]): Promise<Float32Array>;
  /** Frees what is remembered of a run. */
  forget(run: ForwardPass): void;
  dispose(): void;
}

/**
 * A convolution is linear: with few filters muted, the next one is what it was less what they added to it. So it is
 * computed once for the layer that is being tried out, and remembered; the layers after it are computed every time.
 */
export function createMutedTail(network: TensorNetwork): MutedTail {
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
    async logits(run, variants) {
      const logits: Tensor[] = [];
      try {
        for (const masks of variants) logits.push(runMuted(run, masks));
        if (logits.length > 1) logits.push(tidy(() => concat(logits)));
        return await network.readLogits(logits.at(-1)!);
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

/** A convolution's, [1, side, side, channels]; the run's own. */
export function keptMaps(convolutions: readonly MapLayer[], run: ForwardPass, layer: string): Tensor4D {
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
