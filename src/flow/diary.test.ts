import { decode } from 'fast-png';
import { expect, it } from 'vitest';
import { LensError } from '../domain/errors';
import { createReadyFlow, createViewWorld, photo, settle } from './testing';
import { LOADED } from './testing-engine';

const WORDS = { moleId: 'mole0001', moleName: 'Back', site: 'upper back', date: '2026-01-31', notes: '' } as const;

/** A flow with one analysed photo. */
async function createAnalysedFlow(ready: ReturnType<typeof createReadyFlow> = createReadyFlow()) {
  const world = await ready;
  const analysing = world.flow.photo.analyse(photo('Jane.png'));
  await settle();
  world.engine.answer(0.25);
  await analysing;
  await world.flow.diary.open();
  const { runId } = world.state().photos.a.result!;
  return { ...world, runId, read: () => world.state().diary };
}

/** The same, of a model that has a limit on the views: see `createViewWorld`. */
async function createViewFlow(logits: readonly number[]) {
  const world = await createViewWorld(logits);
  return { ...(await createAnalysedFlow(Promise.resolve(world))), seen: world.seen };
}

it('keeps the result with the very picture that the network saw, and nothing of the file', async () => {
  const { flow, diary, cache, runId, read } = await createAnalysedFlow();
  expect(diary.items.size).toBe(0);
  expect(await flow.diary.keep(runId, WORDS)).toBe(true);
  const [item] = [...diary.items.values()];
  expect(item?.entry).toMatchObject({
    ...WORDS,
    logit: 0.25,
    backend: 'wasm',
    model: { version: 'test' },
    calibration: { slope: 2 },
  });
  const png = decode(item?.pictures.input ?? new Uint8Array());
  const rgb = [...png.data].filter((_, i) => i % 4 !== 3);
  expect(rgb).toEqual([...(cache.photo(runId)?.inputRgb ?? [])]);
  expect(JSON.stringify(item)).not.toContain('Jane');
  expect(read()).toMatchObject({ state: 'read', isBusy: false, notice: { kind: 'saved', isPersistent: false }, error: null });
  expect(read().entries).toHaveLength(1);
});

it('notes the backend that computed the score, not the one that took over since', async () => {
  const { flow, engine, diary, runId } = await createAnalysedFlow();
  engine.tellReload({ ...LOADED, backend: 'cpu' });
  await flow.diary.keep(runId, WORDS);
  expect([...diary.items.values()].map(({ entry }) => entry.backend)).toEqual(['wasm']);
});

it('asks the browser to keep the data at the first entry only', async () => {
  const { flow, diary, runId, read } = await createAnalysedFlow();
  await flow.diary.keep(runId, WORDS);
  await flow.diary.keep(runId, WORDS);
  expect([diary.persistAsked, diary.items.size]).toEqual([1, 2]);
  expect(read().notice).toEqual({ kind: 'saved', moleName: 'Back', isPersistent: null });
});

it('keeps nothing without a name or of a photo that is gone', async () => {
  const { flow, diary, runId, read } = await createAnalysedFlow();
  expect(await flow.diary.keep(runId, { ...WORDS, moleName: ' ' })).toBe(false);
  expect(read().error?.code).toBe('diary-entry-invalid');
  expect(await flow.diary.keep(runId + 1, WORDS)).toBe(false);
  expect([read().error?.code, diary.items.size]).toEqual(['unexpected', 0]);
});

it('a failure is told and over with the next success; what was read stays on the screen', async () => {
  const { flow, diary, runId, read } = await createAnalysedFlow();
  await flow.diary.keep(runId, WORDS);
  diary.error = new LensError('diary-full');
  expect(await flow.diary.keep(runId, WORDS)).toBe(false);
  expect(read().error?.code).toBe('diary-full');
  expect(read().entries).toHaveLength(1);
  diary.error = null;
  expect(await flow.diary.keep(runId, WORDS)).toBe(true);
  expect(read()).toMatchObject({ state: 'read', error: null });
});

it('an export imported into an empty diary is the same diary; the same file twice adds nothing', async () => {
  const { flow, diary, runId, read } = await createAnalysedFlow();
  await flow.diary.keep(runId, WORDS);
  await flow.diary.keep(runId, { ...WORDS, date: '2025-01-31', notes: 'older' });
  const before = [...diary.items.values()];
  const zip = (await flow.diary.export())!;
  await flow.diary.remove(before.map(({ entry }) => entry.id));
  expect([diary.items.size, read().notice]).toEqual([0, { kind: 'removed', count: 2 }]);
  expect(await flow.diary.import(zip)).toBe(true);
  expect(new Set(diary.items.values())).toEqual(new Set(before));
  expect(await (await flow.diary.export())!.arrayBuffer()).toEqual(await zip.arrayBuffer());
  await flow.diary.import(zip);
  expect(read().notice).toEqual({ kind: 'imported', added: 0, same: 2, keptBeside: 0, restored: 0 });
});

