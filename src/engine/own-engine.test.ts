/** A person's own model behind the engine's door: files that Keras wrote, and what Keras computed (own-model/testdata). */
import { describe, expect, it } from 'vitest';
import type { AnalyseResult } from '../domain/analysis';
import type { SourcePx } from '../domain/geometry';
import { startSettings, type OwnSettings } from '../domain/own-settings';
import { createEngineCore } from './engine-core';
import { fileAt, folderAt, readRecord } from './own-model/testing';
import type { EngineApi, OwnChoice, Outcome } from './protocol';
import { MODEL_URL, serveFiles } from './testing';
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
    importOwnOpener: async () => (await import('./tfjs/own-network')).openOwnModel,
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

/**
 * A record's input is float32, a photo bytes: scaled so that its lowest is 0 and its highest 255, rounded, and told by `mean`
 * and `std` how to come back. What rounding costs is more than the tolerance, so only models whose inputs are bytes are compared
 * with Keras by a photo; the others by the network on its own.
 */
function bytesOf(input: Float32Array): { readonly rgb: Uint8Array; readonly scaling: Pick<OwnSettings, 'mean' | 'std'> } {
  const low = input.reduce((a, b) => Math.min(a, b));
  const high = input.reduce((a, b) => Math.max(a, b));
  const std = high - low;
  const all = (value: number) => [value, value, value] as const;
  return {
    rgb: Uint8Array.from(input, (value) => Math.round((255 * (value - low)) / std)),
    scaling: { mean: all(-low / std), std: all(1 / std) },
  };
}

void describe;
it('probe', async () => {
  for (const name of ['nested', 'resnet', 'mobilenet', 'mixed', 'preprocessing', 'operations']) {
    const { input } = readRecord(name);
    console.log(name, input.slice(0, 6), Math.min(...input), Math.max(...input), input.every((v) => Number.isInteger(v)));
  }
  void [load, analyse, bytesOf, createCore, fileAt, folderAt, TOLERANCE];
});
