import { expect, test } from 'vitest';
import { LensError } from '../domain/errors';
import { selectError, selectStatus } from '../store/select-status';
import { createReadyFlow, createTestFlow, photo, settle } from './testing';
import { LOADED } from './testing-engine';

test('a photo ends as a calibrated score with its maps ready to draw', async () => {
  const { engine, flow, state, cache } = await createReadyFlow();
  const done = flow.photo.analyse(photo('a.png'));
  await settle();
  expect(selectStatus(state())).toBe('working');
  engine.answer(1);
  await done;
  const { photos, view, runs } = state();
  const { result, mapsKey } = photos.a;
  expect(result).toMatchObject({ fileName: 'a.png', origin: 'own', logit: 1, verdict: 'malignant', reasons: [] });
  expect(result?.probability).toBeCloseTo(1 / (1 + Math.exp(-2)), 12);
  expect(mapsKey).toEqual({ runId: result?.runId, layer: 'block2_conv1' });
  expect(view.filter).toBe(5); // the strongest map
  expect(cache.layer(result?.runId ?? 0, 'block2_conv1')?.channels).toBe(128);
  expect(runs).toBe(1);
  expect(selectStatus(state())).toBe('done');
});

test('the latest photo wins: an overtaken one never reaches the screen and its maps are freed', async () => {
  const { engine, flow, state } = await createReadyFlow();
  const first = flow.photo.analyse(photo('a.png'));
  await settle();
  const second = flow.photo.analyse(photo('b.png'));
  await settle();
  const firstRun = engine.analyses[0]?.request.runId;
  engine.answer(-3);
  await first;
  expect(state().photos.a.result).toBeNull();
  expect(engine.released).toContain(firstRun);
  await settle();
  engine.answer(2);
  await second;
  expect(state().photos.a.result?.fileName).toBe('b.png');
  expect(state().runs).toBe(1);
});

test('photos overtaken while another is computed cost no forward pass', async () => {
  const { engine, flow, state } = await createReadyFlow();
  const all = ['a.png', 'b.png', 'c.png', 'd.png'].map((name) => flow.photo.analyse(photo(name)));
  await settle();
  engine.answer(0);
  await settle();
  engine.answer(1);
  await Promise.all(all);
  expect(engine.analyses).toHaveLength(1);
  expect(state().photos.a.result?.fileName).toBe('d.png');
});

test('a refused photo leaves result and maps untouched, and the next one works', async () => {
  const { engine, flow, state, cache, revoked } = await createReadyFlow();
  const good = flow.photo.analyse(photo('a.png'));
  await settle();
  engine.answer(1);
  await good;
  const { result, mapsKey } = state().photos.a;
  await flow.photo.analyse(photo('bad.png'));
  expect(state().photos.a.result).toBe(result);
  expect(state().photos.a.mapsKey).toBe(mapsKey);
  expect(cache.photo(result?.runId ?? 0)).not.toBeNull();
  expect(revoked).toEqual([]);
  expect(selectError(state())).toMatchObject({ source: 'a', fileName: 'bad.png' });
  expect(selectStatus(state())).toBe('error');
  const next = flow.photo.analyse(photo('b.png'));
  await settle();
  engine.answer(-1);
  await next;
  expect(state().photos.a.result?.fileName).toBe('b.png');
  expect(selectError(state())).toBeNull();
  expect(engine.released).toContain(result?.runId);
  expect(revoked).toEqual(['blob:1']);
});

test('a photo that the engine cannot read frees its address and keeps the result', async () => {
  const { engine, flow, state, revoked } = await createReadyFlow();
  const done = flow.photo.analyse(photo('a.png'));
  await settle();
  engine.analyses[0]?.answer.reject(new LensError('image-decode-failed'));
  await done;
  expect(selectError(state())?.code).toBe('image-decode-failed');
  expect(revoked).toEqual(['blob:1']);
});

test('a failure of an overtaken photo is not shown', async () => {
  const { engine, flow, state } = await createReadyFlow();
  const first = flow.photo.analyse(photo('a.png'));
  await settle();
  const second = flow.photo.analyse(photo('b.png'));
  engine.analyses[0]?.answer.reject(new LensError('image-decode-failed'));
  await first;
  expect(selectError(state())).toBeNull();
  await settle();
  engine.answer(0);
  await second;
  expect(selectStatus(state())).toBe('done');
});

test('a photo dropped while the model loads is kept and analysed once it is ready', async () => {
  const { engine, flow, state } = createTestFlow();
  void flow.model.load();
  const done = flow.photo.analyse(photo('a.png'));
  await settle();
  expect(state().photos.a.phase).toMatchObject({ state: 'running', photo: { step: 'waiting', fileName: 'a.png' } });
  expect(engine.analyses).toHaveLength(0);
  engine.loads[0]?.resolve(LOADED);
  await settle();
  engine.answer(1);
  await done;
  expect(state().photos.a.result?.fileName).toBe('a.png');
});

