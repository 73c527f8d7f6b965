import { expect, test } from 'vitest';
import { LensError } from '../domain/errors';
import { createReadyFlow, createTestFlow, LOADED, photo, settle } from './testing';

type World = Awaited<ReturnType<typeof createReadyFlow>>;

/** Answers each analysis as it comes, for up to ten files. */
async function answerAll({ engine, state }: World): Promise<void> {
  for (let i = 0; i < 10 && state().batch.running; i += 1) {
    await settle();
    if (state().batch.running) engine.answer(1);
    await settle();
  }
}

test('every file gets a row; one that fails does not stop the next', async () => {
  const world = await createReadyFlow();
  const done = world.flow.runBatch([photo('a.png'), photo('bad.png'), photo('c.png')]);
  await answerAll(world);
  await done;
  const { batch, runs, result } = world.state();
  expect(batch.entries.map(({ row }) => [row?.file, row?.error, row?.verdict])).toEqual([
    ['a.png', null, 'malignant'],
    ['bad.png', 'unexpected', null],
    ['c.png', null, 'malignant'],
  ]);
  expect(batch).toMatchObject({ running: false, finished: 3 });
  expect(runs).toBe(2);
  expect(result).toBeNull();
  expect(world.engine.analyses.every(({ request }) => !request.keepMaps)).toBe(true);
});

test('files added later, or while it runs, are appended', async () => {
  const world = await createReadyFlow();
  const first = world.flow.runBatch([photo('a.png')]);
  await settle();
  await world.flow.runBatch([photo('b.png')]);
  await answerAll(world);
  await first;
  const second = world.flow.runBatch([photo('c.png')]);
  await answerAll(world);
  await second;
  expect(world.state().batch.entries.map(({ file }) => file)).toEqual(['a.png', 'b.png', 'c.png']);
  expect(world.state().batch.finished).toBe(3);
});

test('cancel keeps what is done and drops the rest, the file under way included', async () => {
  const world = await createReadyFlow();
  const { engine, flow, state } = world;
  const done = flow.runBatch([photo('a.png'), photo('b.png'), photo('c.png')]);
  await settle();
  engine.answer(1);
  await settle();
  flow.cancelBatch();
  engine.answer(1);
  await done;
  await settle();
  expect(state().batch).toMatchObject({ running: false, finished: 1 });
  expect(state().batch.entries.map(({ file }) => file)).toEqual(['a.png']);
  const again = flow.runBatch([photo('d.png')]);
  await answerAll(world);
  await again;
  expect(state().batch.entries.map(({ file }) => file)).toEqual(['a.png', 'd.png']);
  flow.clearBatch();
  expect(state().batch).toEqual({ running: false, entries: [], finished: 0 });
});

test('a photo from the analyse page waits for one file of the batch, not for all', async () => {
  const { engine, flow, state } = await createReadyFlow();
  void flow.runBatch([photo('a.png'), photo('b.png')]);
  await settle();
  void flow.analysePhoto(photo('own.png'));
  await settle();
  engine.answer(1);
  await settle();
  expect(engine.analyses.at(-1)?.request.keepMaps).toBe(true);
  engine.answer(2);
  await settle();
  expect(state().result?.fileName).toBe('own.png');
});

test('a batch waits for the model', async () => {
  const world = createTestFlow();
  void world.flow.loadModel();
  const done = world.flow.runBatch([photo('a.png')]);
  await settle();
  expect(world.state().batch.running).toBe(true);
  world.engine.loads[0]?.resolve(LOADED);
  await settle();
  await answerAll(world);
  await done;
  expect(world.state().batch.finished).toBe(1);
});

test('an engine error becomes the row\'s code', async () => {
  const { engine, flow, state } = await createReadyFlow();
  const done = flow.runBatch([photo('a.png')]);
  await settle();
  engine.analyses[0]?.answer.reject(new LensError('image-decode-failed'));
  await done;
  expect(state().batch.entries[0]?.row).toMatchObject({ file: 'a.png', error: 'image-decode-failed', probability: null });
});

test('no files: nothing runs', async () => {
  const { flow, state } = await createReadyFlow();
  await flow.runBatch([]);
  expect(state().batch).toEqual({ running: false, entries: [], finished: 0 });
});
