/**
 * One filter's mean activation on any input and its gradient with respect to it, layer by layer and by hand.
 * tfjs's automatic gradients would run every convolution without its fused bias and ReLU, for which the WASM backend
 * packs all weights a second time, and then backwards by Conv2DBackpropInput, which takes many times a convolution.
 */
import {
  add,
  conv2d,
  dispose,
  div,
  engine,
  MaxPoolGrad,
  mean,
  mul,
  relu,
  reverse,
  slice,
  step,
  tensor4d,
  tidy,
  transpose,
  type Tensor1D,
  type Tensor4D,
} from '@tensorflow/tfjs-core';
import { LEAK, type FilterProbe } from '../compute';
import { indexInChain, type ChainLayer } from './layer-chain';
import { readTemporary, type TensorNetwork } from './model';

/** @throws LensError `unexpected` if there is no such layer. The filter's number is the caller's to check. */
export function createFilterProbe(network: TensorNetwork, layer: string, filter: number): FilterProbe {
  const at = indexInChain(network.chain, layer);
  const before = network.chain.slice(0, at);
  const [allKernels, allBiases] = network.chain[at]!.weights() as [Tensor4D, Tensor1D];
  const inputs = allKernels.shape[2];
  const kernel = tidy(() => slice(allKernels, [0, 0, 0, filter], [3, 3, inputs, 1]));
  const bias = tidy(() => slice(allBiases, [filter], [1]));
  /**
   * Made at the first gradient and kept, as turning and packing them takes about as long as using them once. For
   * block5_conv3 they are 49 MB, and as much again in the packed form that the WASM backend makes of them.
   */
  const backward: Tensor4D[] = [];

  function turnAllKernels(): readonly Tensor4D[] {
    if (backward.length === 0) {
      const convs = before.filter(({ kind }) => kind === 'conv');
      for (const conv of convs) backward.push(turnKernel(conv.weights()[0] as Tensor4D));
    }
    return backward;
  }

  /** Before its ReLU, [1, side, side, 1]. */
  function runFilter(values: Tensor4D): Tensor4D {
    return add(conv2d(values, kernel, 1, 'same'), bias);
  }

  return {
    gradient(input, side) {
      const turned = [...turnAllKernels()];
      return readTemporary(network, () => {
        const values = runForward(before, tensor4d(input, [1, side, side, 3]));
        const map = runFilter(values.at(-1)!);
        const start: Tensor4D = div(step(map, LEAK), map.size);
        let slope = conv2d(start, turnKernel(kernel), 1, 'same');
        for (const [i, { kind }] of [...before.entries()].reverse()) {
          const [from, to] = [values[i]!, values[i + 1]!];
          if (kind === 'pool') slope = poolGradient(slope, from, to);
          else slope = conv2d(reluGradient(slope, to), turned.pop()!, 1, 'same');
        }
        return slope;
      });
    },
    async mean(input, side) {
      const [value] = await readTemporary(network, () => {
        const last = runForward(before, tensor4d(input, [1, side, side, 3])).at(-1)!;
        return mean(relu(runFilter(last)));
      });
      return value!;
    },
    dispose: () => dispose([kernel, bias, ...backward]),
  };
}

/** @returns The input and every layer's output. */
function runForward(layers: readonly ChainLayer[], input: Tensor4D): readonly Tensor4D[] {
  const values = [input];
  for (const layer of layers) values.push(layer.apply(values.at(-1)!) as Tensor4D);
  return values;
}

/**
 * The gradient of a 3x3 'same' convolution with respect to its input is such a convolution itself: with the kernel
 * turned by 180 degrees and its inputs and outputs exchanged.
 */
function turnKernel(kernel: Tensor4D): Tensor4D {
  return tidy(() => transpose(reverse(kernel, [0, 1]), [0, 1, 3, 2]));
}

/** @param output - after the ReLU: above zero where its input was. */
function reluGradient(slope: Tensor4D, output: Tensor4D): Tensor4D {
  return mul(slope, step(output));
}

/**
 * The WASM backend's MaxPoolGrad drops what belongs to a window of zeros. It does no harm below a ReLU, as all pools
 * are here: the ReLU's own gradient at zero is zero.
 */
function poolGradient(slope: Tensor4D, input: Tensor4D, output: Tensor4D): Tensor4D {
  const attributes = { filterSize: 2, strides: 2, pad: 'valid' };
  return engine().runKernel<Tensor4D>(MaxPoolGrad, { dy: slope, input, output }, attributes);
}
