import { expect, test } from 'vitest';
import { centreSquare } from '../domain/crop';
import { findLesion } from '../domain/find-lesion';
import { createReadyFlow, photo, settle } from './testing';
import { SOURCE, thumbnail } from './testing-engine';

type World = Awaited<ReturnType<typeof createReadyFlow>>;

const CENTRE = '50 0 300';

/** Scores files to the end; thumbnails are answered in turn, the last of these again and again. */
async function score({ engine, flow, state }: World, names: readonly string[], spots: readonly (boolean | Error)[] = [true]) {
  const before = engine.thumbnails.length;
  const done = flow.batch.run(names.map(photo));
  for (let i = 0; i < 20 && state().batch.running; i += 1) {
    await settle();
    engine.thumbnails.slice(before).forEach(({ answer }, k) => {
      const spot = spots[k] ?? spots.at(-1)!;
      if (spot instanceof Error) answer.reject(spot);
      else answer.resolve(thumbnail(spot));
    });
    await settle();
    engine.answerNext(1);
  }
  await done;
}

function rows({ state }: World) {
  return state().batch.entries.map(({ row, cropNote }) => [row?.file, row?.crop, row?.error, cropNote]);
}

function table(text: string): File {
  return new File([text], 'crops.csv');
}

test('round the lesion: its square is scored; where none is found, or it cannot be looked for, the centre is, and the row says so', async () => {
  const world = await createReadyFlow();
  world.flow.batch.setCropWay('find-lesion');
  await score(world, ['a.png', 'b.png', 'c.png', 'bad.png'], [true, false, new Error('no copy')]);
  const lesion = findLesion(thumbnail());
  if (!lesion.found) throw new Error('no spot');
  const { x, y, size } = lesion.crop;
  expect(lesion.crop).not.toEqual(centreSquare(SOURCE));
  expect(rows(world)).toEqual([
    ['a.png', `${x} ${y} ${size}`, null, null],
    ['b.png', CENTRE, null, 'not-found'],
    ['c.png', CENTRE, null, 'not-found'],
    ['bad.png', null, 'unexpected', null],
  ]);
});

test('from a table: squares of its rows; without a row the centre, and the row says so; one outside the photo gives no score', async () => {
  const world = await createReadyFlow();
  world.flow.batch.setCropWay('table');
  await world.flow.batch.readCropTable(table('file,x,y,side\na.png,10,20.5,100\nout.png,350,0,100\nlong.png,0,0,301\n'));
  expect(world.state().batch.crop).toEqual({ way: 'table', table: { fileName: 'crops.csv', pictures: 3 }, error: null });
  await score(world, ['a.png', 'b.png', 'out.png', 'long.png']);
  expect(rows(world)).toEqual([
    ['a.png', '10 20.5 100', null, null],
    ['b.png', CENTRE, null, 'not-in-table'],
    ['out.png', null, 'crop-outside', null],
    ['long.png', null, 'crop-outside', null],
  ]);
  expect(world.state().batch.entries[2]?.row?.probability).toBeNull();
  expect(world.engine.thumbnails).toHaveLength(0);
});

test('a choice, and a table, hold for files that come later; clearing the list keeps both', async () => {
  const world = await createReadyFlow();
  const { engine, flow, state } = world;
  await flow.batch.readCropTable(table('file,x,y,side\na.png,0,0,100\n'));
  const done = flow.batch.run([photo('a.png')]);
  flow.batch.setCropWay('table');
  void flow.batch.run([photo('a.png')]);
  await flow.batch.readCropTable(table('file,x,y,side\na.png,0,0,200\n'));
  void flow.batch.run([photo('a.png')]);
  for (let i = 0; i < 6; i += 1) {
    await settle();
    engine.answerNext(1);
  }
  await done;
  expect(state().batch.entries.map(({ row, cropWay }) => [row?.crop, cropWay])).toEqual([
    [CENTRE, 'centre'],
    ['0 0 100', 'table'],
    ['0 0 200', 'table'],
  ]);
  flow.batch.clear();
  await score(world, ['a.png']);
  expect(rows(world)).toEqual([['a.png', '0 0 200', null, null]]);
});

test('a table that cannot be used says why, with the line, and leaves the one before in force', async () => {
  const world = await createReadyFlow();
  const { flow, state } = world;
  flow.batch.setCropWay('table');
  await flow.batch.readCropTable(table('file,x,y,side\na.png,0,0,100\n'));
  await flow.batch.readCropTable(table('file,x,y,side\na.png,0,0,200\nb.png,-1,0,200\n'));
  expect(state().batch.crop.error).toMatchObject({ code: 'crops-line-invalid', line: 3 });
  await flow.batch.readCropTable(table('file,label\na.png,benign\n'));
  expect(state().batch.crop.error).toMatchObject({ code: 'crops-unreadable', line: null });
  const gone = table('');
  gone.arrayBuffer = () => Promise.reject(new DOMException('gone', 'NotFoundError'));
  await flow.batch.readCropTable(gone);
  expect(state().batch.crop).toMatchObject({ table: { pictures: 1 }, error: { code: 'file-unreadable', line: null } });
  await score(world, ['a.png']);
  expect(rows(world)).toEqual([['a.png', '0 0 100', null, null]]);
});

test('what is measured and opened afterwards is the square that was scored', async () => {
  const world = await createReadyFlow();
  const { engine, flow, state } = world;
  flow.batch.setCropWay('table');
  await flow.batch.readCropTable(table('file,x,y,side\na.png,10,20,100\n'));
  await score(world, ['a.png']);
  const running = flow.batch.measureLeaning();
  await settle();
  expect(engine.analyses.at(-1)?.request.crop).toEqual({ x: 10, y: 20, size: 100 });
  engine.answerNext(1);
  await running;
  expect(state().batch.leaning).toMatchObject({ state: 'done', done: 1 });
  void flow.photo.analyse(photo('a.png'), 'a', {
    choice: { crop: engine.analyses.at(-1)!.request.crop!, quarterTurns: 0 },
  });
  await settle();
  expect(engine.analyses.at(-1)?.request).toMatchObject({ crop: { x: 10, y: 20, size: 100 }, quarterTurns: 0, keepMaps: true });
});
