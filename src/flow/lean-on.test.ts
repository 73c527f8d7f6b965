import { expect, test } from 'vitest';
import { SHORTCUTS } from '../domain/shortcut-masks';
import { createFlowWithResult, photo, settle } from './testing';

test('one thing after another is erased of photo A, and each answer is shown as it comes', async () => {
  const { flow, state, cache } = await createFlowWithResult();
  const runId = state().photos.a.result!.runId;
  const seen: number[] = [];
  const running = flow.explain.eraseShortcuts();
  while (state().leaning?.state === 'running') {
    seen.push(cache.erased(runId).length);
    await Promise.resolve();
  }
  await running;
  expect(state().leaning).toMatchObject({ runId, state: 'done', done: SHORTCUTS.length, total: SHORTCUTS.length });
  expect(new Set(seen).size).toBeGreaterThan(1);
  expect(cache.erased(runId).map(({ shortcut, logit }) => [shortcut, logit])).toEqual([
    ['lines', -1],
    ['ink', null],
    ['border', -1],
    ['lesion', -1],
  ]);
});

test('another photo ends it, and nothing is shown of the one before', async () => {
  const { engine, flow, state, cache } = await createFlowWithResult();
  const running = flow.explain.eraseShortcuts();
  const next = flow.photo.analyse(photo('b.png'));
  await settle();
  engine.answer(1);
  await Promise.all([running, next]);
  expect(['cancelled', 'done']).toContain(state().leaning?.state);
  expect(cache.erased(state().photos.a.result!.runId)).toEqual([]);
});

test('a failure is shown and leaves what was measured', async () => {
  const { engine, flow, state, cache } = await createFlowWithResult();
  const works = engine.eraseShortcut.bind(engine);
  engine.eraseShortcut = (input, shortcut) =>
    shortcut === 'border' ? Promise.reject(new Error('lost')) : works(input, shortcut);
  await flow.explain.eraseShortcuts();
  expect(state().leaning).toMatchObject({ state: 'failed', done: 2, error: { code: 'unexpected' } });
  expect(cache.erased(state().photos.a.result!.runId)).toHaveLength(2);
});
