import { expect, test } from 'vitest';
import { LensError } from '../domain/errors';
import { createReadyFlow, createTestFlow, LOADED, photo, settle } from './testing';

const EMPTY = { running: false, entries: [], finished: 0, skipped: 0, labelError: null };

type World = Awaited<ReturnType<typeof createReadyFlow>>;

/** Answers each analysis as it comes, for up to ten files. */
async function answerAll({ engine, state }: World): Promise<void> {
  for (let i = 0; i < 10 && state().batch.running; i += 1) {
    await settle();
    if (state().batch.running) engine.answerNext(1);
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

test('cancel keeps what is done and drops the rest, the files under way included', async () => {
  const world = await createReadyFlow();
  const { engine, flow, state } = world;
  const done = flow.runBatch([photo('a.png'), photo('b.png'), photo('c.png'), photo('d.png')]);
  await settle();
  engine.answerNext(1);
  await settle();
  flow.cancelBatch();
  engine.answerNext(1);
  engine.answerNext(1);
  await done;
  await settle();
  expect(state().batch).toMatchObject({ running: false, finished: 1 });
  expect(state().batch.entries.map(({ file }) => file)).toEqual(['a.png']);
  const again = flow.runBatch([photo('e.png')]);
  await answerAll(world);
  await again;
  expect(state().batch.entries.map(({ file }) => file)).toEqual(['a.png', 'e.png']);
  const [kept] = state().batch.entries;
  expect(flow.batchFile(kept!.id)?.name).toBe('a.png');
  flow.clearBatch();
  expect(state().batch).toEqual(EMPTY);
  expect(flow.batchFile(kept!.id)).toBeNull();
});

test('two files are under way at a time, no more, so that one is read while the other is computed', async () => {
  const { engine, flow } = await createReadyFlow();
  void flow.runBatch(['a', 'b', 'c', 'd'].map((name) => photo(`${name}.png`)));
  await settle();
  expect(engine.analyses).toHaveLength(2);
  engine.answerNext(1);
  await settle();
  expect(engine.analyses).toHaveLength(3);
});

test('a photo from the analyse page waits for the files under way, not for all', async () => {
  const { engine, flow, state } = await createReadyFlow();
  void flow.runBatch(['a', 'b', 'c', 'd'].map((name) => photo(`${name}.png`)));
  await settle();
  void flow.analysePhoto(photo('own.png'));
  await settle();
  expect(engine.analyses).toHaveLength(3);
  expect(engine.analyses.at(-1)?.request.keepMaps).toBe(true);
  engine.answer(2);
  await settle();
  expect(state().result?.fileName).toBe('own.png');
});

/** As a browser gives a file of a chosen folder. */
function inFolder(path: string, text = 'pixels'): File {
  const file = new File([text], path.split('/').at(-1) ?? '');
  return Object.defineProperty(file, 'webkitRelativePath', { value: path });
}

test('what a folder holds besides pictures is left out with a count; class folders label', async () => {
  const world = await createReadyFlow();
  const done = world.flow.runBatch([
    inFolder('set/benign/1.jpg'),
    inFolder('set/malignant/2.jpg'),
    inFolder('set/other/3.jpg'),
    inFolder('set/benign/Thumbs.db'),
    inFolder('set/.DS_Store'),
    inFolder('set/readme.txt'),
  ]);
  await answerAll(world);
  await done;
  const { entries, skipped } = world.state().batch;
  expect(entries.map(({ path, label }) => [path, label])).toEqual([
    ['set/benign/1.jpg', false],
    ['set/malignant/2.jpg', true],
    ['set/other/3.jpg', undefined],
  ]);
  expect(skipped).toBe(3);
});

test('a table of labels labels what is there and what comes; one that is none says so and changes nothing', async () => {
  const world = await createReadyFlow();
  const { engine, flow, state } = world;
  const done = flow.runBatch([photo('a.png'), new File(['file,label\na.png,malignant\nb.png,benign\n'], 'labels.csv')]);
  await expect.poll(() => engine.analyses.length).toBe(1); // the table is read first
  await answerAll(world);
  await done;
  const more = flow.runBatch([photo('b.png'), photo('c.png')]);
  await answerAll(world);
  await more;
  expect(state().batch.entries.map(({ label }) => label)).toEqual([true, false, undefined]);
  await flow.runBatch([new File(['no table'], 'labels.csv')]);
  expect(state().batch.labelError).toMatchObject({ code: 'labels-unreadable' });
  expect(state().batch.entries.map(({ label }) => label)).toEqual([true, false, undefined]);
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
  expect(state().batch).toEqual(EMPTY);
});
