import { IDBFactory, IDBObjectStore } from 'fake-indexeddb';
import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { diaryEntry } from '../domain/testdata/diary-entry';
import { createDiaryShelf, DIARY_DATABASE } from './diary-shelf';

const PICTURES = { input: Uint8Array.of(1, 2, 3), view: Uint8Array.of(4, 5) };

function item(id: string) {
  return { entry: diaryEntry({ id }), pictures: PICTURES };
}

function open(version: number): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(DIARY_DATABASE, version);
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(new Error('not opened'));
  });
}

/** Writes an entry's record as another version of the app would. */
async function put(key: string, record: unknown): Promise<void> {
  const database = await open(1);
  await new Promise((resolve) => {
    const transaction = database.transaction('entries', 'readwrite');
    transaction.objectStore('entries').put(record, key);
    transaction.oncomplete = resolve;
  });
  database.close();
}

async function get(key: string): Promise<unknown> {
  const database = await open(1);
  const reading = database.transaction('entries').objectStore('entries').get(key);
  await new Promise((resolve) => (reading.onsuccess = resolve));
  database.close();
  return reading.result;
}

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});
afterEach(() => {
  vi.restoreAllMocks();
});

describe('the diary in IndexedDB', () => {
  it('says how many entries there are and how many bytes, damaged ones included', async () => {
    const shelf = createDiaryShelf();
    expect(await shelf.measure()).toEqual({ entries: 0, bytes: 0 });
    await shelf.add([item('entry001'), item('entry002')]);
    const wordsBytes = new TextEncoder().encode(JSON.stringify(await get('entry001'))).length;
    expect(await shelf.measure()).toEqual({ entries: 2, bytes: 2 * (wordsBytes + 5) });
    await put('entry002', 'é');
    expect(await shelf.measure()).toEqual({ entries: 2, bytes: wordsBytes + 4 + 2 * 5 });
  });

  it('gives back what was put in, oldest day first, and forgets what is removed', async () => {
    const shelf = createDiaryShelf();
    const [late, early] = [item('entry001'), { entry: diaryEntry({ id: 'entry002', date: '2020-01-01' }), pictures: PICTURES }];
    await shelf.add([late, early]);
    expect(await shelf.list()).toEqual({ entries: [early.entry, late.entry], damaged: [], newer: [] });
    expect(await createDiaryShelf().readPictures('entry001')).toEqual(PICTURES);
    await shelf.replace({ ...late.entry, notes: 'other' });
    await shelf.remove(['entry002']);
    expect((await shelf.list()).entries.map(({ notes }) => notes)).toEqual(['other']);
    await expect(shelf.readPictures('entry002')).rejects.toMatchObject({ code: 'diary-entry-missing' });
    await expect(shelf.replace(early.entry)).rejects.toMatchObject({ code: 'diary-entry-missing' });
  });

  it('overwrites nothing unless told, and then all or nothing', async () => {
    const shelf = createDiaryShelf();
    await shelf.add([item('entry001')]);
    await expect(shelf.add([item('entry002'), item('entry001')])).rejects.toMatchObject({ code: 'diary-failed' });
    expect((await shelf.list()).entries.map(({ id }) => id)).toEqual(['entry001']);
    await shelf.add([{ ...item('entry001'), entry: diaryEntry({ id: 'entry001', notes: 'new' }) }], ['entry001']);
    expect((await shelf.list()).entries[0]?.notes).toBe('new');
  });

  it('keeps what was there when the disk is full', async () => {
    const shelf = createDiaryShelf();
    await shelf.add([item('entry001')]);
    // Called with its object below.
    // eslint-disable-next-line @typescript-eslint/unbound-method
    const put = IDBObjectStore.prototype.put;
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, ...args) {
      if (this.name === 'pictures') throw new DOMException('full', 'QuotaExceededError');
      return put.apply(this, args);
    });
    await expect(shelf.add([item('entry002')])).rejects.toMatchObject({ code: 'diary-full' });
    vi.restoreAllMocks();
    expect((await shelf.list()).entries.map(({ id }) => id)).toEqual(['entry001']);
    await shelf.add([item('entry002')]);
    expect((await shelf.list()).entries).toHaveLength(2);
  });

  it('names damaged records, shows the others and leaves all as they are', async () => {
    const shelf = createDiaryShelf();
    await shelf.add([item('entry001'), item('entry002'), item('entry003')]);
    const database = await open(1);
    await new Promise((resolve) => {
      const transaction = database.transaction(['entries', 'pictures'], 'readwrite');
      transaction.objectStore('entries').put({ nonsense: 1 }, 'entry001');
      // A sound record under another's key.
      transaction.objectStore('entries').put(diaryEntry({ id: 'entry009' }), 'entry002');
      transaction.objectStore('pictures').put('nonsense', 'entry003');
      transaction.oncomplete = resolve;
    });
    database.close();
    const { entries, damaged } = await shelf.list();
    expect([entries.map(({ id }) => id), damaged]).toEqual([['entry003'], ['entry001', 'entry002']]);
    await expect(shelf.readPictures('entry003')).rejects.toMatchObject({ code: 'diary-entry-damaged' });
    await shelf.remove(damaged);
    expect((await shelf.list()).damaged).toEqual([]);
  });

  it('names records of a newer version of the app and lets nothing overwrite them', async () => {
    const shelf = createDiaryShelf();
    await shelf.add([item('entry001'), item('entry002')]);
    const newer = { formatVersion: 99, id: 'entry001', scores: [1, 2], logit: { of: 'another kind' } };
    await put('entry001', newer);
    const content = await shelf.list();
    expect([content.entries.map(({ id }) => id), content.damaged, content.newer]).toEqual([['entry002'], [], ['entry001']]);
    await expect(shelf.replace(item('entry001').entry)).rejects.toMatchObject({ code: 'diary-entry-newer' });
    await expect(shelf.add([item('entry001')], ['entry001'])).rejects.toMatchObject({ code: 'diary-entry-newer' });
    await shelf.remove(content.damaged);
    expect(await get('entry001')).toEqual(newer);
  });

  it('reads what was kept before records had a version', async () => {
    const shelf = createDiaryShelf();
    await shelf.add([item('entry001')]);
    await put('entry001', diaryEntry({ id: 'entry001', notes: 'kept long ago' }));
    expect(await shelf.list()).toEqual({
      entries: [diaryEntry({ id: 'entry001', notes: 'kept long ago' })],
      damaged: [],
      newer: [],
    });
    await shelf.replace(diaryEntry({ id: 'entry001' }));
    expect(await get('entry001')).toEqual({ formatVersion: 2, ...diaryEntry({ id: 'entry001' }) });
  });

  it('says so where there is no storage, or it refuses, or never answers', async () => {
    vi.spyOn(indexedDB, 'open').mockImplementation(() => {
      throw new DOMException('no', 'SecurityError');
    });
    await expect(createDiaryShelf().list()).rejects.toMatchObject({ code: 'diary-unavailable' });
    vi.spyOn(indexedDB, 'open').mockImplementation(() => new IDBOpenDBRequest());
    await expect(createDiaryShelf(20).list()).rejects.toMatchObject({ code: 'diary-unavailable', detail: 'no answer' });
    Object.defineProperty(globalThis, 'indexedDB', { value: undefined, configurable: true, writable: true });
    await expect(createDiaryShelf().list()).rejects.toMatchObject({ code: 'diary-unavailable' });
  });

  it('works after a failure, without being made anew', async () => {
    const shelf = createDiaryShelf();
    const opening = vi.spyOn(indexedDB, 'open').mockImplementation(() => {
      throw new DOMException('no', 'UnknownError');
    });
    await expect(shelf.list()).rejects.toMatchObject({ code: 'diary-unavailable' });
    opening.mockRestore();
    await shelf.add([item('entry001')]);
    expect((await shelf.list()).entries).toHaveLength(1);
  });

  it('leaves the diary of a newer version alone', async () => {
    (await open(9)).close();
    await expect(createDiaryShelf().list()).rejects.toMatchObject({ code: 'diary-newer' });
  });

  it('names an older tab that does not let go', async () => {
    const older = await open(1);
    // Called with its object below.
    // eslint-disable-next-line @typescript-eslint/unbound-method
    const { open: reallyOpen } = indexedDB;
    // As the next version of the app will.
    vi.spyOn(indexedDB, 'open').mockImplementation((name) => reallyOpen.call(indexedDB, name, 2));
    const shelf = createDiaryShelf();
    await expect(shelf.list()).rejects.toMatchObject({ code: 'diary-other-tab' });
    older.close();
  });

  it('lets go when another tab removes the diary, and opens it anew', async () => {
    const shelf = createDiaryShelf();
    await shelf.add([item('entry001')]);
    await new Promise((resolve, reject) => {
      const deletion = indexedDB.deleteDatabase(DIARY_DATABASE);
      deletion.onsuccess = resolve;
      deletion.onblocked = () => reject(new Error('blocked'));
    });
    expect(await shelf.list()).toEqual({ entries: [], damaged: [], newer: [] });
  });

  it('tells other tabs of each change, not itself', async () => {
    const [here, there] = [createDiaryShelf(), createDiaryShelf()];
    const heard = { here: 0, there: 0 };
    here.onForeignChange(() => (heard.here += 1));
    there.onForeignChange(() => (heard.there += 1));
    await here.add([item('entry001')]);
    await vi.waitFor(() => expect(heard).toEqual({ here: 0, there: 1 }), { timeout: 30_000 });
  });
});