test('a photo waits through a failed load and a retry', async () => {
  const { engine, flow, state } = createTestFlow();
  const load = flow.model.load();
  const done = flow.photo.analyse(photo('a.png'));
  engine.loads[0]?.reject(new LensError('model-corrupt'));
  await load;
  expect(selectStatus(state())).toBe('error');
  expect(selectError(state())).toMatchObject({ code: 'model-corrupt', source: 'model' });
  void flow.model.load();
  engine.loads[1]?.resolve(LOADED);
  await settle();
  engine.answer(1);
  await done;
  expect(state().photos.a.result?.fileName).toBe('a.png');
  expect(selectError(state())).toBeNull();
});

test('a sample keeps its label and its place in the order of asking', async () => {
  const { engine, flow, state } = await createReadyFlow();
  const sample = flow.photo.analyseSample('irregular');
  const own = flow.photo.analyse(photo('a.png'));
  await settle();
  engine.answer(1);
  await Promise.all([sample, own]);
  expect(state().photos.a.result).toMatchObject({ fileName: 'a.png', origin: 'own' });
  const again = flow.photo.analyseSample('regular');
  await settle();
  engine.answer(1);
  await again;
  expect(state().photos.a.result).toMatchObject({ origin: 'regular' });
});

test("a score without readable maps is still shown, and the maps' error with it", async () => {
  const { engine, flow, state } = await createReadyFlow();
  engine.readError = new LensError('out-of-memory');
  const done = flow.photo.analyse(photo('a.png'));
  await settle();
  engine.answer(1);
  await done;
  await settle();
  expect(state().photos.a.result?.logit).toBe(1);
  expect(selectError(state())).toMatchObject({ code: 'out-of-memory', source: 'maps' });
});

test('"Try again" repeats the photo that failed', async () => {
  const { engine, flow, state } = await createReadyFlow();
  const done = flow.photo.analyse(photo('a.png'));
  await settle();
  engine.analyses[0]?.answer.reject(new LensError('engine-crashed'));
  await done;
  const again = flow.photo.tryAgain();
  await settle();
  engine.answer(2);
  await again;
  expect(state().photos.a.result).toMatchObject({ fileName: 'a.png', logit: 2 });
});

test('a dismissed error gives way to the last good result', async () => {
  const { flow, state } = await createReadyFlow();
  await flow.photo.analyse(photo('bad.png'));
  flow.photo.dismissError();
  expect(state().photos.a.phase).toEqual({ state: 'idle' });
  expect(selectStatus(state())).toBe('ready');
});

test.each(['a.heic', 'turned.webp'])(
  '%s is made showable once: what is kept, shown and scored again is the copy',
  async (name) => {
    const { engine, flow, state, cache } = await createReadyFlow();
    const done = flow.photo.analyse(new File(['pixels'], name));
    await settle();
    engine.answer(1);
    await done;
    expect(engine.madeShowable).toHaveLength(1);
    expect(engine.analyses[0]?.request.photo.type).toBe('image/bmp');
    expect(state().photos.a.result?.fileName).toBe(name);
    expect(cache.photo(state().photos.a.result?.runId ?? 0)?.blob.type).toBe('image/bmp');
  },
);

test('of a photo that is decoded scaled down a copy is shown; what is scored, again too, is the file', async () => {
  const { engine, flow, state, cache } = await createReadyFlow();
  const file = photo('large.jpg');
  const done = flow.photo.analyse(file);
  await settle();
  engine.answer(1);
  await done;
  expect(engine.madeShowable).toEqual([file]);
  expect(engine.analyses[0]?.request).toMatchObject({ photo: file, isWhole: true });
  const kept = cache.photo(state().photos.a.result?.runId ?? 0);
  expect([kept?.blob, kept?.shown.type]).toEqual([file, 'image/bmp']);
  const again = flow.photo.tryAgain();
  await settle();
  expect(engine.madeShowable).toEqual([file, file]);
  expect(engine.analyses.map(({ request }) => request.photo)).toEqual([file, file]);
  engine.answer(2);
  await again;
});

test('HEIC that cannot be read leaves the result and says why', async () => {
  const { engine, flow, state } = await createReadyFlow();
  engine.makeShowable = () => Promise.reject(new LensError('heic-decoder-missing'));
  await flow.photo.analyse(new File(['pixels'], 'a.heic'));
  expect(state().photos.a.phase).toMatchObject({ state: 'failed', error: { code: 'heic-decoder-missing' } });
  expect(engine.analyses).toHaveLength(0);
});

