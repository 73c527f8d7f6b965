/** Keras's activations by their names. Where Keras 2 and 3 differ, each is what its own file means. */
import {
  add,
  clipByValue,
  elu,
  erf,
  exp,
  leakyRelu,
  logSoftmax,
  mul,
  relu,
  relu6,
  selu,
  sigmoid,
  softmax,
  softplus,
  div,
  abs,
  tanh,
  type Tensor,
} from '@tensorflow/tfjs-core';

type Activation = (x: Tensor) => Tensor;

const hardSigmoid2: Activation = (x) => clipByValue(add(mul(x, 0.2), 0.5), 0, 1);
const hardSigmoid3: Activation = (x) => mul(relu6(add(x, 3)), 1 / 6);
const silu: Activation = (x) => mul(x, sigmoid(x));
const hardSilu: Activation = (x) => mul(x, hardSigmoid3(x));

const ACTIVATIONS: ReadonlyMap<string, Activation> = new Map<string, Activation>([
  ['linear', (x) => x.clone()],
  ['relu', relu],
  ['relu6', relu6],
  ['leaky_relu', (x) => leakyRelu(x, 0.2)],
  ['elu', elu],
  ['selu', selu],
  ['sigmoid', sigmoid],
  ['tanh', tanh],
  ['softmax', (x) => softmax(x)],
  ['log_softmax', (x) => logSoftmax(x)],
  ['softplus', softplus],
  ['softsign', (x) => div(x, add(abs(x), 1))],
  ['exponential', exp],
  ['swish', silu],
  ['silu', silu],
  ['hard_swish', hardSilu],
  ['hard_silu', hardSilu],
  ['mish', (x) => mul(x, tanh(softplus(x)))],
  // Hendrycks and Gimpel 2016, the exact one: x times the normal distribution's share below x.
  ['gelu', (x) => mul(mul(x, 0.5), add(erf(mul(x, Math.SQRT1_2)), 1))],
]);

/**
 * @param kerasVersion - "3.15.1"; tfjs, which says its own name there, computes as Keras 2.
 * @param name - one of own-model/config.ts's ACTIVATIONS.
 */
export function activationOf(name: string, kerasVersion: string): Activation {
  if (name === 'hard_sigmoid') return Number.parseFloat(kerasVersion) >= 3 ? hardSigmoid3 : hardSigmoid2;
  return ACTIVATIONS.get(name)!;
}
