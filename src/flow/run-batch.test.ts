import { expect, test } from 'vitest';
import { LensError } from '../domain/errors';
import { NO_BATCH } from '../store/batch-state';
import { createReadyFlow, createTestFlow, createViewWorld, photo, settle } from './testing';
import { LOADED } from './testing-engine';

type World = Awaited<ReturnType<typeof createReadyFlow>>;

/** Answers each analysis as it comes, for up to ten files. */
async function answerAll({ engine, state }: World): Promise<void> {
  for (let i = 0; i < 10 && state().batch.running; i += 1) {
    await settle();
    if (state().batch.running) engine.answerNext(1);
    await settle();
  }
}

/** As a browser gives a file of a chosen folder. */
function inFolder(path: string, text = 'pixels'): File {
  const file = new File([text], path.split('/').at(-1) ?? '');
  return Object.defineProperty(file, 'webkitRelativePath', { value: path });
}

test('every file gets a row; one that fails does not stop the next', async () => {
  const world = await createReadyFlow();
  const done = world.flow.batch.run([photo('a.png'), photo('bad.png'), photo('c.png')]);
  await answerAll(world);
  await done;
  const { batch, runs, photos } = world.state();
  expect(batch.entries.map(({ row }) => [row?.file, row?.error, row?.verdict])).toEqual([
    ['a.png', null, 'malignant'],
    ['bad.png', 'unexpected', null],
    ['c.png', null, 'malignant'],
  ]);
  expect(batch).toMatchObject({ running: false, finished: 3 });
  expect(runs).toBe(2);
  expect(photos.a.result).toBeNull();
  expect(world.engine.analyses.every(({ request }) => !request.keepMaps && request.sourcePixels === 640 * 480)).toBe(true);
});

test('files added later, or while it runs, are appended', async () => {
  const world = await createReadyFlow();
  const first = world.flow.batch.run([photo('a.png')]);
  await settle();
  await world.flow.batch.run([photo('b.png')]);
  await answerAll(world);
  await first;
  const second = world.flow.batch.run([photo('c.png')]);
  await answerAll(world);
  await second;
  expect(world.state().batch.entries.map(({ file }) => file)).toEqual(['a.png', 'b.png', 'c.png']);
  expect(world.state().batch.finished).toBe(3);
});

test('cancel keeps what is done and drops the rest, the files under way included', async () => {
  const world = await createReadyFlow();
  const { engine, flow, state } = world;
  const done = flow.batch.run([photo('a.png'), photo('b.png'), photo('c.png'), photo('d.png')]);
  await settle();
  engine.answerNext(1);
  await settle();
  flow.batch.cancel();
  engine.answerNext(1);
  engine.answerNext(1);
  await done;
  await settle();
  expect(state().batch).toMatchObject({ running: false, finished: 1 });
  expect(state().batch.entries.map(({ file }) => file)).toEqual(['a.png']);
  const again = flow.batch.run([photo('e.png')]);
  await answerAll(world);
  await again;
  expect(state().batch.entries.map(({ file }) => file)).toEqual(['a.png', 'e.png']);
  const [kept] = state().batch.entries;
  expect(flow.batch.fileOf(kept!.id)?.name).toBe('a.png');
  flow.batch.clear();
  expect(state().batch).toEqual(NO_BATCH);
  expect(flow.batch.fileOf(kept!.id)).toBeNull();
});

test('three files are under way at a time, no more, so that the engine never waits for one to be read', async () => {
  const { engine, flow } = await createReadyFlow();
  void flow.batch.run(['a', 'b', 'c', 'd', 'e'].map((name) => photo(`${name}.png`)));
  await settle();
  expect(engine.analyses).toHaveLength(3);
  engine.answerNext(1);
  await settle();
  expect(engine.analyses).toHaveLength(4);
});

test('a photo from the analyse page waits for the files under way, not for all', async () => {
  const { engine, flow, state } = await createReadyFlow();
  void flow.batch.run(['a', 'b', 'c', 'd'].map((name) => photo(`${name}.png`)));
  await settle();
  void flow.photo.analyse(photo('own.png'));
  await settle();
  expect(engine.analyses).toHaveLength(4);
  expect(engine.analyses.at(-1)?.request.keepMaps).toBe(true);
  engine.answer(3);
  await settle();
  expect(state().photos.a.result?.fileName).toBe('own.png');
});

