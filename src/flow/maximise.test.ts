import { expect, test } from 'vitest';
import { createReadyFlow, settle } from './testing';

test('a picture that a filter likes is drawn step by step, from noise', async () => {
  const { flow, state, cache } = await createReadyFlow();
  await flow.explain.maximise('block3_conv1', 7);
  const { liking } = state();
  expect(liking).toMatchObject({ state: 'done', layer: 'block3_conv1', filter: 7, noiseMean: 0 });
  expect(liking?.mean).toBe(liking?.total);
  expect(cache.liked).toMatchObject({ layer: 'block3_conv1', filter: 7 });
});

test('cancelling stops it; a new filter takes its place', async () => {
  const { flow, state } = await createReadyFlow();
  const first = flow.explain.maximise('block3_conv1', 7);
  await settle();
  flow.explain.cancelMaximise();
  await first;
  expect(state().liking?.state).toBe('cancelled');
  const second = flow.explain.maximise('block3_conv1', 8);
  const third = flow.explain.maximise('block3_conv1', 9);
  await Promise.all([second, third]);
  expect(state().liking).toMatchObject({ state: 'done', filter: 9 });
});

test('the kernels are read once', async () => {
  const { flow, cache } = await createReadyFlow();
  await flow.explain.loadKernels();
  expect(cache.kernels).toHaveLength(3 * 3 * 3 * 64);
});
