import { expect, test } from 'vitest';
import { VGG16 } from '../domain/network';
import { LensError } from '../domain/errors';
import { createFlowWithResult, settle } from './testing';

test('the layers of a photo come into the cache when the person has had time, those beside the one in view first', async () => {
  const { engine, state, cache, becomeIdle } = await createFlowWithResult(1);
  const runId = state().photos.a.result!.runId;
  const before = engine.layersRead.length;
  expect(before).toBe(1);
  const { heavyVersion } = state();
  becomeIdle();
  await expect.poll(() => engine.layersRead.length).toBe(VGG16.layers.length);
  // Who draws of them is told when they are all there.
  await expect.poll(() => state().heavyVersion).toBe(heavyVersion + 1);
  expect(engine.layersRead.slice(before, before + 2)).toEqual(['block1_pool', 'block2_conv2']);
  for (const { name } of VGG16.layers) expect(cache.layer(runId, name)).not.toBeNull();
});

test('a choice then asks the engine nothing, and changes the screen at once', async () => {
  const { engine, flow, state, becomeIdle } = await createFlowWithResult(1);
  becomeIdle();
  await expect.poll(() => engine.layersRead.length).toBe(VGG16.layers.length);
  engine.readError = new LensError('engine-crashed');
  const done = flow.view.selectLayer('block5_conv3');
  expect(state()).toMatchObject({ view: { layer: 'block5_conv3' }, photos: { a: { mapsKey: { layer: 'block5_conv3' } } } });
  await done;
  await settle();
  expect(state().mapsError).toBeNull();
});

test('a layer that cannot be read ahead is no error until it is chosen', async () => {
  const { engine, flow, state, becomeIdle } = await createFlowWithResult(1);
  engine.readError = new LensError('engine-crashed');
  becomeIdle();
  await settle();
  expect(state().mapsError).toBeNull();
  await flow.view.selectLayer('block5_conv3');
  expect(state().mapsError?.code).toBe('engine-crashed');
});