it('keeps the side of the body, changes it and takes it back, and does so with no other change', async () => {
  const { flow, runId, read } = await createAnalysedFlow();
  await flow.diary.keep(runId, { ...WORDS, side: 'left' });
  const { id } = read().entries[0]!;
  await flow.diary.changeWords(id, { notes: 'changed' });
  expect(read().entries).toMatchObject([{ side: 'left', notes: 'changed' }]);
  await flow.diary.changeWords(id, { side: 'right' });
  expect(read().entries).toMatchObject([{ side: 'right', notes: 'changed' }]);
  await flow.diary.changeWords(id, { side: null });
  expect(read().entries[0]).not.toHaveProperty('side');
});

it('a photo that is kept, or opened from the diary, knows its entry, and so does another square of it', async () => {
  const { flow, engine, runId, read, state } = await createAnalysedFlow();
  expect(state().photos.a.result).not.toHaveProperty('diaryId');
  await flow.diary.keep(runId, WORDS);
  const { id } = read().entries[0]!;
  expect(state().photos.a.result).toMatchObject({ runId, diaryId: id });
  await flow.diary.openEntries([id]);
  await settle();
  engine.answer(2);
  await expect.poll(() => state().photos.a.result?.logit).toBe(2);
  expect(state().photos.a.result?.diaryId).toBe(id);
  await settle();
  const again = flow.photo.recompute();
  await settle();
  engine.answer(3);
  await again;
  expect(state().photos.a.result).toMatchObject({ logit: 3, diaryId: id });
});

it('an entry that was changed meanwhile is not overwritten: the file’s is kept beside it, once', async () => {
  const { flow, diary, runId, read } = await createAnalysedFlow();
  await flow.diary.keep(runId, WORDS);
  const zip = (await flow.diary.export())!;
  const { id } = read().entries[0]!;
  await flow.diary.changeWords(id, { notes: 'changed here' });
  await flow.diary.import(zip);
  expect(read().notice).toEqual({ kind: 'imported', added: 0, same: 0, keptBeside: 1, restored: 0 });
  await flow.diary.import(zip);
  expect(read().notice).toMatchObject({ same: 1, keptBeside: 0 });
  expect([...diary.items.values()].map(({ entry }) => entry.notes).sort()).toEqual(['', 'changed here']);
});

it('an import restores what is damaged here, and an export leaves it out and says so', async () => {
  const { flow, diary, runId, read } = await createAnalysedFlow();
  await flow.diary.keep(runId, WORDS);
  const zip = (await flow.diary.export())!;
  const { id } = read().entries[0]!;
  const item = diary.items.get(id)!;
  diary.items.set(id, { ...item, pictures: { ...item.pictures, input: item.pictures.input.slice(1) } });
  expect(await flow.diary.export()).toBeNull();
  expect(read().notice).toEqual({ kind: 'exported', count: 0, left: 1, newer: 0 });
  expect(await flow.diary.openEntries([id])).toBe(false);
  expect(read().error?.code).toBe('diary-entry-damaged');
  await flow.diary.import(zip);
  expect(read().notice).toMatchObject({ restored: 1, added: 0 });
  expect(diary.items.get(id)).toEqual(item);
});

it('what a newer version of the app keeps is named and stays; an import is kept beside it', async () => {
  const { flow, diary, runId, read } = await createAnalysedFlow();
  await flow.diary.keep(runId, WORDS);
  const zip = (await flow.diary.export())!;
  const { id } = read().entries[0]!;
  diary.items.delete(id);
  diary.newer = [id];
  await flow.diary.open();
  expect(read()).toMatchObject({ entries: [], damaged: [], newer: [id] });
  await flow.diary.import(zip);
  expect(read().notice).toEqual({ kind: 'imported', added: 0, same: 0, keptBeside: 1, restored: 0 });
  await flow.diary.import(zip);
  expect(read().notice).toMatchObject({ same: 1, keptBeside: 0 });
  expect(await flow.diary.export()).not.toBeNull();
  expect(read().notice).toEqual({ kind: 'exported', count: 1, left: 0, newer: 1 });
  expect(read().newer).toEqual([id]);
});

