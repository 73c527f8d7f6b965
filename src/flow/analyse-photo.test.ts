import { expect, test } from 'vitest';
import { LensError } from '../domain/errors';
import { selectError, selectStatus } from '../store/select-status';
import { createReadyFlow, createTestFlow, LOADED, photo, settle } from './testing';

test('a photo ends as a calibrated score with its maps ready to draw', async () => {
  const { engine, flow, state, cache } = await createReadyFlow();
  const done = flow.analysePhoto(photo('a.png'));
  await settle();
  expect(selectStatus(state())).toBe('working');
  engine.answer(1);
  await done;
  const { result, maps, view, runs } = state();
  expect(result).toMatchObject({ fileName: 'a.png', origin: 'own', logit: 1, verdict: 'malignant', reasons: [] });
  expect(result?.probability).toBeCloseTo(1 / (1 + Math.exp(-2)), 12);
  expect(maps.a).toEqual({ runId: result?.runId, layer: 'block2_conv1' });
  expect(view.filter).toBe(5); // the strongest map
  expect(cache.layer(result?.runId ?? 0, 'block2_conv1')?.channels).toBe(128);
  expect(runs).toBe(1);
  expect(selectStatus(state())).toBe('done');
});

test('the latest photo wins: an overtaken one never reaches the screen and its maps are freed', async () => {
  const { engine, flow, state } = await createReadyFlow();
  const first = flow.analysePhoto(photo('a.png'));
  await settle();
  const second = flow.analysePhoto(photo('b.png'));
  await settle();
  const firstRun = engine.analyses[0]?.request.runId;
  engine.answer(-3);
  await first;
  expect(state().result).toBeNull();
  expect(engine.released).toContain(firstRun);
  await settle();
  engine.answer(2);
  await second;
  expect(state().result?.fileName).toBe('b.png');
  expect(state().runs).toBe(1);
});

test('photos overtaken while another is computed cost no forward pass', async () => {
  const { engine, flow, state } = await createReadyFlow();
  const all = ['a.png', 'b.png', 'c.png', 'd.png'].map((name) => flow.analysePhoto(photo(name)));
  await settle();
  engine.answer(0);
  await settle();
  engine.answer(1);
  await Promise.all(all);
  expect(engine.analyses).toHaveLength(1);
  expect(state().result?.fileName).toBe('d.png');
});

test('a refused photo leaves result and maps untouched, and the next one works', async () => {
  const { engine, flow, state, cache, revoked } = await createReadyFlow();
  const good = flow.analysePhoto(photo('a.png'));
  await settle();
  engine.answer(1);
  await good;
  const { result, maps } = state();
  await flow.analysePhoto(photo('bad.png'));
  expect(state().result).toBe(result);
  expect(state().maps).toBe(maps);
  expect(cache.photo(result?.runId ?? 0)).not.toBeNull();
  expect(revoked).toEqual([]);
  expect(selectError(state())).toMatchObject({ source: 'photo', fileName: 'bad.png' });
  expect(selectStatus(state())).toBe('error');
  const next = flow.analysePhoto(photo('b.png'));
  await settle();
  engine.answer(-1);
  await next;
  expect(state().result?.fileName).toBe('b.png');
  expect(selectError(state())).toBeNull();
  expect(engine.released).toContain(result?.runId);
  expect(revoked).toEqual(['blob:1']);
});

test('a photo that the engine cannot read frees its address and keeps the result', async () => {
  const { engine, flow, state, revoked } = await createReadyFlow();
  const done = flow.analysePhoto(photo('a.png'));
  await settle();
  engine.analyses[0]?.answer.reject(new LensError('image-decode-failed'));
  await done;
  expect(selectError(state())?.code).toBe('image-decode-failed');
  expect(revoked).toEqual(['blob:1']);
});

