/** A check that cannot fail checks nothing: wrong weights and wrong numbers must not pass. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createHash } from 'node:crypto';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { GoldenFile, ModelManifest } from '../domain/manifest';
import { convolutionsOf, VGG16 } from '../domain/network';
import { MODEL_VERSION } from '../domain/model-version';
import { createEngineCore } from './engine-core';
import type { ComputeNetwork, RunHandle } from './compute';
import { readArtifacts, readGolden, type ModelArtifacts } from './model-artifacts';
import { layerError, runSelfTest } from './self-test';
import { gradientDecoder, MODEL_URL, serveFiles } from './testing';
import { openBackend, type OpenBackend } from './tfjs/backend';
import { buildTensorNetwork } from './tfjs/model';
import { createTfjsNetwork } from './tfjs/network';
import { tfjsRungs } from './tfjs/rungs';
import { TOLERANCES } from './tolerances';
import { withHalves } from './weight-files';
import { createModelStore, type VerifiedModel } from './weights';

const MODEL_DIR = new URL(`../../public/model/${MODEL_VERSION}/`, import.meta.url);
const WASM_PACKAGE = createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm/package.json');
const WASM_URL = join(dirname(WASM_PACKAGE), 'wasm-out/');

let model: VerifiedModel;
let manifest: ModelManifest;
let golden: GoldenFile;
let artifacts: ModelArtifacts;
let open: OpenBackend;

function readModelFile(name: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(readFileSync(new URL(name, MODEL_DIR)));
}

/** The same model with `count` weights of a layer set to 0.5, as a flipped bit or a bad copy would. */
function spoil(name: string, count: number): ModelArtifacts {
  const halves = withHalves(artifacts);
  const index = halves.weightSpecs.findIndex((spec) => spec.name === name);
  new Uint16Array(halves.weightData[index]!).fill(0x3800, 0, count);
  return halves;
}

async function withNetwork<T>(of: ModelArtifacts, use: (network: ComputeNetwork) => Promise<T>): Promise<T> {
  // The backend stays open for the other tests.
  const network = createTfjsNetwork(await buildTensorNetwork(of, VGG16), { ...open, close: () => undefined });
  try {
    return await use(network);
  } finally {
    network.dispose();
  }
}

beforeAll(async () => {
  model = await createModelStore(serveFiles(readModelFile)).fetchModel(MODEL_URL, () => undefined);
  manifest = model.manifest;
  golden = readGolden(model);
  artifacts = readArtifacts(model);
  open = await openBackend('wasm', WASM_URL, 1);
  return () => open.close();
});

describe('runSelfTest', () => {
  it('passes every golden input with the shipped weights, far inside the tolerance', async () => {
    await withNetwork(artifacts, async (network) => {
      for (const goldenCase of golden.cases) {
        const result = await runSelfTest(network, manifest.input, goldenCase, TOLERANCES.wasm);
        expect(result.passed).toBe(true);
        expect(Math.max(...result.layers.map(({ error }) => error))).toBeLessThan(TOLERANCES.wasm.layer / 10);
      }
    });
  });

  it.each([
    ['block1_conv1/kernel', 8],
    ['block3_conv2/kernel', 8192],
    ['block5_conv3/bias', 4],
    ['dense/kernel', 16384],
    ['dense_1/bias', 1],
  ])('fails when %s has %i wrong values', async (name, count) => {
    await withNetwork(spoil(name, count), async (network) => {
      const result = await runSelfTest(network, manifest.input, golden.cases[0]!, TOLERANCES.wasm);
      expect(result.passed).toBe(false);
    });
  });

  it('fails on NaN: no logit, no score', async () => {
    const nan: Pick<ComputeNetwork, 'forward' | 'readMaps' | 'release' | 'shape'> = {
      shape: VGG16,
      forward: () => Promise.resolve({ run: 1 as RunHandle, logit: NaN }),
      release: () => undefined,
      readMaps: () => Promise.resolve(new Float32Array(128 * 128 * 64).fill(NaN)),
    };
    const result = await runSelfTest(nan, manifest.input, golden.cases[0]!, TOLERANCES.wasm);
    expect(result.passed).toBe(false);
    expect(result.layers.every(({ passed }) => !passed)).toBe(true);
  });

  it('refuses a golden file of other pictures', async () => {
    const other = { ...golden.cases[0]!, inputSha256: '0'.repeat(64) };
    await withNetwork(artifacts, async (network) => {
      await expect(runSelfTest(network, manifest.input, other, TOLERANCES.wasm)).rejects.toMatchObject({ code: 'model-invalid' });
    });
  });
});

