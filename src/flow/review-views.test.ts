import { expect, test, vi } from 'vitest';
import { calibrate } from '../domain/score';
import { createReadyFlow, photo, settle } from './testing';
import { LOADED } from './testing-engine';

type World = Awaited<ReturnType<typeof createReadyFlow>>;

const { calibration } = LOADED.manifest;

async function analyse({ flow, engine }: World, slot: 'a' | 'b', logit: number): Promise<void> {
  const done = flow.photo.analyse(photo(`${slot}.png`), slot);
  await settle();
  engine.answer(logit);
  await done;
  await settle();
}

/** The views' logits are these, in turn. */
function answerViews({ engine }: World, logits: readonly number[]): { calls: number } {
  const seen = { calls: 0 };
  engine.scoreInputs = () => Promise.resolve(Float32Array.of(logits[seen.calls++ % logits.length]!));
  return seen;
}

test('the range of the eight views comes after the score, seven passes later', async () => {
  const world = await createReadyFlow();
  const seen = answerViews(world, [0.5, 1, -1]);
  await analyse(world, 'a', 0.75);
  expect(world.state().photos.a.result).toMatchObject({ viewRange: null, verdict: 'malignant' });
  expect(seen.calls).toBe(0);
  world.becomeIdle();
  await vi.waitFor(() => expect(world.state().photos.a.result?.viewRange).not.toBeNull());
  expect(seen.calls).toBe(7);
  const { viewRange, viewLogits, probability } = world.state().photos.a.result!;
  expect(viewLogits[0]).toBe(0.75);
  expect(viewRange?.low).toBeCloseTo(calibrate(-1, calibration), 6);
  expect(viewRange?.high).toBeCloseTo(calibrate(1, calibration), 6);
  expect(probability).toBe(calibrate(0.75, calibration));
});

test('both photos get theirs, wherever they stand by then', async () => {
  const world = await createReadyFlow();
  answerViews(world, [0.5]);
  await analyse(world, 'a', 0.25);
  await analyse(world, 'b', 1.5);
  world.becomeIdle();
  await settle();
  world.flow.photo.swap();
  await vi.waitFor(() => expect(world.state().photos.b.result?.viewRange).not.toBeNull());
  await vi.waitFor(() => expect(world.state().photos.a.result?.viewRange).not.toBeNull());
  expect(world.state().photos.a.result?.viewLogits[0]).toBe(1.5);
  expect(world.state().photos.b.result?.viewLogits[0]).toBe(0.25);
});

test('nothing is asked while a photo is analysed, and nothing any more of one that has left', async () => {
  const world = await createReadyFlow();
  const seen = answerViews(world, [0.5]);
  world.becomeIdle();
  await analyse(world, 'a', 0.75);
  const next = world.flow.photo.analyse(photo('c.png'));
  await settle();
  const before = seen.calls;
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(seen.calls, 'at most the pass that was under way').toBeLessThanOrEqual(before + 1);
  world.engine.answer(2);
  await next;
  await vi.waitFor(() => expect(world.state().photos.a.result?.viewRange).not.toBeNull());
  expect(world.state().photos.a.result?.viewLogits[0]).toBe(2);
});

test('a failure leaves the score as it is', async () => {
  const world = await createReadyFlow();
  world.engine.scoreInputs = () => Promise.reject(new Error('lost'));
  world.becomeIdle();
  await analyse(world, 'a', 0.75);
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(world.state().photos.a).toMatchObject({ phase: { state: 'idle' }, result: { viewRange: null, verdict: 'malignant' } });
  expect(world.state().photos.a.result?.viewLogits, 'no more come').toHaveLength(1);
});
