/** The network's layers one by one, so that a part of it can be run. */
import type { Tensor } from '@tensorflow/tfjs-core';
import type { layers, LayersModel } from '@tensorflow/tfjs-layers';
import { LensError } from '../../domain/errors';
import type { NetworkShape } from '../../domain/network';

/** What computes: the input has nothing to do, dropout only in training. */
const IDLE: ReadonlySet<string> = new Set(['InputLayer', 'Dropout']);

export interface ChainLayer {
  readonly name: string;
  readonly kind: 'conv' | 'pool' | 'flatten' | 'dense';
  /** With the layer's activation, exactly as the whole network computes it. @returns A new tensor, the caller's. */
  apply(input: Tensor): Tensor;
  /** Kernel and bias, or none. The network's own: neither to be disposed nor to be kept beyond it. */
  weights(): readonly Tensor[];
}

const KINDS: Readonly<Record<string, ChainLayer['kind']>> = {
  Conv2D: 'conv',
  MaxPooling2D: 'pool',
  Flatten: 'flatten',
  Dense: 'dense',
};

/**
 * @param model - with a linear end (model-artifacts.ts).
 * @throws LensError `model-invalid` if the layers are not the shape's in its order, each with its ReLU.
 */
export function readChain(model: LayersModel, { layers: maps, dense }: NetworkShape): readonly ChainLayer[] {
  const working = model.layers.filter((layer) => !IDLE.has(layer.getClassName()));
  const wanted = [
    ...maps.map(({ kind }) => (kind === 'conv' ? 'Conv2D relu' : 'MaxPooling2D')),
    'Flatten',
    ...dense.map((_, i) => (i < dense.length - 1 ? 'Dense relu' : 'Dense linear')),
  ];
  const found = working.map(describeLayer);
  const at = wanted.findIndex((kind, i) => kind !== found[i]);
  if (at >= 0 || found.length !== wanted.length) {
    throw new LensError('model-invalid', `layer ${at + 1} is ${found[at]}, not ${wanted[at]}; ${found.length} layers`);
  }
  return working.map((layer) => ({
    name: layer.name,
    kind: KINDS[layer.getClassName()]!,
    apply: (input) => layer.apply(input) as Tensor,
    weights: () => layer.getWeights(),
  }));
}

function describeLayer(layer: layers.Layer): string {
  const { activation } = layer.getConfig();
  return typeof activation === 'string' ? `${layer.getClassName()} ${activation}` : layer.getClassName();
}

/** Where a convolution stands in the chain. @throws LensError `unexpected` if there is none of that name. */
export function indexInChain(chain: readonly ChainLayer[], layer: string): number {
  const index = chain.findIndex(({ name, kind }) => kind === 'conv' && name === layer);
  if (index < 0) throw new LensError('unexpected', `no convolution ${layer}`);
  return index;
}
