import { expect, test } from 'vitest';
import { tutorialHindrance } from './tutorial';
import { createFlowWithResult, createReadyFlow, createTestFlow, photo, settle } from './testing';
import type { FakeEngine } from './testing-engine';

async function answerBoth(engine: FakeEngine): Promise<void> {
  engine.answer(-3);
  await settle();
  engine.answer(2);
  await settle();
}

/** A photo of the person's own with a square, a view and a mute of theirs. */
async function createOwnScreen() {
  const world = await createFlowWithResult(1);
  const { flow } = world;
  await flow.view.show('block1_conv2', 7);
  flow.view.set({ order: 'mean', photos: 'a' });
  await flow.view.togglePin('block1_conv2', 7);
  await flow.experiment.toggleMute('block1_conv2', 7);
  await settle();
  return world;
}

test('two samples take the photos’ places, and everything is back afterwards', async () => {
  const { engine, flow, state } = await createOwnScreen();
  const before = state();
  const passes = engine.analyses.length;
  const started = flow.tutorial.start();
  await settle();
  await answerBoth(engine);
  await started;
  expect([state().photos.a.result?.origin, state().photos.b.result?.origin]).toEqual(['regular', 'irregular']);
  expect(state().experiment.mutes).toEqual([]);
  const samples = [state().photos.a.result!.runId, state().photos.b.result!.runId];
  for (let i = 0; i < 6; i += 1) await flow.tutorial.next();
  await flow.experiment.toggleMute('block2_conv1', 3);
  expect(state().photos.a.experiment?.logit).toBe(-1);
  await flow.tutorial.next();
  expect(state().tutorial?.at).toBe(7);
  expect(state().experiment.mutes).toEqual([]);
  flow.tutorial.leave();
  await settle();
  for (const part of ['photos', 'view', 'pins', 'experiment', 'ranking', 'occlusion', 'leaning', 'batch', 'requests'] as const)
    expect(state()[part], part).toEqual(before[part]);
  expect(state().photos.a.result).toBe(before.photos.a.result);
  expect(state().tutorial).toBeNull();
  // The samples' passes and no other.
  expect(engine.analyses).toHaveLength(passes + 2);
  expect(engine.released).toEqual(samples);
  expect(engine.setAsides).toEqual([before.photos.a.result!.runId]);
});

test('a photo that comes meanwhile ends it and is analysed', async () => {
  const { engine, flow, state } = await createOwnScreen();
  const { view } = state();
  void flow.tutorial.start();
  await settle();
  const analysed = flow.photo.analyse(photo('new.png'));
  await settle();
  expect(state().tutorial).toBeNull();
  // The first sample was under way; its answer comes too late.
  engine.answer(-3);
  await settle();
  engine.answer(1);
  await analysed;
  await settle();
  expect(state().photos.a.result).toMatchObject({ fileName: 'new.png', origin: 'own' });
  expect(state().photos.b.result).toBeNull();
  expect(state().view).toEqual(view);
});

test('where the engine fails the tutorial can be left, and tried again', async () => {
  const { engine, flow, state } = await createOwnScreen();
  const before = state();
  const started = flow.tutorial.start();
  await settle();
  engine.analyses.at(-1)!.answer.reject(new Error('out of luck'));
  await settle();
  expect(state().photos.a.phase).toMatchObject({ state: 'failed' });
  expect(state().photos.b.phase).toMatchObject({ state: 'running' });
  void flow.photo.tryAgain();
  await settle();
  expect(state().photos.a.phase).toMatchObject({ state: 'running' });
  flow.tutorial.leave();
  for (const { answer } of engine.analyses) answer.reject(new Error('too late'));
  await started;
  await settle();
  expect(state().photos).toEqual(before.photos);
  expect(state().photos.a.result).toBe(before.photos.a.result);
});

test('what failed before is still to be tried again', async () => {
  const { engine, flow, state } = await createReadyFlow();
  await flow.photo.analyse(photo('bad.png'));
  expect(state().photos.a.phase.state).toBe('failed');
  void flow.tutorial.start();
  await settle();
  flow.tutorial.leave();
  await settle();
  expect(state().photos.a.phase).toMatchObject({ state: 'failed', fileName: 'bad.png' });
  await flow.photo.tryAgain();
  expect(state().photos.a.phase).toMatchObject({ state: 'failed', fileName: 'bad.png' });
  expect(engine.analyses).toHaveLength(1);
});

test('a ranking of a sample ends with the tutorial and leaves the person’s', async () => {
  const { engine, flow, state } = await createFlowWithResult(1);
  await flow.explain.rankFilters();
  const { ranking } = state();
  void flow.tutorial.start();
  await settle();
  await answerBoth(engine);
  const ranked = flow.explain.rankFilters();
  expect(state().ranking).toMatchObject({ state: 'running' });
  flow.tutorial.leave();
  await ranked;
  expect(state().ranking).toEqual(ranking);
});

test('a line that is moved meanwhile judges the photo that comes back', async () => {
  const { flow, state } = await createFlowWithResult(1);
  const before = state().photos.a.result!;
  void flow.tutorial.start();
  flow.preferences.setLine(0.99);
  flow.tutorial.leave();
  expect(state().photos.a.result).toMatchObject({ runId: before.runId, probability: before.probability, threshold: 0.99 });
});

test('it waits for nothing that is under way, and does not begin with another model', async () => {
  const { engine, flow, state, store } = await createReadyFlow();
  void flow.photo.analyse(photo('own.png'));
  await settle();
  await flow.tutorial.start();
  expect(tutorialHindrance(state())).toBe('busy');
  expect(state().tutorial).toBeNull();
  engine.answer(1);
  await settle();
  expect(tutorialHindrance(state())).toBeNull();
  store.setState({ own: { ...state().own, active: 'mine.h5' } });
  expect(tutorialHindrance(state())).toBe('other-model');
});

test('it may begin before the model is there', async () => {
  const { flow, state } = createTestFlow();
  void flow.tutorial.start();
  await settle();
  expect(state().photos.b.phase).toMatchObject({ photo: { origin: 'irregular', step: 'waiting' } });
  await flow.tutorial.next();
  expect(state().tutorial?.at).toBe(1);
  flow.tutorial.leave();
  expect(state().photos.a.phase).toEqual({ state: 'idle' });
});
