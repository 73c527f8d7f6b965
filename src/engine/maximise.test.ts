/** On the WASM backend with the shipped weights; the gradient is checked against tfjs's own on the CPU backend. */
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
  memory,
  relu,
  slice,
  tensor4d,
  tidy,
  type Tensor,
  type Tensor1D,
  type Tensor4D,
} from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { MODEL_VERSION } from '../domain/model-version';
import { createFilterProbe, LEAK } from './filter-gradient';
import { maximiseFilter } from './maximise';
import type { Network } from './model';
import type { MaximiseRequest } from './protocol';
import { openTestNetwork, randomFloats, relativeError, type TestNetwork } from './testing';

const MODEL_DIR = new URL(`../../public/model/${MODEL_VERSION}/`, import.meta.url);
const WASM_PACKAGE = createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm/package.json');
const WASM_URL = join(dirname(WASM_PACKAGE), 'wasm-out/');
const START: MaximiseRequest = { layer: 'block2_conv1', filter: 5, image: null, steps: 0, stepsDone: 0, seed: 1 };

let test: TestNetwork;

function open(backend: 'wasm' | 'cpu'): Promise<TestNetwork> {
  return openTestNetwork(backend, WASM_URL, (name) => new Uint8Array(readFileSync(new URL(name, MODEL_DIR))));
}

const maximise = (change: Partial<MaximiseRequest>) => maximiseFilter(test.network, test.input, { ...START, ...change });

/** The filter's map before its ReLU, by operations that tfjs has gradients for. */
function mapBeforeRelu({ chain }: Network, layer: string, filter: number, input: Tensor4D): Tensor {
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

beforeAll(async () => {
  test = await open('wasm');
});

describe('maximiseFilter', () => {
  it("begins with noise of the layer's side, and measures it", async () => {
    const noise = await maximise({});
    expect([noise.side, noise.image.length]).toEqual([64, 64 * 64 * 3]);
    expect(noise.mean).toBeGreaterThanOrEqual(0);
    expect((await maximise({ layer: 'block4_conv1' })).side).toBe(128);
  });

  // How far a filter can rise depends on the weights: a loud one hardly, a dead one not at all. So: most of three.
  it.each(['block1_conv2', 'block2_conv1'] as const)('raises the mean of filters of %s five times', async (layer) => {
    const noise: { readonly filter: number; readonly mean: number }[] = [];
    for (let filter = 0; filter < 9; filter++) noise.push({ filter, mean: (await maximise({ layer, filter })).mean });
    noise.sort((a, b) => a.mean - b.mean);
    const ratios: number[] = [];
    for (const { filter, mean: before } of [noise[2]!, noise[4]!, noise[6]!]) {
      const { image, mean: after } = await maximise({ layer, filter, steps: 24 });
      expect(image.every((v) => v >= 0 && v <= 255)).toBe(true);
      ratios.push(after / before);
    }
    expect(ratios.filter((ratio) => ratio >= 5).length).toBeGreaterThanOrEqual(2);
  });

  it('makes the same picture in many short calls as in a long one, and another for another seed', async () => {
    const whole = await maximise({ steps: 5 });
    const part = await maximise({ steps: 2 });
    const rest = await maximise({ image: part.image, steps: 3, stepsDone: 2 });
    expect(rest).toEqual(whole);
    expect((await maximise({ steps: 5, seed: 2 })).image).not.toEqual(whole.image);
  });

  it('leaves no tensor behind, nor when it refuses or the device is lost', async () => {
    const before = memory().numTensors;
    for (const layer of ['block1_conv1', 'block3_conv2'] as const) {
      await maximise({ layer, steps: 1 });
      expect(memory().numTensors).toBe(before);
    }
    await expect(maximise({ layer: 'block2_pool' })).rejects.toMatchObject({ code: 'unexpected' });
    await expect(maximise({ filter: 128 })).rejects.toMatchObject({ code: 'unexpected' });
    await expect(maximise({ image: new Float32Array(5) })).rejects.toMatchObject({ code: 'unexpected' });
    const lost: Network = { ...test.network, read: () => Promise.reject(new Error('lost')) };
    await expect(maximiseFilter(lost, test.input, { ...START, steps: 1 })).rejects.toThrow('lost');
    expect(memory().numTensors).toBe(before);
  });
});

// Last: it closes the backend that the tests above share.
describe('createFilterProbe', () => {
  it('has the gradient that tfjs has on the CPU backend, through pools and ReLUs', async () => {
    const side = 16;
    const input = randomFloats(side * side * 3, 3);
    const cases = [
      ['block1_conv1', 7],
      ['block2_conv2', 100],
      ['block3_conv2', 9],
    ] as const;
    const measure = (network: Network) =>
      Promise.all(
        cases.map(async ([layer, filter]) => {
          const probe = createFilterProbe(network, layer, filter);
          const gradient = Float32Array.from(await probe.gradient(input, side));
          const measured = { gradient, mean: await probe.mean(input, side) };
          probe.dispose();
          return measured;
        }),
      );
    const onWasm = await measure(test.network);
    test.close();
    const cpu = await open('cpu');
    const onCpu = await measure(cpu.network);
    for (const [i, [layer, filter]] of cases.entries()) {
      tidy(() => {
        const x = tensor4d(input, [1, side, side, 3]);
        const leakyMean = (v: Tensor): Tensor => mean(leakyRelu(mapBeforeRelu(cpu.network, layer, filter, v as Tensor4D), LEAK));
        const slope = grad(leakyMean)(x).dataSync();
        const wanted = mean(relu(mapBeforeRelu(cpu.network, layer, filter, x))).dataSync()[0]!;
        for (const found of [onWasm[i]!, onCpu[i]!]) {
          expect(relativeError(found.gradient, slope)).toBeLessThan(1e-3);
          expect(Math.abs(found.mean - wanted)).toBeLessThanOrEqual(1e-3 * wanted);
        }
      });
    }
    cpu.close();
  });
});