it('a file that is no diary changes nothing', async () => {
  const { flow, diary, runId, read } = await createAnalysedFlow();
  await flow.diary.keep(runId, WORDS);
  expect(await flow.diary.import(new Blob(['no zip']))).toBe(false);
  expect([read().error?.code, diary.items.size, read().entries.length]).toEqual(['diary-file-not-zip', 1, 1]);
});

it('follows what another tab does', async () => {
  const { flow, diary, runId, read } = await createAnalysedFlow();
  await flow.diary.keep(runId, WORDS);
  diary.items.clear();
  diary.tellForeignChange();
  await settle();
  expect(read().entries).toEqual([]);
});

it('opens two entries as A and B, in the order given', async () => {
  const { flow, engine, runId, read, state } = await createAnalysedFlow();
  await flow.diary.keep(runId, WORDS);
  await flow.diary.keep(runId, { ...WORDS, date: '2025-01-31' });
  const [older, newer] = read().entries.map(({ id }) => id);
  expect(await flow.diary.openEntries([older!, newer!])).toBe(true);
  await new Promise((resolve) => setTimeout(resolve));
  engine.answer(1);
  await new Promise((resolve) => setTimeout(resolve));
  engine.answer(2);
  await new Promise((resolve) => setTimeout(resolve));
  expect([state().photos.a.result?.fileName, state().photos.b.result?.fileName]).toEqual([
    'Back, 2025-01-31.png',
    'Back, 2026-01-31.png',
  ]);
  expect([state().photos.a.result?.logit, state().photos.b.result?.logit]).toEqual([1, 2]);
});

it('clears the diary of all but what a newer version wrote, and the list of what is stored counts it', async () => {
  const { flow, diary, runId, read, state } = await createAnalysedFlow();
  await flow.diary.keep(runId, WORDS);
  diary.newer = ['newer0001'];
  await flow.device.describeStored();
  const bytes = [...diary.items.values()].reduce((sum, { pictures }) => sum + pictures.input.length + pictures.view.length, 0);
  expect(state().stored?.facts.items).toEqual([{ kind: 'diary', name: 'lesion-lens-diary', files: 2, bytes }]);
  expect(await flow.diary.clear()).toBe(true);
  expect(read()).toMatchObject({ entries: [], newer: ['newer0001'], notice: { kind: 'removed', count: 1 } });
  await flow.device.describeStored();
  expect(state().stored?.facts.items).toMatchObject([{ files: 1, bytes: 0 }]);
  diary.error = new LensError('diary-failed');
  await flow.device.describeStored();
  expect(state().stored?.facts.items).toMatchObject([{ files: null, bytes: null }]);
});

it('keeps the verdict that the views lead to, though they had not come yet', async () => {
  const { flow, runId, read, state, becomeIdle, seen } = await createViewFlow([2, -2]);
  expect(state().photos.a.result).toMatchObject({ verdict: 'malignant', viewRange: null });
  await flow.diary.keep(runId, WORDS);
  expect(read().entries).toMatchObject([{ verdict: 'cant-say', reasons: ['views-disagree'] }]);
  expect(state().photos.a.result).toMatchObject({ verdict: 'cant-say', reasons: ['views-disagree'] });
  becomeIdle();
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(seen.calls, 'once').toBe(7);
});

it('keeps the score where the views cannot be computed', async () => {
  const { flow, engine, runId, read, state } = await createViewFlow([1]);
  engine.scoreInputs = () => Promise.reject(new Error('lost'));
  expect(await flow.diary.keep(runId, WORDS)).toBe(true);
  expect(read().entries).toMatchObject([{ verdict: 'malignant', reasons: [] }]);
  expect(state().photos.a.result?.viewLogits, 'no more come').toHaveLength(1);
});

it('keeps what the person says took the photo, and knows it when the entry is opened again', async () => {
  const { flow, engine, runId, read, state } = await createAnalysedFlow();
  await flow.diary.keep(runId, WORDS);
  flow.photo.sayKind('a', 'phone');
  await flow.diary.keep(runId, { ...WORDS, date: '2026-02-01' });
  const [unsaid, said] = read().entries;
  expect(unsaid).not.toHaveProperty('saidKind');
  expect(said).toMatchObject({ saidKind: 'phone' });
  for (const [entry, saidKind, logit] of [
    [said!, 'phone', 2],
    [unsaid!, null, 3],
  ] as const) {
    await flow.diary.openEntries([entry.id]);
    await settle();
    engine.answer(logit);
    await expect.poll(() => state().photos.a.result?.logit).toBe(logit);
    expect(state().photos.a.result?.saidKind).toBe(saidKind);
    await settle();
  }
});
