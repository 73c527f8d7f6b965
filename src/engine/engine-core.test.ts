/** The real model on real tensors: tfjs's WASM backend with SIMD, in Node. Only the photo's decoder is not the app's. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { HEAD_HEAT_MAPS } from '../domain/analysis';
import { turnSquareRgb } from '../domain/crop-turn';
import type { SquareCrop } from '../domain/geometry';
import { convolutionsOf, VGG16 } from '../domain/network';
import { MODEL_VERSION } from '../domain/model-version';
import { createEngineCore } from './engine-core';
import { MAX_KEPT_RUNS } from './kept-runs';
import type { LoadedModel, LoadProgress } from '../domain/loaded-model';
import type { AnalyseRequest, EngineApi, Outcome } from './protocol';
import { countingDecoder, gradientDecoder, MODEL_URL, serveFiles } from './testing';
import { tfjsRungs } from './tfjs/rungs';
import { createModelStore } from './weights';

const MODEL_DIR = new URL(`../../public/model/${MODEL_VERSION}/`, import.meta.url);
const WASM_PACKAGE = createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm/package.json');
const REQUEST = { modelUrl: MODEL_URL, wasmUrl: join(dirname(WASM_PACKAGE), 'wasm-out/'), backend: 'wasm' } as const;
const ANALYSES = 100;

let core: EngineApi;
let loaded: LoadedModel;
let closed = 0;
let decode = gradientDecoder(320, 240, () => closed++);
const progress: LoadProgress[] = [];

function valueOf<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(`${outcome.error.code}: ${outcome.error.detail}`);
  return outcome.value;
}

function request(runId: number, keepMaps = true): AnalyseRequest {
  return { runId, photo: new Blob(['x'.repeat(runId)]), crop: null, keepMaps };
}

async function buffers(): Promise<number> {
  return valueOf(await core.memory()).buffers;
}

beforeAll(async () => {
  const store = createModelStore(serveFiles((name) => new Uint8Array(readFileSync(new URL(name, MODEL_DIR)))));
  core = createEngineCore({
    store,
    rungs: ({ wasmUrl }) => tfjsRungs(wasmUrl),
    decode: (photo) => decode(photo),
    listRequests: () => [],
    describeCompute: () => ({ renderer: '', threads: 1 }),
    makeShowable: (photo) => Promise.resolve(photo),
    importOwnOpener: () => Promise.reject(new Error('not asked for')),
    encodeFrame: () => Promise.reject(new Error('no camera')),
  });
  loaded = valueOf(await core.load(REQUEST, (step) => progress.push(step)));
});

describe('load', () => {
  it('goes live on wasm with a passed self-test of every layer', () => {
    expect(loaded.backend).toBe('wasm');
    expect(loaded.backendDetail).toBe('SIMD, 1 thread');
    expect(loaded.manifest.version).toBe(MODEL_VERSION);
    expect(loaded.selfTest.passed).toBe(true);
    expect(loaded.selfTest.layers.map(({ name }) => name)).toEqual(convolutionsOf(VGG16).map(({ name }) => name));
  });

  it('tells of bytes, then of compiling, then of the check', () => {
    expect(progress[0]).toMatchObject({ phase: 'download', loadedBytes: 0 });
    const [last, ...rest] = progress.slice(-3).reverse();
    expect(last).toEqual({ phase: 'self-test', backend: 'wasm' });
    expect(rest[0]).toEqual({ phase: 'compile', backend: 'wasm' });
    expect(rest[1]).toMatchObject({ phase: 'download', loadedBytes: loaded.manifest.files.reduce((n, f) => n + f.sizeBytes, 0) });
  });

  it('reproduces every golden input', async () => {
    const cases = valueOf(await core.selfTest());
    expect(cases.map(({ input }) => input).sort()).toEqual(['checker', 'gradient', 'lesion', 'noise']);
    expect(cases.filter(({ passed }) => !passed)).toEqual([]);
  });
});

describe('analyse', () => {
  it('answers logit, backend, input bytes, crop and source', async () => {
    const result = valueOf(await core.analyse(request(1)));
    expect(result.source).toEqual({ width: 320, height: 240 });
    expect(result.crop).toEqual({ x: 40, y: 0, size: 240 });
    expect(result.inputRgb).toHaveLength(128 * 128 * 3);
    expect(Number.isFinite(result.logit)).toBe(true);
    expect(result.backend).toBe('wasm');
    await core.release(1);
  });

  it('turns what the network sees', async () => {
    const upright = valueOf(await core.analyse(request(1, false)));
    const turned = valueOf(await core.analyse({ ...request(1, false), quarterTurns: 3 }));
    expect([upright.quarterTurns, turned.quarterTurns]).toEqual([0, 3]);
    expect(turned.inputRgb).toEqual(turnSquareRgb(upright.inputRgb, 128, 3));
    expect(turned.logit).not.toBe(upright.logit);
  });

  it('reads a small copy of a photo and closes it', async () => {
    const before = closed;
    expect(valueOf(await core.readThumbnail(new Blob(['x']), 160))).toMatchObject({ width: 160, height: 120 });
    expect(closed).toBe(before + 1);
  });

  it(`leaves nothing behind in ${ANALYSES} analyses`, async () => {
    const before = await buffers();
    closed = 0;
    for (let i = 0; i < ANALYSES; i++) {
      const keepMaps = i % 2 === 0;
      valueOf(await core.analyse(request(100 + i, keepMaps)));
      if (i % 10 === 0) valueOf(await core.readLayer(100 + i, 'block3_conv2'));
      if (keepMaps) await core.release(100 + i);
      expect(await buffers()).toBe(before);
    }
    expect(closed).toBe(ANALYSES);
  }, 600_000);

  it('keeps the latest runs only, and frees those released', async () => {
    const before = await buffers();
    for (let runId = 1; runId <= MAX_KEPT_RUNS + 1; runId++) await core.analyse(request(runId));
    expect(await buffers()).toBe(before + MAX_KEPT_RUNS * convolutionsOf(VGG16).length);
    expect(await core.readLayer(1, 'block1_conv1')).toMatchObject({ ok: false, error: { code: 'unexpected' } });
    for (let runId = 1; runId <= MAX_KEPT_RUNS + 1; runId++) await core.release(runId);
    expect(await buffers()).toBe(before);
  });

  it('of a batch of large photos one is decoded at a time', async () => {
    const small = decode;
    const counter = countingDecoder(10_000, 10_000);
    decode = counter.decode;
    const crop = { x: 0, y: 0, size: 128 } as SquareCrop;
    const calls = [1, 2, 3].map((runId) => core.analyse({ ...request(runId, false), crop, sourcePixels: 100e6 }));
    expect((await Promise.all(calls)).map(({ ok }) => ok)).toEqual([true, true, true]);
    decode = small;
    expect(counter).toMatchObject({ openPixels: 0, mostOpenPixels: 100e6, decoded: 3 });
  });

  it('answers calls in their order, though none waits for another', async () => {
    const order: string[] = [];
    await Promise.all([
      core.analyse(request(1)).then(() => order.push('analyse')),
      core.readLayer(1, 'block1_conv1').then((outcome) => order.push(`readLayer ${outcome.ok}`)),
      core.release(1).then(() => order.push('release')),
      core.readLayer(1, 'block1_conv1').then((outcome) => order.push(`readLayer ${outcome.ok}`)),
    ]);
    expect(order).toEqual(['analyse', 'readLayer true', 'release', 'readLayer false']);
  });
});

describe('the maps', () => {
  beforeAll(async () => {
    await core.analyse(request(7));
  });

  it.each(VGG16.layers)('$name: $channels maps that match each map read alone', async ({ name, side, channels }) => {
    const layer = valueOf(await core.readLayer(7, name));
    expect(layer).toMatchObject({ runId: 7, layer: name, side, channels });
    expect(layer.values).toHaveLength(channels * side * side);
    for (const filter of [0, channels >> 1, channels - 1]) {
      const map = valueOf(await core.readMap(7, name, filter));
      expect(map).toMatchObject({ runId: 7, layer: name, filter, side });
      expect(map.values).toEqual(layer.values.slice(filter * side * side, (filter + 1) * side * side));
      expect(Math.max(...map.values)).toBe(layer.max[filter]);
      expect(Math.min(...map.values)).toBe(layer.min[filter]);
    }
  });

  it('refuses a filter or a layer that is not there', async () => {
    const refused = { ok: false, error: { code: 'unexpected' } };
    expect(await core.readMap(7, 'block1_conv1', 64)).toMatchObject(refused);
    expect(await core.readMap(7, 'block1_conv1', -1)).toMatchObject(refused);
    expect(await core.readLayer(7, 'nowhere')).toMatchObject(refused);
  });
});

describe('what is asked of a kept run', () => {
  let logit: number;

  beforeAll(async () => {
    ({ logit } = valueOf(await core.analyse(request(8))));
  });

  it('experiment: the own logit with nothing muted, another with filters muted', async () => {
    expect(valueOf(await core.experiment(8, [])).logit).toBe(logit);
    expect(valueOf(await core.experiment(8, [{ layer: 'block3_conv1', filters: [] }])).logit).toBe(logit);
    const filters = Array.from({ length: 256 }, (_, filter) => filter);
    const muted = valueOf(await core.experiment(8, [{ layer: 'block5_conv2', filters }]));
    expect(muted.logit).not.toBe(logit);
    expect(muted.ms).toBeGreaterThan(0);
  });

  it('muteEffects: what experiments with one filter each give', async () => {
    const effects = valueOf(await core.muteEffects(8, 'block5_conv3', 100, 104));
    for (const [i, effect] of effects.entries()) {
      const muted = valueOf(await core.experiment(8, [{ layer: 'block5_conv3', filters: [100 + i] }]));
      expect(effect).toBe(Math.fround(muted.logit - logit));
    }
    expect(valueOf(await core.muteEffects(8, 'block5_conv3', 5, 5))).toHaveLength(0);
  });

  it('explainHead: shares and bias that add up to the logit', async () => {
    const { runId, heatMaps, units, shares, bias } = valueOf(await core.explainHead(8));
    expect([runId, units.length, shares.length]).toEqual([8, 256, 256]);
    expect(heatMaps.map(({ name, side }) => [name, side])).toEqual(HEAD_HEAT_MAPS.map((name) => [name, 8]));
    const sum = shares.reduce((a, b) => a + b, bias);
    const size = shares.reduce((a, b) => a + Math.abs(b), Math.abs(bias));
    expect(Math.abs(sum - logit) / size).toBeLessThan(1e-5);
    for (const { values } of heatMaps) {
      expect(values).toHaveLength(64);
      expect(values.every(Number.isFinite)).toBe(true);
    }
  });

  it('needs a run that is kept, and leaves nothing behind when it refuses or answers', async () => {
    const before = await buffers();
    for (let i = 0; i < 5; i++) {
      await core.experiment(8, [{ layer: 'block5_conv1', filters: [i] }]);
      await core.muteEffects(8, 'block5_conv3', i, i + 3);
      await core.explainHead(8);
      for (const outcome of [
        await core.experiment(99, []),
        await core.muteEffects(99, 'block1_conv1', 0, 1),
        await core.explainHead(99),
        await core.experiment(8, [{ layer: 'block1_pool', filters: [0] }]),
        await core.experiment(8, [{ layer: 'block5_conv1', filters: [512] }]),
        await core.muteEffects(8, 'block5_conv1', 511, 513),
        await core.muteEffects(8, 'block5_conv1', 3, 2),
      ]) {
        expect(outcome).toMatchObject({ ok: false, error: { code: 'unexpected' } });
      }
      expect(await buffers()).toBe(before);
    }
  });
});

describe('what is asked of the network alone', () => {
  it('scoreInputs: the same bits as analyses of the same pictures', async () => {
    const before = await buffers();
    const results = [valueOf(await core.analyse(request(50, false))), valueOf(await core.analyse(request(200, false)))];
    const inputs = new Uint8Array(results.flatMap(({ inputRgb }) => [...inputRgb]));
    expect([...valueOf(await core.scoreInputs(inputs))]).toEqual(results.map(({ logit }) => logit));
    expect(valueOf(await core.scoreInputs(new Uint8Array(0)))).toHaveLength(0);
    expect(await core.scoreInputs(new Uint8Array(5))).toMatchObject({ ok: false, error: { code: 'unexpected' } });
    expect(await buffers()).toBe(before);
  });

  it('firstKernels: 64 kernels of 3x3 RGB, a copy', async () => {
    const kernels = valueOf(await core.firstKernels());
    expect(kernels).toHaveLength(3 * 3 * 3 * 64);
    const copy = kernels.slice();
    kernels.fill(0);
    expect(valueOf(await core.firstKernels())).toEqual(copy);
  });
});

describe('loading anew', () => {
  it('frees the old model and its runs', async () => {
    await core.analyse(request(9));
    await core.load(REQUEST, () => undefined);
    expect(await core.readLayer(9, 'block1_conv1')).toMatchObject({ ok: false });
    expect(await buffers()).toBe(convolutionsOf(VGG16).length * 2 + 4); // kernels and biases, those of the two dense layers too
  });
});
