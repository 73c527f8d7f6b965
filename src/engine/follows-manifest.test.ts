/** Whatever makes an input of bytes does so with the mean and deviation that the manifest names, channel by channel. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { drawGoldenInput } from '../domain/golden-input';
import type { ModelManifest } from '../domain/manifest';
import { MODEL_VERSION } from '../domain/model-version';
import { maximiseFilter } from './maximise';
import { scoreInputs } from './score-inputs';
import { openTestNetwork, type TestNetwork } from './tfjs/testing';

const MODEL_DIR = new URL(`../../public/model/${MODEL_VERSION}/`, import.meta.url);
const WASM_PACKAGE = createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm/package.json');
/** Neither the shipped one nor halves. */
const OTHER: ModelManifest['input'] = { mean: [0.6, 0.3, 0.45], std: [0.2, 0.5, 1.5] };

let test: TestNetwork;

beforeAll(async () => {
  test = await openTestNetwork(
    'wasm',
    join(dirname(WASM_PACKAGE), 'wasm-out/'),
    (name) => new Uint8Array(readFileSync(new URL(name, MODEL_DIR))),
  );
});
afterAll(() => test.close());

const byHand = (bytes: ArrayLike<number>, { mean, std }: ModelManifest['input']): Float32Array<ArrayBuffer> =>
  Float32Array.from(bytes, (byte, i) => (byte / 255 - mean[i % 3]!) / std[i % 3]!);

it('the scores of inputs', async () => {
  const rgb = drawGoldenInput('lesion');
  const logit = await test.network.score(byHand(rgb, OTHER));
  const [scored] = await scoreInputs(test.network, OTHER, rgb);
  expect(scored).toBeCloseTo(logit, 5);
  expect((await scoreInputs(test.network, test.input, rgb))[0]).not.toBeCloseTo(logit, 2);
});

it('the picture that a filter likes', async () => {
  const { image, side, mean } = await maximiseFilter(test.network, OTHER, {
    layer: 'block2_conv1',
    filter: 5,
    image: null,
    steps: 1,
    stepsDone: 0,
    seed: 1,
  });
  const probe = test.network.probeFilter('block2_conv1', 5);
  expect(mean).toBeCloseTo(await probe.mean(byHand(image, OTHER), side), 4);
  probe.dispose();
});
