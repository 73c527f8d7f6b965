/** Our kernels and tfjs as rungs of one ladder, both real, with the shipped weights: which one goes live by what is asked for. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { APP_VERSION } from '../domain/app-version';
import type { EngineTimes } from '../domain/engine-choice';
import { LensError } from '../domain/errors';
import { MODEL_VERSION } from '../domain/model-version';
import type { ComputeRung } from './compute';
import { createEngineCore } from './engine-core';
import { kernelRungs } from './kernels/network';
import type { EngineApi, LoadRequest, Outcome } from './protocol';
import { gradientDecoder, MODEL_URL, serveFiles } from './testing';
import { tfjsRungs } from './tfjs/rungs';
import { createModelStore } from './weights';

const WASM_PACKAGE = createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm/package.json');
const REQUEST: LoadRequest = { modelUrl: MODEL_URL, wasmUrl: join(dirname(WASM_PACKAGE), 'wasm-out/'), backend: 'auto' };
const SITE = { renderer: 'Mali-G78', threads: 1 };
const MODEL_DIR = new URL(`../../public/model/${MODEL_VERSION}/`, import.meta.url);
const TIMES: EngineTimes = {
  ...SITE,
  appVersion: APP_VERSION,
  modelVersion: MODEL_VERSION,
  kernelsMs: 40,
  webglMs: 12,
  webglFault: null,
  measuredAt: '2026-01-02T03:04:05.000Z',
};

/** A graphics processor is not to be had where tests run: tfjs's WebAssembly stands in WebGL's place. @param fault - It fails by. */
function rungsWith(fault: string | null): (request: LoadRequest) => readonly ComputeRung[] {
  return ({ wasmUrl }) => {
    const tfjs = tfjsRungs(wasmUrl).filter(({ way }) => way === 'tfjs-wasm');
    const open: ComputeRung['open'] = (artifacts, shape) =>
      fault === null ? tfjs[0]!.open(artifacts, shape) : Promise.reject(new LensError('unexpected', fault));
    return [...kernelRungs(() => Promise.reject(new Error('no gradients'))), { ...tfjs[0]!, way: 'webgl', open }, ...tfjs];
  };
}

function valueOf<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(`${outcome.error.code}: ${outcome.error.detail}`);
  return outcome.value;
}

const readModelFile = (name: string): Uint8Array<ArrayBuffer> => new Uint8Array(readFileSync(new URL(name, MODEL_DIR)));

const WORLD: Omit<Parameters<typeof createEngineCore>[0], 'store' | 'rungs'> = {
  describeCompute: () => SITE,
  decode: gradientDecoder(64, 48),
  listRequests: () => [],
  makeShowable: (photo) => Promise.resolve(photo),
  encodeFrame: () => Promise.reject(new Error('no camera')),
  importOwnOpener: () => Promise.reject(new Error('not asked for')),
};

function createCore(fault: string | null = null): EngineApi {
  return createEngineCore({ ...WORLD, store: createModelStore(serveFiles(readModelFile)), rungs: rungsWith(fault) });
}

it.each([
  ['the kernels where nothing was measured', {}, 'kernels', 'not-measured'],
  ['the faster one, measured on this site', { times: TIMES }, 'webgl', 'measured'],
  ['the kernels where they were faster', { times: { ...TIMES, webglMs: 41 } }, 'kernels', 'measured'],
  ['what was measured with another renderer for nothing', { times: { ...TIMES, renderer: 'other' } }, 'kernels', 'not-measured'],
  ['what was measured with other threads for nothing', { times: { ...TIMES, threads: 2 } }, 'kernels', 'not-measured'],
  ['what was measured of another model for nothing', { times: { ...TIMES, modelVersion: 'v0' } }, 'kernels', 'not-measured'],
  [
    'what was measured by another app for nothing',
    { times: { ...TIMES, appVersion: '0', webglMs: 41 } },
    'kernels',
    'not-measured',
  ],
  ['what the person set before what was measured', { times: TIMES, choice: 'tfjs-wasm' }, 'tfjs-wasm', 'preference'],
  ['what the address says before both', { times: TIMES, choice: 'webgl', backend: 'wasm' }, 'kernels', 'address'],
] as const)('takes %s', async (_, change, way, chosenBy) => {
  const core = createCore();
  const loaded = valueOf(await core.load({ ...REQUEST, ...change }, () => undefined));
  expect(loaded).toMatchObject({ way, chosenBy, rejected: [], selfTest: { passed: true } });
  const photo = { runId: 1, photo: new Blob(['xyz']), crop: null, keepMaps: false };
  expect(Number.isFinite(valueOf(await core.analyse(photo)).logit)).toBe(true);
});

it.each([{ times: TIMES }, { choice: 'webgl' }] as const)(
  'falls to the next way where the wanted one fails, and says so: %o',
  async (change) => {
    const loaded = valueOf(await createCore('the driver is broken').load({ ...REQUEST, ...change }, () => undefined));
    expect(loaded).toMatchObject({ way: 'kernels', rejected: [{ reason: 'the driver is broken' }] });
  },
);

it('compiles the kernels while the weights come', async () => {
  const order: string[] = [];
  const core = createEngineCore({
    ...WORLD,
    store: createModelStore(
      serveFiles((name) => {
        order.push(name);
        return readModelFile(name);
      }),
    ),
    rungs: (request) => rungsWith(null)(request).map((rung) => ({ ...rung, prepare: () => order.push(`prepare ${rung.way}`) })),
  });
  valueOf(await core.load(REQUEST, () => undefined));
  expect(order.slice(0, 2)).toEqual(['prepare kernels', 'manifest.json']);
  expect(order.filter((name) => name.startsWith('prepare'))).toHaveLength(1);
});

it('times a pass, keeps nothing of it, and tells what there is to compute with', async () => {
  const core = createCore();
  valueOf(await core.load(REQUEST, () => undefined));
  const before = valueOf(await core.memory());
  expect(valueOf(await core.timePass())).toBeGreaterThan(0);
  expect(valueOf(await core.memory())).toEqual(before);
  expect(valueOf(await core.describeCompute())).toEqual({ ...SITE, webglObjection: null });
});