test('a failure of an overtaken photo is not shown', async () => {
  const { engine, flow, state } = await createReadyFlow();
  const first = flow.analysePhoto(photo('a.png'));
  await settle();
  const second = flow.analysePhoto(photo('b.png'));
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
  void flow.loadModel();
  const done = flow.analysePhoto(photo('a.png'));
  await settle();
  expect(state().session).toMatchObject({ state: 'running', photo: { step: 'waiting', fileName: 'a.png' } });
  expect(engine.analyses).toHaveLength(0);
  engine.loads[0]?.resolve(LOADED);
  await settle();
  engine.answer(1);
  await done;
  expect(state().result?.fileName).toBe('a.png');
});

test('a photo waits through a failed load and a retry', async () => {
  const { engine, flow, state } = createTestFlow();
  const load = flow.loadModel();
  const done = flow.analysePhoto(photo('a.png'));
  engine.loads[0]?.reject(new LensError('model-corrupt'));
  await load;
  expect(selectStatus(state())).toBe('error');
  expect(selectError(state())).toMatchObject({ code: 'model-corrupt', source: 'model' });
  void flow.loadModel();
  engine.loads[1]?.resolve(LOADED);
  await settle();
  engine.answer(1);
  await done;
  expect(state().result?.fileName).toBe('a.png');
  expect(selectError(state())).toBeNull();
});

test('a sample keeps its label and its place in the order of asking', async () => {
  const { engine, flow, state } = await createReadyFlow();
  const sample = flow.analyseSample('irregular');
  const own = flow.analysePhoto(photo('a.png'));
  await settle();
  engine.answer(1);
  await Promise.all([sample, own]);
  expect(state().result).toMatchObject({ fileName: 'a.png', origin: 'own' });
  const again = flow.analyseSample('regular');
  await settle();
  engine.answer(1);
  await again;
  expect(state().result).toMatchObject({ origin: 'regular' });
});

test('a score without readable maps is still shown, and the maps\' error with it', async () => {
  const { engine, flow, state } = await createReadyFlow();
  engine.readError = new LensError('out-of-memory');
  const done = flow.analysePhoto(photo('a.png'));
  await settle();
  engine.answer(1);
  await done;
  await settle();
  expect(state().result?.logit).toBe(1);
  expect(selectError(state())).toMatchObject({ code: 'out-of-memory', source: 'maps' });
});

test('"Try again" repeats the photo that failed', async () => {
  const { engine, flow, state } = await createReadyFlow();
  const done = flow.analysePhoto(photo('a.png'));
  await settle();
  engine.analyses[0]?.answer.reject(new LensError('engine-crashed'));
  await done;
  const again = flow.tryAgain();
  await settle();
  engine.answer(2);
  await again;
  expect(state().result).toMatchObject({ fileName: 'a.png', logit: 2 });
});

test('a dismissed error gives way to the last good result', async () => {
  const { flow, state } = await createReadyFlow();
  await flow.analysePhoto(photo('bad.png'));
  flow.dismissError();
  expect(state().session).toEqual({ state: 'empty' });
  expect(selectStatus(state())).toBe('ready');
});

test('HEIC is made showable once: what is kept, shown and scored again is the copy', async () => {
  const { engine, flow, state, cache } = await createReadyFlow();
  const done = flow.analysePhoto(new File(['pixels'], 'a.heic'));
  await settle();
  engine.answer(1);
  await done;
  expect(engine.madeShowable).toHaveLength(1);
  expect(engine.analyses[0]?.request.photo.type).toBe('image/bmp');
  expect(state().result?.fileName).toBe('a.heic');
  expect(cache.photo(state().result?.runId ?? 0)?.blob.type).toBe('image/bmp');
});

test('HEIC that cannot be read leaves the result and says why', async () => {
  const { engine, flow, state } = await createReadyFlow();
  engine.makeShowable = () => Promise.reject(new LensError('heic-decoder-missing'));
  await flow.analysePhoto(new File(['pixels'], 'a.heic'));
  expect(state().session).toMatchObject({ state: 'failed', error: { code: 'heic-decoder-missing' } });
  expect(engine.analyses).toHaveLength(0);
});
