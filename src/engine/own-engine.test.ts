/** A person's own model behind the engine's door: files that Keras wrote, and what Keras computed (own-model/testdata). */
import { describe, expect, it } from 'vitest';
import type { AnalyseResult } from '../domain/analysis';
import type { SourcePx } from '../domain/geometry';
import { ownShape } from '../domain/own-manifest';
import { PREPROCESSINGS, scalingOf, startSettings, type OwnSettings } from '../domain/own-settings';
import { createEngineCore } from './engine-core';
import { createOwnCompute } from './own-engine';
import { fileAt, folderAt, readRecord } from './own-model/testing';
import type { EngineApi, OwnChoice, Outcome } from './protocol';
import { MODEL_URL, serveFiles } from './testing';
import { openOwnModel } from './tfjs/own-network';
import { createModelStore } from './weights';

const WASM_FOLDER = new URL('../../node_modules/@tensorflow/tfjs-backend-wasm/dist/', import.meta.url).pathname;
const REQUEST = { modelUrl: MODEL_URL, wasmUrl: WASM_FOLDER, backend: 'auto' } as const;
const SHIPPED = { mean: [0, 0, 0], std: [1, 1, 1] } as const;
const TOLERANCE = 1e-4;

function valueOf<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw outcome.error as unknown as Error;
  return outcome.value;
}

/** @param rgb - of every photo: a square that is as large as the model's input, so that nothing is resampled. */
function createCore(side: number, rgb: Uint8Array): EngineApi {
  return createEngineCore({
    store: createModelStore(serveFiles(() => null)),
    rungs: () => [],
    decode: () =>
      Promise.resolve({
        size: { width: side as SourcePx, height: side as SourcePx },
        noise: 0,
        close: () => undefined,
        readPixels: (left, top, columns, rows) =>
          Uint8ClampedArray.from({ length: columns * rows * 4 }, (_, i) => {
            const at = (top + Math.floor(i / 4 / columns)) * side + left + (Math.floor(i / 4) % columns);
            return i % 4 === 3 ? 255 : rgb[3 * at + (i % 4)]!;
          }),
      }),
    listRequests: () => [],
    describeCompute: () => ({ renderer: '', threads: 1 }),
    makeShowable: (photo) => Promise.resolve(photo),
    importOwnOpener: () => Promise.resolve(openOwnModel),
    encodeFrame: () => Promise.reject(new Error('no camera')),
  });
}

async function load(core: EngineApi, files: OwnChoice['files'], changed: Partial<OwnSettings> = {}): Promise<OwnSettings> {
  const facts = valueOf(await core.describeOwn(files));
  const settings = { ...startSettings(facts, SHIPPED), ...changed };
  const own = { name: 'mine', files, settings };
  const loaded = valueOf(await core.load({ ...REQUEST, own }, () => undefined));
  expect(loaded.manifest).toMatchObject({ version: 'mine', own: { facts, settings } });
  return settings;
}

async function analyse(core: EngineApi, runId = 1): Promise<AnalyseResult> {
  return valueOf(await core.analyse({ runId, photo: new Blob(['x']), crop: null, keepMaps: true }));
}

/** The model's own answer to these numbers, without what lies around it. */
async function answerOf(files: OwnChoice['files'], input: Float32Array): Promise<Float32Array> {
  const network = await openOwnModel(files, WASM_FOLDER);
  try {
    return await network.score(input);
  } finally {
    network.dispose();
  }
}

function expectClose(found: ArrayLike<number>, wanted: ArrayLike<number>, top = 1): void {
  expect(found).toHaveLength(wanted.length);
  const worst = Array.from(found).reduce((most, value, i) => Math.max(most, Math.abs(value - wanted[i]!)), 0);
  expect(worst / top).toBeLessThan(TOLERANCE);
}

function noise(length: number): Uint8Array {
  let state = 1;
  return Uint8Array.from({ length }, () => (state = (state * 48271) % 2147483647) >> 8);
}

function swapped<T extends Uint8Array | Float32Array>(rgb: T): T {
  return rgb.map((_, i) => rgb[i - (i % 3) + 2 - (i % 3)]!) as T;
}

const logit = (share: number): number => Math.log(share / (1 - share));

