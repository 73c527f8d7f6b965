import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { defaultChoice } from '../domain/crop';
import { LensError } from '../domain/errors';
import type { CropChoice, QuarterTurns, SourcePx } from '../domain/geometry';
import { selectError, selectStatus } from '../store/select-status';
import { chosenCrop, RESCORE_AFTER_MS } from './crop-photo';
import { createReadyFlow, photo, settle } from './testing';
import { SOURCE, thumbnail } from './testing-engine';

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

function choice(x: number, y: number, size: number, quarterTurns: QuarterTurns = 0): CropChoice {
  return { crop: { x: x as SourcePx, y: y as SourcePx, size: size as SourcePx }, quarterTurns };
}

async function createCroppingFlow() {
  const world = await createReadyFlow();
  const done = world.flow.photo.analyse(photo('a.png'), 'a', { coachNotes: ['hold-still'] });
  await settle();
  world.engine.answer(1);
  await done;
  const wait = async (ms = RESCORE_AFTER_MS): Promise<void> => {
    vi.advanceTimersByTime(ms);
    await settle();
  };
  return { ...world, wait };
}

test('a moved square is scored once it stands still, from the same file, with the maps in one step', async () => {
  const { engine, flow, state, wait, revoked, cache } = await createCroppingFlow();
  const first = state().photos.a.result;
  const accepted = cache.photo(first?.runId ?? 0);
  flow.crop.adjust('a', choice(10, 20, 100));
  flow.crop.adjust('a', choice(11, 20, 100));
  expect(selectStatus(state())).toBe('working');
  expect(chosenCrop(state(), 'a')).toEqual(choice(11, 20, 100));
  await wait(RESCORE_AFTER_MS - 1);
  expect(engine.analyses).toHaveLength(1);
  await wait(1);
  expect(engine.analyses).toHaveLength(2);
  expect(engine.analyses[1]?.request).toMatchObject({ ...choice(11, 20, 100), photo: accepted?.blob, keepMaps: true });
  // What is on the screen stays there until the new score comes.
  expect(state().photos.a.phase).toMatchObject({ state: 'running', photo: { isRecrop: true } });
  expect(state().photos.a.result).toBe(first);
  expect(state().photos.a.mapsKey?.runId).toBe(first?.runId);
  engine.answer(-2);
  await settle();
  const { photos, runs } = state();
  const { result, mapsKey, crop } = photos.a;
  expect(result).toMatchObject({ ...choice(11, 20, 100), logit: -2, fileName: 'a.png', coachNotes: ['hold-still'] });
  expect(mapsKey?.runId).toBe(result?.runId);
  expect(runs).toBe(2);
  expect(crop.wanted).toBeNull();
  expect(selectStatus(state())).toBe('done');
  // The same address of the photo, so that it is not drawn anew; the old run is freed.
  expect(cache.photo(result?.runId ?? 0)?.url).toBe(accepted?.url);
  expect(revoked).toEqual([]);
  expect(engine.released).toContain(first?.runId);
});

test('an overtaken square never reaches the screen', async () => {
  const { engine, flow, state, wait } = await createCroppingFlow();
  flow.crop.adjust('a', choice(10, 20, 100));
  await wait();
  flow.crop.adjust('a', choice(30, 20, 100));
  engine.answer(5);
  await settle();
  expect(state().photos.a.result?.logit).toBe(1);
  expect(selectStatus(state())).toBe('working');
  await wait();
  engine.answer(6);
  await settle();
  expect(state()).toMatchObject({
    photos: { a: { result: { ...choice(30, 20, 100), logit: 6 }, phase: { state: 'idle' } } },
    runs: 2,
  });
  expect(engine.kept.size).toBe(1);
});

test('a square that comes back to where it was costs nothing, or ends what is under way', async () => {
  const { engine, flow, state, wait } = await createCroppingFlow();
  const whole = defaultChoice(SOURCE);
  flow.crop.adjust('a', choice(10, 20, 100));
  flow.crop.adjust('a', whole);
  expect(selectStatus(state())).toBe('done');
  await wait();
  expect(engine.analyses).toHaveLength(1);
  flow.crop.adjust('a', choice(10, 20, 100));
  await wait();
  flow.crop.adjust('a', whole);
  engine.answer(9);
  await wait();
  engine.answer(1);
  await settle();
  expect(state().photos.a).toMatchObject({ result: { ...whole, logit: 1 }, phase: { state: 'idle' } });
});

test('a square outside the photo is moved into it, and turns go along', async () => {
  const { engine, flow, state, wait } = await createCroppingFlow();
  flow.crop.adjust('a', choice(390, -20, 100, 3));
  await wait();
  expect(engine.analyses[1]?.request).toMatchObject(choice(300, 0, 100, 3));
  engine.answer(2);
  await settle();
  flow.crop.reset('a');
  await wait(0);
  engine.answer(1);
  await settle();
  expect(state().photos.a.result).toMatchObject(defaultChoice(SOURCE));
});

test('another photo ends the cropping of the first', async () => {
  const { engine, flow, state, wait } = await createCroppingFlow();
  flow.crop.adjust('a', choice(10, 20, 100));
  const done = flow.photo.analyse(photo('b.png'));
  await wait();
  // While it comes nothing can be chosen: it would take the new photo's place.
  flow.crop.adjust('a', choice(20, 20, 100));
  await wait();
  engine.answer(7);
  await done;
  await wait();
  expect(state()).toMatchObject({
    photos: { a: { result: { fileName: 'b.png', ...defaultChoice(SOURCE), coachNotes: [] } } },
    runs: 2,
  });
  expect(state().photos.a.crop.wanted).toBeNull();
  expect(engine.analyses).toHaveLength(2);
});

