/** The last rung: slow, but it must answer the same. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { MODEL_VERSION } from '../../domain/model-version';
import { createEngineCore } from '../engine-core';
import { gradientDecoder, MODEL_URL, serveFiles } from '../testing';
import { createModelStore } from '../weights';
import { tfjsRungs } from './rungs';

const MODEL_DIR = new URL(`../../../public/model/${MODEL_VERSION}/`, import.meta.url);

it('falls to the CPU where nothing else is to be had, says so, and passes its check there', async () => {
  const store = createModelStore(serveFiles((name) => new Uint8Array(readFileSync(new URL(name, MODEL_DIR)))));
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
  // A folder without .wasm files, and no WebGL in Node.
  const outcome = await core.load({ modelUrl: MODEL_URL, wasmUrl: '/nowhere/', backend: 'auto' }, () => undefined);
  if (!outcome.ok) throw new Error(outcome.error.detail);
  expect(outcome.value).toMatchObject({ backend: 'cpu', selfTest: { passed: true } });
  expect(outcome.value.rejected.map(({ backend }) => backend)).toEqual(['webgl', 'wasm']);
}, 300_000);
