import { expect, test } from 'vitest';
import { LensError } from '../domain/errors';
import { selectError } from '../store/select-status';
import { createReadyFlow, createTestFlow, photo, settle } from './testing';
import { strongestFilter } from './view-maps';

async function createFlowWithResult() {
  const world = await createReadyFlow();
  const done = world.flow.analysePhoto(photo('a.png'));
  await settle();
  world.engine.answer(1);
  await done;
  await settle();
  return world;
}

test('a layer is read once and then drawn from the cache', async () => {
  const { engine, flow, state } = await createFlowWithResult();
  await flow.selectLayer('block5_conv3');
  expect(state().maps.layer?.layer).toBe('block5_conv3');
  engine.readError = new LensError('engine-crashed');
  await flow.selectLayer('block2_conv1');
  expect(state().maps).toMatchObject({ layer: { layer: 'block2_conv1' }, error: null });
});

test('the layer chosen last is the one shown', async () => {
  const { flow, state } = await createFlowWithResult();
  await Promise.all([flow.selectLayer('block1_conv1'), flow.selectLayer('block4_conv2')]);
  expect(state().maps.layer?.layer).toBe('block4_conv2');
  expect(state().maps.filter?.layer).toBe('block4_conv2');
});

test('a filter is enlarged; one that the layer does not have gives the strongest', async () => {
  const { flow, state } = await createFlowWithResult();
  await flow.selectFilter(49);
  expect(state().maps.filter).toMatchObject({ layer: 'block2_conv1', filter: 49 });
  await flow.show('block1_conv1', 64);
  expect(state().view).toMatchObject({ layer: 'block1_conv1', filter: 5 });
});

test('a link chooses before there is a photo, and the photo obeys it', async () => {
  const { engine, flow, state } = await createReadyFlow();
  await flow.show('block3_conv2', 200);
  expect(state().maps.layer).toBeNull();
  const done = flow.analysePhoto(photo('a.png'));
  await settle();
  engine.answer(1);
  await done;
  expect(state().maps.filter).toMatchObject({ layer: 'block3_conv2', filter: 200 });
});

test('maps that cannot be read leave the score and say so', async () => {
  const { engine, flow, state } = await createFlowWithResult();
  engine.readError = new LensError('engine-crashed');
  await flow.selectLayer('block5_conv1');
  expect(state().result?.logit).toBe(1);
  expect(selectError(state())).toMatchObject({ code: 'engine-crashed', source: 'maps' });
});

test('without a result nothing is read', async () => {
  const { flow, state } = createTestFlow();
  await flow.selectFilter(3);
  expect(state().view.filter).toBe(3);
  expect(state().maps.error).toBeNull();
});

test('the strongest of equals is the first', () => {
  expect(strongestFilter(Float32Array.of(0, 2, 1, 2))).toBe(1);
  expect(strongestFilter(Float32Array.of(0, 0))).toBe(0);
});
