import { strFromU8, unzipSync } from 'fflate';
import { expect, test } from 'vitest';
import { LensError } from '../domain/errors';
import { VGG16 } from '../domain/network';
import { createFlowWithResult } from './testing';

/** The numbers behind a .npy's header. */
function numbersOf(npy: Uint8Array): Float32Array {
  const header = 10 + npy[8]! + 256 * npy[9]!;
  return new Float32Array(npy.slice(header).buffer);
}

test('every layer is a .npy in the network’s own order, and the manifest says what they are of', async () => {
  const { flow, state } = await createFlowWithResult(1);
  const blob = await flow.view.exportLayers('a');
  const files = unzipSync(new Uint8Array(await blob!.arrayBuffer()));
  expect(Object.keys(files)).toEqual([...VGG16.layers.map(({ name }) => `${name}.npy`), 'manifest.json']);
  const conv = numbersOf(files['block2_conv1.npy']!);
  expect(conv).toHaveLength(64 * 64 * 128);
  // The fake engine's maps are silent but for the sixth.
  expect([...conv.subarray(0, 8)]).toEqual([0, 0, 0, 0, 0, 1, 0, 0]);
  const facts = JSON.parse(strFromU8(files['manifest.json']!)) as Record<string, unknown>;
  const { crop, manifest } = state().photos.a.result!;
  expect(facts).toMatchObject({
    model: { version: manifest.version, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) as string },
    crop: { ...crop, quarterTurns: 0 },
    preprocessing: { side: 128, mean: manifest.input.mean, order: 'rgb' },
    backend: 'wasm',
    logit: 1,
  });
  expect(facts['layers']).toContainEqual({ name: 'block5_pool', file: 'block5_pool.npy', shape: [4, 4, 512], kind: 'pool' });
});

test('what cannot be read is said, and without a photo there is nothing', async () => {
  const { engine, flow, state } = await createFlowWithResult(1);
  expect(await flow.view.exportLayers('b')).toBeNull();
  engine.readError = new LensError('engine-crashed');
  expect(await flow.view.exportLayers('a')).toBeNull();
  expect(state().mapsError?.code).toBe('engine-crashed');
});