describe('what Keras computed', () => {
  it.each([
    ['nested.keras2.h5', 'nested'],
    ['resnet.keras', 'resnet'],
    ['mixed.keras', 'mixed'],
    ['preprocessing.keras3.h5', 'preprocessing'],
    ['mobilenet.tfjs', 'mobilenet'],
    ['nested.graph', 'nested'],
  ])('%s answers', async (path, name) => {
    const files = /\.(tfjs|graph)$/.test(path) ? folderAt(path) : [fileAt(path)];
    const record = readRecord(name);
    const own = await openOwnModel(files, WASM_FOLDER);
    const settings = startSettings(own.facts, SHIPPED);
    const { output } = own.facts;
    const shape = ownShape(own.facts)!;
    for (const order of ['rgb', 'bgr'] as const) {
      for (let watched = 0; watched < settings.labels.length; watched++) {
        const network = createOwnCompute(own, shape, { ...settings, order, watched });
        const input = order === 'rgb' ? record.input : swapped(record.input);
        const { run, outputs, logit: found } = await network.forward(input);
        expectClose(outputs!, record.output);
        const share = output.units > 1 ? record.output[watched]! : watched === 1 ? record.output[0]! : 1 - record.output[0]!;
        const wanted = output.activation === 'linear' ? record.output[watched]! : logit(share);
        expect(Math.abs(found - wanted)).toBeLessThan(1e-3);
        expect(await network.score(input)).toBeCloseTo(found, 5);
        network.release(run);
      }
    }
    own.dispose();
  });
});

describe('behind the engine’s door', () => {
  const rgb = noise(32 * 32 * 3);
  const files = [fileAt('resnet.keras')];

  it.each([...PREPROCESSINGS])('a photo’s bytes become its numbers: %s', async (preprocessing) => {
    const core = createCore(32, rgb);
    const scaling = scalingOf(preprocessing, { mean: [0.7, 0.5, 0.4], std: [0.1, 0.2, 0.3] }) ?? {
      mean: [0.1, 0.2, 0.3],
      std: [0.3, 0.2, 0.1],
      order: 'bgr',
    };
    await load(core, files, { preprocessing, ...scaling });
    const { outputs, logit: found } = await analyse(core);
    const scaled = Float32Array.from(rgb, (byte, i) => (byte / 255 - scaling.mean[i % 3]!) / scaling.std[i % 3]!);
    const wanted = await answerOf(files, scaling.order === 'bgr' ? swapped(scaled) : scaled);
    expectClose(outputs!, wanted);
    // A batch keeps no maps, and reads the classes all the same.
    const alone = valueOf(await core.analyse({ runId: 2, photo: new Blob(['x']), crop: null, keepMaps: false }));
    expect(alone).toMatchObject({ outputs, logit: found });
    expect(Math.abs(found - logit(Math.min(1 - 1e-7, Math.max(1e-7, wanted[1]!))))).toBeLessThan(1e-3);
  });

  it('a grey model gets the colours mixed, whatever their order is said to be', async () => {
    const grey = [fileAt('others/grey.keras')];
    const square = noise(12 * 12 * 3);
    const core = createCore(12, square);
    await load(core, grey, { ...scalingOf('unit', SHIPPED)!, order: 'bgr' });
    const { outputs, inputRgb } = await analyse(core);
    expect(inputRgb).toEqual(square);
    const mixed = Float32Array.from({ length: 144 }, (_, i) => {
      const [r, g, b] = square.subarray(3 * i);
      return (0.299 * r! + 0.587 * g! + 0.114 * b!) / 255;
    });
    expectClose(outputs!, await answerOf(grey, mixed));
  });

  it('maps, mutes and their effects are the model’s own', async () => {
    const core = createCore(32, rgb);
    await load(core, [fileAt('nested.keras2.h5')]);
    const { logit: before } = await analyse(core, 7);
    const maps = valueOf(await core.readLayer(7, 'block2_conv1'));
    expect([maps.side, maps.channels]).toEqual([16, 6]);
    const none = valueOf(await core.experiment(7, [{ layer: 'block2_conv1', filters: [] }]));
    expect(none.logit).toBeCloseTo(before, 4);
    const all = valueOf(await core.experiment(7, [{ layer: 'block2_conv1', filters: [0, 1, 2, 3, 4, 5] }]));
    expect(all.logit).not.toBeCloseTo(before, 4);
    expect(await core.firstKernels()).toMatchObject({ ok: false });
    expect(await core.explainHead(7)).toMatchObject({ ok: false });
    expect(await analyse(core, 8)).toMatchObject({ logit: before });
    const request = { runId: 9, photo: new Blob(['x']), crop: null, keepMaps: false, activations: 'block2_conv1' };
    const kept = valueOf(await core.analyse(request));
    expectClose(kept.activations!, maps.mean);
    expect(kept).toMatchObject({ logit: before });
    expect(await core.analyse({ ...request, activations: 'dense' })).toMatchObject({ ok: false });
  });

  it('one that is refused leaves the one in use', async () => {
    const core = createCore(32, rgb);
    await load(core, files);
    const before = await analyse(core, 1);
    for (const [path, code] of [
      ['inception.keras', 'own-model-input'],
      ['others/lambda.keras', 'own-model-lambda'],
      ['others/nan.keras', 'own-model-not-finite'],
    ] as const) {
      expect(await core.describeOwn([fileAt(path)])).toMatchObject({ ok: false, error: { code } });
    }
    expect(await core.describeOwn(folderAt('nested.graph'))).toMatchObject({ ok: true });
    expect((await analyse(core, 2)).logit).toBe(before.logit);
  });
});