test('of two photos the first bad: its error stands, the second is scored and takes the first place', async () => {
  const { engine, flow, state } = await createReadyFlow();
  const both = [flow.photo.analyse(photo('bad.png')), flow.photo.analyse(photo('b.png'), 'b')];
  await settle();
  engine.answer(2);
  await Promise.all(both);
  expect(state().photos.a.result).toMatchObject({ fileName: 'b.png', logit: 2 });
  expect(state().photos.a.mapsKey?.runId).toBe(state().photos.a.result?.runId);
  expect(state().photos.b.result).toBeNull();
  expect(selectError(state())).toMatchObject({ source: 'b', fileName: 'bad.png' });
  flow.photo.dismissError();
  expect(selectError(state())).toBeNull();
  expect(selectStatus(state())).toBe('done');
});

test('the first fails after the second is on the screen: the same', async () => {
  const { engine, flow, state } = await createReadyFlow();
  const first = flow.photo.analyse(photo('a.png'));
  await settle();
  const second = flow.photo.analyse(photo('b.png'), 'b');
  await settle();
  engine.analyses[0]?.answer.reject(new LensError('image-decode-failed'));
  await settle();
  engine.answer(2);
  await Promise.all([first, second]);
  expect(state().photos.a.result).toMatchObject({ fileName: 'b.png' });
  expect(selectError(state())).toMatchObject({ source: 'b', fileName: 'a.png', code: 'image-decode-failed' });
  // The one that failed, once more, comes beside it.
  const again = flow.photo.tryAgain();
  await settle();
  engine.answer(3);
  await again;
  expect([state().photos.a.result?.fileName, state().photos.b.result?.fileName]).toEqual(['b.png', 'a.png']);
  expect(selectError(state())).toBeNull();
});

test('two photos that fail: one error after the other', async () => {
  const { flow, state } = await createReadyFlow();
  await Promise.all([flow.photo.analyse(photo('bad-1.png')), flow.photo.analyse(photo('bad-2.png'), 'b')]);
  const first = selectError(state())?.fileName;
  flow.photo.dismissError();
  const second = selectError(state())?.fileName;
  flow.photo.dismissError();
  expect([first, second].sort()).toEqual(['bad-1.png', 'bad-2.png']);
  expect(selectError(state())).toBeNull();
  expect(selectStatus(state())).toBe('ready');
});

test('a second photo that fails leaves the first one its score', async () => {
  const { engine, flow, state } = await createReadyFlow();
  const good = flow.photo.analyse(photo('a.png'));
  await settle();
  engine.answer(1);
  await good;
  await flow.photo.analyse(photo('bad.png'), 'b');
  expect(state().photos.a.result?.fileName).toBe('a.png');
  expect(selectError(state())).toMatchObject({ source: 'b', fileName: 'bad.png' });
  // A new first photo is a new beginning.
  const next = flow.photo.analyse(photo('c.png'));
  await settle();
  engine.answer(1);
  await next;
  expect(selectStatus(state())).toBe('done');
});

test('what could not be read at all stops no photo that is under way', async () => {
  const { engine, flow, state } = await createReadyFlow();
  const done = flow.photo.analyse(photo('a.png'));
  await settle();
  flow.photo.reportFailure(new LensError('folder-empty'));
  expect(selectError(state())).toMatchObject({ code: 'folder-empty', fileName: null });
  expect(selectStatus(state())).toBe('working');
  flow.photo.dismissError();
  expect(selectError(state())).toBeNull();
  expect(selectStatus(state())).toBe('working');
  engine.answer(2);
  await done;
  expect(state().photos.a.result).toMatchObject({ fileName: 'a.png', logit: 2 });
  // It stands until it is dismissed or another photo comes.
  flow.photo.reportShareFailure();
  expect(selectStatus(state())).toBe('error');
  const next = flow.photo.analyse(photo('b.png'));
  await settle();
  engine.answer(1);
  await next;
  expect(selectStatus(state())).toBe('done');
});

test('a failure in the first slot is no news once a second photo came well', async () => {
  const { engine, flow, state } = await createReadyFlow();
  const good = flow.photo.analyse(photo('a.png'));
  await settle();
  engine.answer(1);
  await good;
  await flow.photo.analyse(photo('bad.png'));
  expect(selectStatus(state())).toBe('error');
  const second = flow.photo.analyse(photo('b.png'), 'b');
  await settle();
  engine.answer(1);
  await second;
  expect(selectStatus(state())).toBe('done');
  expect([state().photos.a.result?.fileName, state().photos.b.result?.fileName]).toEqual(['a.png', 'b.png']);
});
