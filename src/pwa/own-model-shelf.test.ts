import { IDBFactory, IDBObjectStore } from 'fake-indexeddb';
import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { KeptModel } from '../domain/own-settings';
import { createOwnModelShelf } from './own-model-shelf';

const SETTINGS = {
  preprocessing: 'raw',
  mean: [0, 0, 0],
  std: [1 / 255, 1 / 255, 1 / 255],
  order: 'rgb',
  labels: ['benign', 'malignant'],
  watched: 1,
} as const;

function model(name: string): KeptModel {
  return {
    name,
    bytes: 5,
    settings: SETTINGS,
    facts: {
      format: 'tfjs-layers',
      name: 'sequential',
      summary: [],
      totals: { parameters: 1, trainable: 1, nonTrainable: 0 },
      input: { height: 8, width: 8, channels: 3 },
      output: { units: 1, activation: 'sigmoid' },
      layers: [],
      hash: 'abc',
    },
  };
}

const FILES = [
  { name: 'model.json', blob: new Blob(['{}']) },
  { name: 'group1-shard1of1.bin', blob: new Blob([Uint8Array.of(1, 2, 3)]) },
];

async function bytesOf(files: readonly { readonly name: string; readonly blob: Blob }[]) {
  return Promise.all(files.map(async ({ name, blob }) => [name, [...new Uint8Array(await blob.arrayBuffer())]]));
}
const BYTES = [
  ['model.json', [123, 125]],
  ['group1-shard1of1.bin', [1, 2, 3]],
];

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});
afterEach(() => {
  vi.restoreAllMocks();
});

it('lists by name what was put in, and gives its files back, on a later visit too', async () => {
  const shelf = createOwnModelShelf();
  expect(await shelf.list()).toEqual([]);
  await shelf.put(model('b.h5'), FILES);
  await shelf.put(model('a.h5'), FILES);
  const later = createOwnModelShelf();
  expect(await later.list()).toEqual([model('a.h5'), model('b.h5')]);
  expect(await bytesOf(await later.read('b.h5'))).toEqual(BYTES);
});

it('puts one in the place of another of its name, and changes its settings alone', async () => {
  const shelf = createOwnModelShelf();
  await shelf.put(model('a.h5'), FILES);
  await shelf.put({ ...model('a.h5'), bytes: 2 }, FILES.slice(0, 1));
  const changed = { ...model('a.h5'), settings: { ...SETTINGS, labels: ['x', 'y'], watched: 0 } };
  await shelf.change(changed);
  expect(await shelf.list()).toEqual([changed]);
  expect(await bytesOf(await shelf.read('a.h5'))).toEqual(BYTES.slice(0, 1));
});

it('renames with the files', async () => {
  const shelf = createOwnModelShelf();
  await shelf.put(model('a.h5'), FILES);
  await shelf.rename('a.h5', 'mine');
  expect(await shelf.list()).toEqual([model('mine')]);
  expect(await bytesOf(await shelf.read('mine'))).toEqual(BYTES);
  await expect(shelf.read('a.h5')).rejects.toMatchObject({ code: 'own-model-keep-failed', detail: 'a.h5' });
});

it('removes, and says of what is not there that it is not', async () => {
  const shelf = createOwnModelShelf();
  await shelf.put(model('a.h5'), FILES);
  await shelf.put(model('b.h5'), FILES);
  await shelf.remove('a.h5');
  await shelf.remove('never there');
  expect((await shelf.list()).map(({ name }) => name)).toEqual(['b.h5']);
  await expect(shelf.read('a.h5')).rejects.toMatchObject({ code: 'own-model-keep-failed' });
  await expect(shelf.rename('a.h5', 'c.h5')).rejects.toMatchObject({ code: 'own-model-keep-failed', detail: 'a.h5' });
  expect((await shelf.list()).map(({ name }) => name)).toEqual(['b.h5']);
});

it('says that the device is full, and leaves what was kept as it was', async () => {
  const shelf = createOwnModelShelf();
  await shelf.put(model('a.h5'), FILES);
  // eslint-disable-next-line @typescript-eslint/unbound-method -- called with its own `this`
  const { put } = IDBObjectStore.prototype;
  vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, value: unknown, key) {
    if (this.name === 'files') throw new DOMException('full', 'QuotaExceededError');
    return put.call(this, value, key);
  });
  const larger = { ...model('a.h5'), bytes: 500 };
  await expect(shelf.put(larger, FILES)).rejects.toMatchObject({ code: 'own-model-keep-full' });
  await expect(shelf.put(model('b.h5'), FILES)).rejects.toMatchObject({ code: 'own-model-keep-full' });
  vi.restoreAllMocks();
  expect(await shelf.list()).toEqual([model('a.h5')]);
});

it('says where nothing can be kept, and keeps once it can', async () => {
  const shelf = createOwnModelShelf();
  vi.spyOn(indexedDB, 'open').mockImplementationOnce(() => {
    throw new DOMException('blocked', 'SecurityError');
  });
  const blocked = { code: 'own-model-keep-failed', detail: 'SecurityError' };
  await expect(shelf.put(model('a.h5'), FILES)).rejects.toMatchObject(blocked);
  await shelf.put(model('a.h5'), FILES);
  expect(await shelf.list()).toHaveLength(1);
  vi.spyOn(indexedDB, 'open').mockImplementationOnce(() => {
    throw new DOMException('blocked', 'SecurityError');
  });
  await expect(createOwnModelShelf().list()).rejects.toMatchObject(blocked);
});

it('makes no database by looking for models', async () => {
  expect(await createOwnModelShelf().list()).toEqual([]);
  expect(await indexedDB.databases()).toEqual([]);
});

it('gives way where all of it is deleted, and begins anew', async () => {
  const shelf = createOwnModelShelf();
  await shelf.put(model('a.h5'), FILES);
  await new Promise((resolve, reject) => {
    const deleting = indexedDB.deleteDatabase('lesion-lens-models');
    deleting.onsuccess = resolve;
    deleting.onblocked = () => reject(new Error('blocked'));
  });
  expect(await shelf.list()).toEqual([]);
});
