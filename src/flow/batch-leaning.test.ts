import { expect, test } from 'vitest';
import { LensError } from '../domain/errors';
import { calibrate } from '../domain/score';
import { createReadyFlow, photo, settle } from './testing';
import { LOADED } from './testing-engine';

type World = Awaited<ReturnType<typeof createReadyFlow>>;

/** Answers every analysis with this logit, as long as anything runs. */
async function answerAll({ engine, state }: World, logit: number): Promise<void> {
  for (let i = 0; i < 60 && (state().batch.running || state().batch.leaning?.state === 'running'); i += 1) {
    await settle();
    engine.answerNext(logit);
  }
}

async function createScoredBatch(...files: File[]): Promise<World> {
  const world = await createReadyFlow();
  const done = world.flow.batch.run(files);
  await answerAll(world, 1);
  await done;
  return world;
}

test('the moves of all pictures that have a score are added up', async () => {
  const world = await createScoredBatch(photo('a.png'), photo('bad.png'), photo('c.png'));
  const running = world.flow.batch.measureLeaning();
  await answerAll(world, 1);
  await running;
  const { leaning } = world.state().batch;
  expect(leaning).toMatchObject({ state: 'done', done: 2, total: 2, error: null });
  // The fake engine's logit is 1 as it is, -1 without anything but ink, which there is none of.
  const calibration = { slope: 2, offset: 0 };
  const move = calibrate(-1, calibration) - calibrate(1, calibration);
  expect(leaning?.moves.lines.pictures).toBe(2);
  expect(leaning?.moves.lines.sum).toBeCloseTo(2 * move, 12);
  expect(leaning?.moves.lines.crossed).toBe(2);
  expect(leaning?.moves.ink.pictures).toBe(0);
});

test('a cancel keeps what was measured; clearing the list takes it off', async () => {
  const world = await createScoredBatch(photo('a.png'), photo('b.png'));
  const running = world.flow.batch.measureLeaning();
  await settle();
  world.engine.answerNext(1);
  for (let i = 0; i < 20 && world.state().batch.leaning?.done === 0; i += 1) await settle();
  world.flow.batch.cancelLeaning();
  world.engine.answerNext(1);
  await running;
  expect(world.state().batch.leaning).toMatchObject({ state: 'cancelled', done: 1 });
  world.flow.batch.clear();
  expect(world.state().batch.leaning).toBeNull();
});

test('a picture that cannot be read any more is left out; a lost device ends it with its error', async () => {
  const world = await createScoredBatch(photo('a.png'), photo('b.png'));
  const works = world.engine.eraseShortcut.bind(world.engine);
  let calls = 0;
  world.engine.eraseShortcut = (input, shortcut) => {
    calls += 1;
    if (calls === 1) return Promise.reject(new LensError('file-unreadable', 'gone'));
    return calls > 4 ? Promise.reject(new LensError('device-lost', 'lost')) : works(input, shortcut);
  };
  const running = world.flow.batch.measureLeaning();
  await answerAll(world, 1);
  await running;
  expect(world.state().batch.leaning).toMatchObject({ state: 'failed', done: 1, error: { code: 'device-lost' } });
  expect(world.state().batch.leaning?.moves.lines.pictures).toBe(0);
});

test('another model ends it: its moves are no part of the same mean', async () => {
  const world = await createScoredBatch(photo('a.png'), photo('c.png'));
  const running = world.flow.batch.measureLeaning();
  await settle();
  const { manifest } = LOADED;
  world.store.setState({ model: { state: 'ready', facts: { ...LOADED, manifest: { ...manifest, version: 'another' } } } });
  await answerAll(world, 1);
  await running;
  expect(world.state().batch.leaning).toMatchObject({ state: 'cancelled', done: 0 });
  expect(world.state().batch.leaning?.moves.lines.pictures).toBe(0);
});