test('what a folder holds besides pictures is left out with a count; class folders label', async () => {
  const world = await createReadyFlow();
  const done = world.flow.batch.run([
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
  const done = flow.batch.run([photo('a.png'), new File(['file,label\na.png,malignant\nb.png,benign\n'], 'labels.csv')]);
  await expect.poll(() => engine.analyses.length).toBe(1); // the table is read first
  await answerAll(world);
  await done;
  const more = flow.batch.run([photo('b.png'), photo('c.png')]);
  await answerAll(world);
  await more;
  expect(state().batch.entries.map(({ label }) => label)).toEqual([true, false, undefined]);
  await flow.batch.run([new File(['no table'], 'labels.csv')]);
  expect(state().batch.labelError).toMatchObject({ code: 'labels-unreadable' });
  expect(state().batch.entries.map(({ label }) => label)).toEqual([true, false, undefined]);
});

test('the class stands beside the label; a later table without classes takes both', async () => {
  const world = await createReadyFlow();
  const { flow, state } = world;
  const said = () => state().batch.entries.map(({ label, labelClass }) => [label, labelClass]);
  const done = flow.batch.run([photo('a.png'), photo('b.png'), new File(['image_id,dx\na,mel\nb,ak\n'], 'HAM_labels.csv')]);
  await expect.poll(() => world.engine.analyses.length).toBe(2);
  await answerAll(world);
  await done;
  expect(said()).toEqual([
    [true, 'mel'],
    [null, 'ak'],
  ]);
  await flow.batch.run([new File(['file,label\na.png,benign\n'], 'labels.csv')]);
  expect(said()).toEqual([
    [false, null],
    [null, 'ak'],
  ]);
  flow.batch.clear();
});

test('a label that is neither class stays one, whatever the folder is called', async () => {
  const world = await createReadyFlow();
  const table = inFolder('set/labels.csv', 'file,label\nbenign/a.png,premalignant\nb.png,none\n');
  const done = world.flow.batch.run([table, inFolder('set/benign/a.png'), inFolder('set/b.png')]);
  await expect.poll(() => world.engine.analyses.length).toBe(2);
  await answerAll(world);
  await done;
  expect(world.state().batch.entries.map(({ label }) => label)).toEqual([null, null]);
});

test('tables of several folders count for their own folders; a table put in again replaces itself', async () => {
  const world = await createReadyFlow();
  const { flow, state } = world;
  void flow.batch.run([
    inFolder('one/labels.csv', 'file,label\n1.png,malignant\n'),
    inFolder('two/meta.csv', 'file,label\n1.png,benign\n9.png,benign\n'),
    ...['one/1.png', 'two/1.png', 'three/1.png'].map((path) => inFolder(path)),
  ]);
  await expect.poll(() => state().batch.entries.length).toBe(3);
  const labels = () => state().batch.entries.map(({ label }) => label);
  expect(labels()).toEqual([true, false, undefined]);
  expect(state().batch.labelRows).toBe(3);
  await flow.batch.run([inFolder('two/meta.csv', 'file,label\n1.png,malignant\n')]);
  expect(labels()).toEqual([true, true, undefined]);
  expect(state().batch.labelRows).toBe(2);
});

test('a table beside pictures that holds no labels is left out; alone, it says so', async () => {
  const { flow, state } = await createReadyFlow();
  const numbers = new File(['file,probability\na.png,0.5\n'], 'batch.csv');
  await flow.batch.run([inFolder('set/notes.py'), inFolder('set/data.npy'), numbers]);
  expect(state().batch).toMatchObject({ entries: [], skipped: 3, labelError: null });
  await flow.batch.run([numbers]);
  expect(state().batch).toMatchObject({ skipped: 3, labelError: { code: 'labels-unreadable' } });
});

test('files added near the end of a run are read ahead too', async () => {
  const { engine, flow } = await createReadyFlow();
  void flow.batch.run([photo('a.png'), photo('b.png'), photo('c.png')]);
  await settle();
  engine.answerNext(1);
  await settle();
  engine.answerNext(1);
  await settle();
  expect(engine.analyses).toHaveLength(3); // one is left under way
  void flow.batch.run([photo('d.png'), photo('e.png'), photo('f.png')]);
  await settle();
  expect(engine.analyses).toHaveLength(5);
});

test('a file is charged for its own time alone, not for the one before it; folders stand in the row', async () => {
  let nowMs = 0;
  const world = await createReadyFlow(() => nowMs);
  const { engine, flow, state } = world;
  const done = flow.batch.run([inFolder('set/x/1.png'), inFolder('set/y/1.png'), inFolder('set/z/1.png')]);
  for (const passMs of [100, 120, 90]) {
    await settle();
    nowMs += passMs;
    engine.answerNext(1);
  }
  await done;
  expect(state().batch.entries.map(({ row }) => row?.ms)).toEqual([100, 120, 90]);
  expect(state().batch.entries.map(({ row }) => row?.file)).toEqual(['set/x/1.png', 'set/y/1.png', 'set/z/1.png']);
});

test('cancel leaves no thumbnail of a file that was under way', async () => {
  const { engine, flow, cache, state } = await createReadyFlow();
  void flow.batch.run([photo('a.png'), photo('b.png')]);
  await settle();
  const ids = state().batch.entries.map(({ id }) => id);
  engine.answerNext(1);
  await settle();
  flow.batch.cancel();
  engine.answerNext(1);
  await settle();
  expect(ids.map((id) => cache.thumb(id) !== null)).toEqual([true, false]);
});

test('a batch waits for the model', async () => {
  const world = createTestFlow();
  void world.flow.model.load();
  const done = world.flow.batch.run([photo('a.png')]);
  await settle();
  expect(world.state().batch.running).toBe(true);
  world.engine.loads[0]?.resolve(LOADED);
  await settle();
  await answerAll(world);
  await done;
  expect(world.state().batch.finished).toBe(1);
});

test("an engine error becomes the row's code", async () => {
  const { engine, flow, state } = await createReadyFlow();
  const done = flow.batch.run([photo('a.png')]);
  await settle();
  engine.analyses[0]?.answer.reject(new LensError('image-decode-failed'));
  await done;
  expect(state().batch.entries[0]?.row).toMatchObject({ file: 'a.png', error: 'image-decode-failed', probability: null });
});

test('no files: nothing runs', async () => {
  const { flow, state } = await createReadyFlow();
  await flow.batch.run([]);
  expect(state().batch).toEqual(NO_BATCH);
});

async function runOne(world: World, name: string): Promise<void> {
  const done = world.flow.batch.run([photo(name)]);
  await answerAll(world);
  await done;
}

test.each([
  { logits: [2, -2], verdict: 'cant-say', reasons: ['views-disagree'] },
  { logits: [1], verdict: 'malignant', reasons: [] },
])('with views a row says what the photo alone is told: $verdict', async ({ logits, verdict, reasons }) => {
  const world = await createViewWorld(logits);
  world.becomeIdle();
  const alone = world.flow.photo.analyse(photo('a.png'));
  await settle();
  world.engine.answer(1);
  await alone;
  await expect.poll(() => world.state().photos.a.result?.viewRange).not.toBeNull();
  const result = world.state().photos.a.result!;
  world.seen.calls = 0;

  world.flow.batch.setWithViews(true);
  await runOne(world, 'a.png');
  const { row } = world.state().batch.entries[0]!;
  expect(world.seen.calls).toBe(7);
  expect(row).toMatchObject({ verdict, reasons, views: true });
  expect([row?.verdict, row?.reasons, row?.probability]).toEqual([result.verdict, result.reasons, result.probability]);
});

test('without views a row says so, and none is computed', async () => {
  const world = await createViewWorld([2, -2]);
  await runOne(world, 'a.png');
  await runOne(world, 'bad.png');
  expect(world.state().batch.entries.map(({ row }) => [row?.verdict, row?.views])).toEqual([
    ['malignant', false],
    [null, null],
  ]);
  expect(world.seen.calls).toBe(0);
});

test('views that cannot be computed leave the score, and the row says that they are missing', async () => {
  const world = await createViewWorld([1]);
  world.engine.scoreInputs = () => Promise.reject(new Error('lost'));
  world.flow.batch.setWithViews(true);
  await runOne(world, 'a.png');
  expect(world.state().batch.entries[0]?.row).toMatchObject({ verdict: 'malignant', error: null, views: false });
});

test('cancel ends a picture between two of its views', async () => {
  const world = await createViewWorld([1]);
  const { engine, flow, state, seen } = world;
  const answered = engine.scoreInputs.bind(engine);
  engine.scoreInputs = async (inputs) => {
    if (seen.calls === 2) flow.batch.cancel();
    return answered(inputs);
  };
  flow.batch.setWithViews(true);
  await runOne(world, 'a.png');
  await settle();
  expect(seen.calls).toBe(3);
  expect(state().batch.entries).toEqual([]);
});

test('a line that is moved while the views are computed counts for their row', async () => {
  const world = await createViewWorld([1]);
  const { engine, flow, state, seen } = world;
  const answered = engine.scoreInputs.bind(engine);
  engine.scoreInputs = async (inputs) => {
    if (seen.calls === 2) flow.preferences.setLine(1);
    return answered(inputs);
  };
  flow.batch.setWithViews(true);
  await runOne(world, 'a.png');
  expect(state().batch.entries[0]?.row).toMatchObject({ threshold: 1, verdict: 'benign' });
});