describe('layerError', () => {
  it('finds one NaN, one infinity and a shift by one pixel', () => {
    const index = 12; // block5_conv3
    const shape = convolutionsOf(VGG16)[index]!;
    const { side, channels } = shape;
    const layer = golden.cases[0]!.layers[index]!;
    const length = side * side * channels;
    for (const bad of [NaN, Infinity, -Infinity]) {
      const activations = new Float32Array(length);
      activations[4321] = bad;
      expect(layerError(layer, shape, activations) <= 1).toBe(false);
    }
    expect(layerError(layer, shape, new Float32Array(length - 1))).toBeNaN();
    expect(layerError(layer, shape, new Float32Array(length))).toBeCloseTo(1, 6); // all zeros: a lost device
  });
});

describe('buildTensorNetwork', () => {
  it('refuses a model without one of the layers', async () => {
    const text = JSON.stringify(artifacts.topology).replace('"block4_conv2"', '"block4_other"');
    const renamed = artifacts.weightSpecs.map((s) => ({ ...s, name: s.name.replace('block4_conv2', 'block4_other') }));
    const other = { ...artifacts, topology: JSON.parse(text) as ModelArtifacts['topology'], weightSpecs: renamed };
    await expect(buildTensorNetwork(other, VGG16)).rejects.toMatchObject({
      code: 'model-invalid',
      detail: 'no layer block4_conv2',
    });
  });

  it('refuses weights of another shape', async () => {
    const text = JSON.stringify(artifacts.topology).replace('"units":256', '"units":128');
    const other = { ...artifacts, topology: JSON.parse(text) as ModelArtifacts['topology'] };
    await expect(buildTensorNetwork(other, VGG16)).rejects.toMatchObject({
      code: 'model-invalid',
      detail: expect.stringContaining('Shape') as string,
    });
  });
});

// Last: it closes the backend that the tests above share.
describe('an engine that fails its check', () => {
  it('gives no score: a golden file that disagrees ends the load', async () => {
    const [first, ...others] = golden.cases;
    const wrong: GoldenFile = { ...golden, cases: [{ ...first!, logit: first!.logit + 0.1 }, ...others] };
    const bytes = new TextEncoder().encode(JSON.stringify(wrong));
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const raw = JSON.parse(new TextDecoder().decode(readModelFile('manifest.json'))) as object;
    const files = manifest.files.map((f) => (f.path === 'golden.json' ? { ...f, sizeBytes: bytes.length, sha256 } : f));
    const changed = new Map([
      ['golden.json', bytes],
      ['manifest.json', new TextEncoder().encode(JSON.stringify({ ...raw, files }))],
    ]);
    const store = createModelStore(serveFiles((name) => changed.get(name) ?? readModelFile(name)));
    const core = createEngineCore({
      store,
      rungs: ({ wasmUrl }) => tfjsRungs(wasmUrl),
      decode: gradientDecoder(128, 128),
      listRequests: () => [],
      describeCompute: () => ({ renderer: '', threads: 1 }),
      makeShowable: (photo) => Promise.resolve(photo),
      importOwnOpener: () => Promise.reject(new Error('not asked for')),
      encodeFrame: () => Promise.reject(new Error('no camera')),
    });
    const load = await core.load({ modelUrl: MODEL_URL, wasmUrl: WASM_URL, backend: 'wasm' }, () => undefined);
    expect(load).toMatchObject({ ok: false, error: { code: 'backend-none-passed' } });
    const analysed = await core.analyse({ runId: 1, photo: new Blob(['x']), crop: null, keepMaps: false });
    expect(analysed).toMatchObject({ ok: false });
  });
});
