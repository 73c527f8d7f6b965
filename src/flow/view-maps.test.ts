import { expect, test } from 'vitest';
import { LensError } from '../domain/errors';
import { selectError } from '../store/select-status';
import type { Flow } from './create-flow';
import { createFlowWithResult, createReadyFlow, createTestFlow, photo, settle } from './testing';
import { LOADED, type FakeEngine } from './testing-engine';
import { strongestFilter } from './view-maps';

async function addSecond(engine: FakeEngine, flow: Flow): Promise<void> {
  const done = flow.photo.analyse(photo('b.png'), 'b');
  await settle();
  engine.answer(-1);
  await done;
  await settle();
}

test('a layer is read once and then drawn from the cache', async () => {
  const { engine, flow, state } = await createFlowWithResult(1);
  await flow.view.selectLayer('block5_conv3');
  expect(state().photos.a.mapsKey?.layer).toBe('block5_conv3');
  engine.readError = new LensError('engine-crashed');
  await flow.view.selectLayer('block2_conv1');
  expect(state()).toMatchObject({ photos: { a: { mapsKey: { layer: 'block2_conv1' } } }, mapsError: null });
});

test('the layer chosen last is the one shown', async () => {
  const { flow, state } = await createFlowWithResult(1);
  await Promise.all([flow.view.selectLayer('block1_conv1'), flow.view.selectLayer('block4_conv2')]);
  expect(state().photos.a.mapsKey?.layer).toBe('block4_conv2');
});

test('a filter is enlarged; one that the layer does not have gives the strongest', async () => {
  const { flow, state } = await createFlowWithResult(1);
  await flow.view.selectFilter(49);
  expect(state().view).toMatchObject({ layer: 'block2_conv1', filter: 49, isChosen: true });
  await flow.view.show('block1_conv1', 64);
  expect(state().view).toMatchObject({ layer: 'block1_conv1', filter: 5 });
});

test('a link chooses before there is a photo, and the photo obeys it', async () => {
  const { engine, flow, state } = await createReadyFlow();
  await flow.view.show('block3_conv2', 200);
  expect(state().photos.a.mapsKey).toBeNull();
  const done = flow.photo.analyse(photo('a.png'));
  await settle();
  engine.answer(1);
  await done;
  expect(state().photos.a.mapsKey?.layer).toBe('block3_conv2');
  expect(state().view.filter).toBe(200);
});

test('maps that cannot be read leave the score and say so', async () => {
  const { engine, flow, state } = await createFlowWithResult(1);
  engine.readError = new LensError('engine-crashed');
  await flow.view.selectLayer('block5_conv1');
  expect(state().photos.a.result?.logit).toBe(1);
  expect(selectError(state())).toMatchObject({ code: 'engine-crashed', source: 'maps' });
});

test('without a result nothing is read', async () => {
  const { flow, state } = createTestFlow();
  await flow.view.selectFilter(3);
  expect(state().view.filter).toBe(3);
  expect(state().mapsError).toBeNull();
});

test('a pinned map is kept for both photos while layers change, and a second click takes it out', async () => {
  const { engine, flow, state, cache } = await createFlowWithResult(1);
  await addSecond(engine, flow);
  await flow.view.togglePin('block2_conv1', 49);
  await flow.view.selectLayer('block5_conv3');
  expect(state().pins).toEqual([{ layer: 'block2_conv1', filter: 49 }]);
  for (const facts of [state().photos.a.result, state().photos.b.result]) {
    expect(cache.map(facts?.runId ?? 0, 'block2_conv1', 49)?.values).toHaveLength(64 * 64);
  }
  await flow.view.togglePin('block2_conv1', 49);
  expect(state().pins).toEqual([]);
});

test('of two photos the same layer is read, and B leaves without a trace', async () => {
  const { engine, flow, state } = await createFlowWithResult(1);
  await addSecond(engine, flow);
  await flow.view.selectLayer('block4_pool');
  const { a, b } = state().photos;
  expect([a.mapsKey?.layer, b.mapsKey?.layer]).toEqual(['block4_pool', 'block4_pool']);
  expect([a.mapsKey?.runId, b.mapsKey?.runId]).toEqual([a.result?.runId, b.result?.runId]);
  flow.photo.removeSecond();
  await settle();
  expect(state().photos.b.result).toBeNull();
  expect(state().photos.b.mapsKey).toBeNull();
  expect(engine.released).toEqual([b.result?.runId]);
});

test('A and B change places, with their maps', async () => {
  const { engine, flow, state } = await createFlowWithResult(1);
  await addSecond(engine, flow);
  const before = state();
  flow.photo.swap();
  expect([state().photos.a.result, state().photos.b.result]).toEqual([before.photos.b.result, before.photos.a.result]);
  expect([state().photos.a.mapsKey, state().photos.b.mapsKey]).toEqual([before.photos.b.mapsKey, before.photos.a.mapsKey]);
});

test('a spot is followed until it is let go, and its order with it', () => {
  const { flow, state } = createTestFlow();
  flow.view.followSpot({ x: 3, y: 4 });
  flow.view.set({ order: 'spot' });
  flow.view.followSpot(null);
  expect(state().view).toMatchObject({ spot: null, order: 'index' });
});

test('the strongest of equals is the first', () => {
  expect(strongestFilter(Float32Array.of(0, 2, 1, 2))).toBe(1);
  expect(strongestFilter(Float32Array.of(0, 0))).toBe(0);
});

test('what the network does not have is not shown; before it is known a link is kept until then', async () => {
  const { flow, state } = await createFlowWithResult(1);
  await flow.view.show('block2_conv1', 128);
  expect(state().view).toMatchObject({ layer: 'block2_conv1', filter: 5 });
  await flow.view.show('conv2d_7', 1);
  expect(state().view.layer).toBe('block2_conv1');

  const early = createTestFlow();
  await early.flow.view.show('block2_conv1', 128);
  expect(early.state().view).toMatchObject({ layer: 'block2_conv1', filter: 128 });
  const loading = early.flow.model.load();
  early.engine.loads[0]?.resolve(LOADED);
  await loading;
  expect(early.state().view).toMatchObject({ layer: 'block2_conv1', filter: null });

  const other = createTestFlow();
  await other.flow.view.show('block9_conv1', 3);
  const loadingOther = other.flow.model.load();
  other.engine.loads[0]?.resolve(LOADED);
  await loadingOther;
  expect(other.state().view).toMatchObject({ layer: 'block2_conv1', filter: null });
});
