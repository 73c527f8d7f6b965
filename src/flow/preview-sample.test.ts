import { expect, test } from 'vitest';
import { createReadyFlow, photo, settle } from './testing';
import { LOADED } from './testing-engine';

/** Lets what waits for idle time go on. */
const idle = async (): Promise<void> => {
  await new Promise((resolve) => setTimeout(resolve, 5));
  await settle();
};

test('the maps of a drawn sample come into the cache, as no analysis and with no run kept', async () => {
  const { engine, flow, cache, becomeIdle, state } = await createReadyFlow();
  becomeIdle();
  const done = flow.view.preview();
  await idle();
  engine.answer(1);
  await done;
  expect(cache.preview).toMatchObject({ layer: 'block2_conv1', channels: 128 });
  expect([state().photos.a.result, state().runs, engine.kept.size]).toEqual([null, 0, 0]);
});

test('another layer that was chosen meanwhile is what is shown', async () => {
  const { engine, flow, cache, becomeIdle } = await createReadyFlow();
  becomeIdle();
  const done = flow.view.preview();
  await idle();
  await flow.view.selectLayer('block3_conv3');
  engine.answer(1);
  await done;
  expect(cache.preview?.layer).toBe('block3_conv3');
});

test('a photo comes first, and with its maps those of the sample go', async () => {
  const { engine, flow, cache, becomeIdle } = await createReadyFlow();
  becomeIdle();
  const analysed = flow.photo.analyse(photo('a.png'));
  await settle();
  await flow.view.preview();
  expect(engine.analyses).toHaveLength(1);
  engine.answer(1);
  await analysed;
  expect(cache.preview).toBeNull();
});

test('nothing is computed where a pass takes seconds, and a failure is not told', async () => {
  const { engine, flow, store, state, becomeIdle } = await createReadyFlow();
  becomeIdle();
  store.setState({ model: { state: 'ready', facts: { ...LOADED, backend: 'cpu' } } });
  await flow.view.preview();
  expect(engine.analyses).toHaveLength(0);
  store.setState({ model: { state: 'ready', facts: LOADED } });
  const done = flow.view.preview();
  await idle();
  engine.analyses[0]?.answer.reject(new Error('lost'));
  await done;
  expect([state().intakeError, state().mapsError]).toEqual([null, null]);
});

test('of a pool the convolution before it is shown', async () => {
  const { engine, flow, cache, becomeIdle } = await createReadyFlow();
  becomeIdle();
  await flow.view.selectLayer('block1_pool');
  const done = flow.view.preview();
  await idle();
  engine.answer(1);
  await done;
  expect(cache.preview?.layer).toBe('block1_conv2');
});