test('a square that cannot be scored leaves the last one, and "Try again" repeats it', async () => {
  const { engine, flow, state, wait } = await createCroppingFlow();
  flow.crop.adjust('a', choice(10, 20, 100));
  await wait();
  engine.analyses[1]?.answer.reject(new LensError('engine-crashed'));
  await settle();
  expect(selectError(state())).toMatchObject({ code: 'engine-crashed' });
  expect(state().photos.a.result).toMatchObject(defaultChoice(SOURCE));
  expect(chosenCrop(state(), 'a')).toEqual(defaultChoice(SOURCE));
  const again = flow.photo.tryAgain();
  await settle();
  engine.answer(3);
  await again;
  expect(state().photos.a.result).toMatchObject({ ...choice(10, 20, 100), logit: 3 });
});

test('"Try again" without a failed photo keeps square and turns', async () => {
  const { engine, flow, state, wait } = await createCroppingFlow();
  flow.crop.adjust('a', choice(10, 20, 100, 1));
  await wait();
  engine.answer(3);
  await settle();
  const again = flow.photo.tryAgain();
  await settle();
  engine.answer(3);
  await again;
  expect(state().photos.a.result).toMatchObject({ ...choice(10, 20, 100, 1), coachNotes: ['hold-still'] });
});

test('each photo has its own square; a swap takes it along', async () => {
  const { engine, flow, state, wait } = await createCroppingFlow();
  const second = flow.photo.analyse(photo('b.png'), 'b');
  await settle();
  engine.answer(4);
  await second;
  flow.crop.adjust('b', choice(5, 5, 50, 2));
  flow.photo.swap(); // not while a square waits
  expect(state().photos.a.result?.fileName).toBe('a.png');
  await wait();
  engine.answer(8);
  await settle();
  flow.photo.swap();
  expect(state().photos.a.result).toMatchObject({ fileName: 'b.png', ...choice(5, 5, 50, 2), logit: 8 });
  expect(state().photos.b.result).toMatchObject({ fileName: 'a.png', ...defaultChoice(SOURCE), logit: 1 });
  expect(engine.kept.size).toBe(2);
});

test('the lesion is looked for when asked; the square goes there and back', async () => {
  const { engine, flow, state, wait } = await createCroppingFlow();
  const search = flow.crop.findLesion('a');
  expect(state().photos.a.crop.finding).toEqual({ state: 'running' });
  engine.thumbnails[0]?.answer.resolve(thumbnail());
  await search;
  expect(state().photos.a.crop.finding).toMatchObject({ state: 'found', before: defaultChoice(SOURCE) });
  await wait(0);
  engine.answer(2);
  await settle();
  const crop = state().photos.a.result?.crop;
  if (crop === undefined) throw new Error('no result');
  expect(crop.x).toBeLessThan(100);
  expect(crop.x + crop.size).toBeGreaterThan(180);
  expect(crop.size).toBeLessThan(250);
  expect(state().photos.a.crop.finding.state).toBe('found');
  flow.crop.undoFinding('a');
  await wait(0);
  engine.answer(1);
  await settle();
  expect(state().photos.a).toMatchObject({ result: defaultChoice(SOURCE), crop: { finding: { state: 'idle' } } });
});

test('a square that the person moved during the search stays', async () => {
  const { engine, flow, state, wait } = await createCroppingFlow();
  const search = flow.crop.findLesion('a');
  flow.crop.adjust('a', choice(200, 100, 60));
  engine.thumbnails[0]?.answer.resolve(thumbnail());
  await search;
  expect(state().photos.a.crop).toEqual({ wanted: choice(200, 100, 60), finding: { state: 'overtaken' } });
  await wait();
  engine.answer(2);
  await settle();
  expect(state().photos.a.result).toMatchObject(choice(200, 100, 60));
});

test('a search without a find, or that fails, says so and moves nothing', async () => {
  const { engine, flow, state } = await createCroppingFlow();
  const search = flow.crop.findLesion('a');
  engine.thumbnails[0]?.answer.resolve(thumbnail(false));
  await search;
  expect(state().photos.a.crop).toEqual({ wanted: null, finding: { state: 'not-found', reason: 'no-clear-spot' } });
  const failing = flow.crop.findLesion('a');
  engine.thumbnails[1]?.answer.reject(new LensError('engine-timeout'));
  await failing;
  expect(state().photos.a.crop.finding).toMatchObject({ state: 'failed', error: { code: 'engine-timeout' } });
  expect(state().photos.a.result).toMatchObject(defaultChoice(SOURCE));
});

test('a search of a photo that another has replaced says nothing', async () => {
  const { engine, flow, state } = await createCroppingFlow();
  const search = flow.crop.findLesion('a');
  const next = flow.photo.analyse(photo('b.png'));
  await settle();
  engine.answer(4);
  await next;
  engine.thumbnails[0]?.answer.resolve(thumbnail());
  await search;
  expect(state().photos.a.crop).toEqual({ wanted: null, finding: { state: 'idle' } });
});

test('what the person says took the photo while another square is computed holds for that square', async () => {
  const { engine, flow, state, wait } = await createCroppingFlow();
  flow.crop.adjust('a', choice(10, 10, 120));
  await wait();
  flow.photo.sayKind('a', 'phone');
  engine.answer(0.5);
  await settle();
  expect(state().photos.a.result).toMatchObject({ logit: 0.5, saidKind: 'phone', kind: 'phone' });
});
