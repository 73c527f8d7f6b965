import { expect, test } from 'vitest';
import { OCCLUSION_SIDE } from '../domain/occlusion';
import { createFlowWithResult, photo, settle } from './testing';

test('a ranking measures every filter once, in small calls, and is not repeated', async () => {
  const { engine, flow, state, cache } = await createFlowWithResult();
  await flow.explain.rankFilters();
  expect(state().ranking).toMatchObject({ state: 'done', done: 128, total: 128, layer: 'block2_conv1' });
  const effects = cache.effects(state().photos.a.result?.runId ?? 0, 'block2_conv1');
  expect([...(effects ?? [])]).toEqual(Array.from({ length: 128 }, (_, k) => k));
  const calls = engine.ranked.length;
  expect(calls).toBeGreaterThan(10);
  await flow.explain.rankFilters();
  expect(engine.ranked).toHaveLength(calls);
});

test('a cancelled ranking keeps what it measured and goes on from there', async () => {
  const { engine, flow, state, cache } = await createFlowWithResult();
  const running = flow.explain.rankFilters();
  await settle();
  flow.explain.cancelRanking();
  await running;
  expect(state().ranking?.state).toBe('cancelled');
  const measured = (): number =>
    (cache.effects(state().photos.a.result?.runId ?? 0, 'block2_conv1') ?? []).filter((v) => !Number.isNaN(v)).length;
  expect(measured()).toBeGreaterThan(0);
  expect(measured()).toBeLessThan(128);
  await flow.explain.rankFilters();
  expect(measured()).toBe(128);
  const firsts = engine.ranked.map(([first]) => first);
  // Only the call that the cancel overtook is made twice.
  expect(firsts.length - new Set(firsts).size).toBeLessThanOrEqual(1);
});

test('another photo ends the ranking of the last one', async () => {
  const { engine, flow, state } = await createFlowWithResult();
  const running = flow.explain.rankFilters();
  const next = flow.photo.analyse(photo('b.png'));
  await settle();
  engine.answer(1);
  await Promise.all([running, next]);
  expect(['cancelled', 'done']).toContain(state().ranking?.state);
});

test('pools are not ranked', async () => {
  const { flow, state } = await createFlowWithResult();
  await flow.view.selectLayer('block2_pool');
  await flow.explain.rankFilters();
  expect(state().ranking).toBeNull();
});

test('occlusion says how far the logit falls at every place', async () => {
  const { flow, state, cache } = await createFlowWithResult();
  await flow.explain.occlude();
  expect(state().occlusion).toMatchObject({ state: 'done', done: OCCLUSION_SIDE ** 2 });
  const values = [...(cache.occlusion(state().photos.a.result?.runId ?? 0)?.values ?? [])];
  expect(values).toHaveLength(OCCLUSION_SIDE ** 2);
  // The fake's logit is the share of bytes that are 90, half the picture: covering any place leaves fewer.
  for (const fall of values) expect(fall).toBeGreaterThan(0.25);
  expect(new Set(values.map((fall) => fall.toFixed(5))).size).toBeGreaterThan(1);
});

test("the head's facts are read once", async () => {
  const { engine, flow, state, cache } = await createFlowWithResult();
  await flow.explain.readHead();
  expect(cache.head(state().photos.a.result?.runId ?? 0)).not.toBeNull();
  engine.kept.clear();
  await flow.explain.readHead();
  expect(state().mapsError).toBeNull();
});
