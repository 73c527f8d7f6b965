/** On the WASM backend with the shipped weights. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { MODEL_VERSION } from '../domain/model-version';
import { maximiseFilter } from './maximise';
import type { MaximiseRequest } from './protocol';
import { createTfjsNetwork } from './tfjs/network';
import { openTestNetwork, type TestNetwork } from './tfjs/testing';

const MODEL_DIR = new URL(`../../public/model/${MODEL_VERSION}/`, import.meta.url);
const WASM_PACKAGE = createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm/package.json');
const WASM_URL = join(dirname(WASM_PACKAGE), 'wasm-out/');
const START: MaximiseRequest = { layer: 'block2_conv1', filter: 5, image: null, steps: 0, stepsDone: 0, seed: 1 };

let test: TestNetwork;

const maximise = (change: Partial<MaximiseRequest>) => maximiseFilter(test.network, test.input, { ...START, ...change });

beforeAll(async () => {
  test = await openTestNetwork('wasm', WASM_URL, (name) => new Uint8Array(readFileSync(new URL(name, MODEL_DIR))));
  return () => test.close();
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

  it('leaves nothing behind, nor when it refuses or the device is lost', async () => {
    const before = test.network.memory().buffers;
    for (const layer of ['block1_conv1', 'block3_conv2'] as const) {
      await maximise({ layer, steps: 1 });
      expect(test.network.memory().buffers).toBe(before);
    }
    await expect(maximise({ layer: 'block2_pool' })).rejects.toMatchObject({ code: 'unexpected' });
    await expect(maximise({ filter: 128 })).rejects.toMatchObject({ code: 'unexpected' });
    await expect(maximise({ image: new Float32Array(5) })).rejects.toMatchObject({ code: 'unexpected' });
    const lost = createTfjsNetwork(
      { ...test.tensors, read: () => Promise.reject(new Error('lost')) },
      { backend: 'wasm', detail: '', close: () => undefined },
    );
    await expect(maximiseFilter(lost, test.input, { ...START, steps: 1 })).rejects.toThrow('lost');
    expect(test.network.memory().buffers).toBe(before);
  });
});
