/** On the WASM and the CPU backend with the shipped weights, against tfjs's own gradients on the latter. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import {
  add,
  conv2d,
  grad,
  leakyRelu,
  maxPool,
  mean,
  relu,
  slice,
  tensor4d,
  tidy,
  type Tensor,
  type Tensor1D,
  type Tensor4D,
} from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { MODEL_VERSION } from '../../domain/model-version';
import { LEAK } from '../compute';
import { randomFloats, relativeError } from '../testing';
import type { TensorNetwork } from './model';
import { openTestNetwork, type TestNetwork } from './testing';

const MODEL_DIR = new URL(`../../../public/model/${MODEL_VERSION}/`, import.meta.url);
const WASM_PACKAGE = createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm/package.json');
const WASM_URL = join(dirname(WASM_PACKAGE), 'wasm-out/');

function open(backend: 'wasm' | 'cpu'): Promise<TestNetwork> {
  return openTestNetwork(backend, WASM_URL, (name) => new Uint8Array(readFileSync(new URL(name, MODEL_DIR))));
}

/** The filter's map before its ReLU, by operations that tfjs has gradients for. */
function mapBeforeRelu({ chain }: TensorNetwork, layer: string, filter: number, input: Tensor4D): Tensor {
  let value = input;
  for (const step of chain) {
    const [kernel, bias] = step.weights() as [Tensor4D, Tensor1D];
    if (step.name === layer) {
      const inputs = kernel.shape[2];
      return add(conv2d(value, slice(kernel, [0, 0, 0, filter], [3, 3, inputs, 1]), 1, 'same'), slice(bias, [filter], [1]));
    }
    value = step.kind === 'pool' ? maxPool(value, 2, 2, 'valid') : relu(add(conv2d(value, kernel, 1, 'same'), bias));
  }
  throw new Error(layer);
}

it('has the gradient that tfjs has on the CPU backend, through pools and ReLUs', async () => {
  const side = 16;
  const input = randomFloats(side * side * 3, 3);
  const cases = [
    ['block1_conv1', 7],
    ['block2_conv2', 100],
    ['block3_conv2', 9],
  ] as const;
  const measure = ({ network }: TestNetwork) =>
    Promise.all(
      cases.map(async ([layer, filter]) => {
        const probe = network.probeFilter(layer, filter);
        const gradient = Float32Array.from(await probe.gradient(input, side));
        const measured = { gradient, mean: await probe.mean(input, side) };
        probe.dispose();
        return measured;
      }),
    );
  const wasm = await open('wasm');
  const onWasm = await measure(wasm);
  wasm.close();
  const cpu = await open('cpu');
  const onCpu = await measure(cpu);
  for (const [i, [layer, filter]] of cases.entries()) {
    tidy(() => {
      const x = tensor4d(input, [1, side, side, 3]);
      const leakyMean = (v: Tensor): Tensor => mean(leakyRelu(mapBeforeRelu(cpu.tensors, layer, filter, v as Tensor4D), LEAK));
      const slope = grad(leakyMean)(x).dataSync();
      const wanted = mean(relu(mapBeforeRelu(cpu.tensors, layer, filter, x))).dataSync()[0]!;
      for (const found of [onWasm[i]!, onCpu[i]!]) {
        expect(relativeError(found.gradient, slope)).toBeLessThan(1e-3);
        expect(Math.abs(found.mean - wanted)).toBeLessThanOrEqual(1e-3 * wanted);
      }
    });
  }
  cpu.close();
});
