import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import { MODEL_VERSION } from '../domain/model-version';
import { MODEL_URL, serveFiles } from './testing';
import { LensError } from '../domain/errors';
import { createModelStore, type DownloadWorld } from './weights';
import type { WeightsShelf } from './weights-shelf';

const MODEL_DIR = new URL(`../../public/model/${MODEL_VERSION}/`, import.meta.url);
const realManifest = JSON.parse(readFileSync(new URL('manifest.json', MODEL_DIR), 'utf8')) as Record<string, unknown>;

/** A small model folder: the real manifest's facts over three short files. */
let files: Map<string, Uint8Array<ArrayBuffer>>;
let requests: { name: string; cache: RequestCache | undefined }[];

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function writeManifest(change: Record<string, unknown> = {}): void {
  const entries = [...files]
    .filter(([path]) => path !== 'manifest.json')
    .map(([path, bytes]) => ({ path, sizeBytes: bytes.length, sha256: sha256(bytes) }));
  const manifest = { ...realManifest, files: entries, ...change };
  files.set('manifest.json', new TextEncoder().encode(JSON.stringify(manifest)));
}

function server(): DownloadWorld {
  const world = serveFiles((name) => files.get(name) ?? null);
  return {
    ...world,
    fetch: (url, init) => {
      requests.push({ name: url.slice(MODEL_URL.length), cache: init.cache });
      return world.fetch(url, init);
    },
  };
}

beforeEach(() => {
  requests = [];
  files = new Map([
    ['model.json', new TextEncoder().encode('{}')],
    ['a.bin', new Uint8Array(1000).fill(1)],
    ['b.bin', new Uint8Array(500).fill(2)],
  ]);
  writeManifest();
});

describe('fetchModel', () => {
  it('gives every file of the manifest and tells bytes up to the total', async () => {
    const told: [number, number][] = [];
    const model = await createModelStore(server()).fetchModel(MODEL_URL, (...bytes) => told.push(bytes));
    expect([...model.files.keys()]).toEqual(['model.json', 'a.bin', 'b.bin']);
    expect(new Uint8Array(model.files.get('a.bin')!)).toEqual(files.get('a.bin'));
    expect(told[0]).toEqual([0, 1502]);
    expect(told.at(-1)).toEqual([1502, 1502]);
    expect(told.map(([loaded]) => loaded)).toEqual(told.map(([loaded]) => loaded).sort((a, b) => a - b));
  });

  it('downloads a verified file only once', async () => {
    const store = createModelStore(server());
    await store.fetchModel(MODEL_URL, () => undefined);
    requests = [];
    const again = await store.fetchModel(MODEL_URL, () => undefined);
    expect(requests).toEqual([{ name: 'manifest.json', cache: 'no-cache' }]);
    expect(again.files.get('b.bin')!.byteLength).toBe(500);
  });

  it('refuses one wrong byte, and passes by the HTTP cache on the next try', async () => {
    const store = createModelStore(server());
    const good = files.get('a.bin')!;
    const bad = good.slice();
    bad[500]! ^= 1;
    files.set('a.bin', bad);
    await expect(store.fetchModel(MODEL_URL, () => undefined)).rejects.toMatchObject({ code: 'model-corrupt' });
    files.set('a.bin', good);
    requests = [];
    await store.fetchModel(MODEL_URL, () => undefined);
    expect(requests).toContainEqual({ name: 'a.bin', cache: 'reload' });
    expect(requests).toContainEqual({ name: 'manifest.json', cache: 'reload' });
    expect(requests.every(({ name, cache }) => name === 'a.bin' || name === 'manifest.json' || cache === 'default')).toBe(true);
  });

  it.each([
    ['truncated', 999],
    ['longer', 1001],
    ['empty', 0],
  ])('refuses a file that is %s', async (_, length) => {
    files.set('a.bin', new Uint8Array(length).fill(1));
    await expect(createModelStore(server()).fetchModel(MODEL_URL, () => undefined)).rejects.toMatchObject({
      code: 'model-corrupt',
    });
  });

  it('says "download failed" for a missing file, a missing manifest and a network error', async () => {
    const failed = { code: 'model-download-failed' };
    files.delete('a.bin');
    await expect(createModelStore(server()).fetchModel(MODEL_URL, () => undefined)).rejects.toMatchObject(failed);
    files.delete('manifest.json');
    await expect(createModelStore(server()).fetchModel(MODEL_URL, () => undefined)).rejects.toMatchObject(failed);
    const offline: DownloadWorld = { stallMs: 1000, fetch: () => Promise.reject(new TypeError('Failed to fetch')) };
    await expect(createModelStore(offline).fetchModel(MODEL_URL, () => undefined)).rejects.toMatchObject(failed);
  });

  it('gives up a connection that brings no more bytes', async () => {
    const world = server();
    const stalling: DownloadWorld = {
      stallMs: 30,
      fetch: (url, init) => {
        if (!url.endsWith('a.bin')) return world.fetch(url, init);
        const body = new ReadableStream<Uint8Array>({
          start(controller) {
            controller.enqueue(new Uint8Array(10));
            init.signal?.addEventListener('abort', () => controller.error(new Error('aborted')));
          },
        });
        return Promise.resolve(new Response(body));
      },
    };
    await expect(createModelStore(stalling).fetchModel(MODEL_URL, () => undefined)).rejects.toMatchObject({
      code: 'model-download-failed',
      detail: expect.stringContaining('stalled') as string,
    });
  });

  it.each([
    ['not JSON', '<!doctype html>'],
    ['another format', JSON.stringify({ ...realManifest, format: 'x' })],
    ['another network', JSON.stringify({ ...realManifest, parameters: 1 })],
    ['a threshold of 1', JSON.stringify({ ...realManifest, threshold: 1 })],
    ['a falling calibration', JSON.stringify({ ...realManifest, calibration: { slope: -1, offset: 0 } })],
    [
      'a standard deviation of 0',
      JSON.stringify({ ...realManifest, input: { side: 128, channels: 3, mean: [0, 0, 0], std: [1, 0, 1] } }),
    ],
    [
      'a path out of the folder',
      JSON.stringify({ ...realManifest, files: [{ path: '../x', sizeBytes: 1, sha256: 'a'.repeat(64) }] }),
    ],
    ['a hash that is none', JSON.stringify({ ...realManifest, files: [{ path: 'x', sizeBytes: 1, sha256: 'abc' }] })],
  ])('refuses a manifest with %s', async (_, text) => {
    files.set('manifest.json', new TextEncoder().encode(text));
    await expect(createModelStore(server()).fetchModel(MODEL_URL, () => undefined)).rejects.toMatchObject({
      code: 'model-invalid',
    });
  });
});

/** A shelf in memory; `room` is how many files it takes before it is full. */
function memoryShelf(room = Infinity) {
  const files = new Map<string, ArrayBuffer>();
  const shelf: WeightsShelf = {
    read: (sha256) => Promise.resolve(files.get(sha256)?.slice(0) ?? null),
    write: (sha256, bytes) => {
      if (!files.has(sha256) && files.size >= world.room) return Promise.reject(new LensError('storage-full', 'test'));
      files.set(sha256, bytes.slice(0));
      return Promise.resolve();
    },
    remove: (sha256) => {
      files.delete(sha256);
      return Promise.resolve();
    },
    list: () => Promise.resolve([...files.keys()]),
  };
  const world = { room, files, shelf };
  return world;
}

describe('the shelf', () => {
  const hashOf = (name: string): string => sha256(files.get(name)!);

  it('keeps every file, and a new start asks the network for the manifest alone', async () => {
    const { shelf, files: kept } = memoryShelf();
    const store = createModelStore(server(), shelf);
    await store.fetchModel(MODEL_URL, () => undefined);
    await store.keepModel();
    expect([...kept.keys()].sort()).toEqual(['model.json', 'a.bin', 'b.bin'].map(hashOf).sort());
    requests = [];
    const told: [number, number][] = [];
    const model = await createModelStore(server(), shelf).fetchModel(MODEL_URL, (...bytes) => told.push(bytes));
    expect(requests.map(({ name }) => name)).toEqual(['manifest.json']);
    expect(new Uint8Array(model.files.get('a.bin')!)).toEqual(files.get('a.bin'));
    expect(told.at(-1)).toEqual([1502, 1502]);
  });

  it('goes on where a download broke off', async () => {
    const { shelf } = memoryShelf();
    const whole = server();
    const breaking: DownloadWorld = {
      ...whole,
      fetch: (url, init) => (url.endsWith('b.bin') ? Promise.reject(new TypeError('gone')) : whole.fetch(url, init)),
    };
    await expect(createModelStore(breaking, shelf).fetchModel(MODEL_URL, () => undefined)).rejects.toMatchObject({
      code: 'model-download-failed',
    });
    requests = [];
    await createModelStore(whole, shelf).fetchModel(MODEL_URL, () => undefined);
    expect(requests.map(({ name }) => name)).toEqual(['manifest.json', 'b.bin']);
  });

  it.each([
    ['changed', new Uint8Array(1000).fill(9)],
    ['cut', new Uint8Array(10).fill(1)],
  ])('downloads again what was %s on the disk', async (_, damaged) => {
    const { shelf, files: kept } = memoryShelf();
    const first = createModelStore(server(), shelf);
    await first.fetchModel(MODEL_URL, () => undefined);
    await first.keepModel();
    kept.set(hashOf('a.bin'), damaged.buffer);
    requests = [];
    const second = createModelStore(server(), shelf);
    const model = await second.fetchModel(MODEL_URL, () => undefined);
    await second.keepModel();
    expect(requests.map(({ name }) => name)).toEqual(['manifest.json', 'a.bin']);
    expect(new Uint8Array(model.files.get('a.bin')!)).toEqual(files.get('a.bin'));
    expect(new Uint8Array(kept.get(hashOf('a.bin'))!)).toEqual(files.get('a.bin'));
  });

  it('removes an old model only when the new one is complete', async () => {
    const { shelf, files: kept } = memoryShelf();
    const old = createModelStore(server(), shelf);
    await old.fetchModel(MODEL_URL, () => undefined);
    await old.keepModel();
    const oldHash = hashOf('a.bin');
    files.set('a.bin', new Uint8Array(1000).fill(7));
    writeManifest();
    const store = createModelStore(server(), shelf);
    await store.fetchModel(MODEL_URL, () => undefined);
    expect(kept.has(oldHash)).toBe(true);
    await store.keepModel();
    expect(kept.has(oldHash)).toBe(false);
    expect(kept.has(hashOf('a.bin'))).toBe(true);
  });

  it('says that it is full, gives the model all the same, and keeps it once there is room', async () => {
    const shelfWorld = memoryShelf(1);
    const store = createModelStore(server(), shelfWorld.shelf);
    const model = await store.fetchModel(MODEL_URL, () => undefined);
    expect(model.files.size).toBe(3);
    await expect(store.keepModel()).rejects.toMatchObject({ code: 'storage-full' });
    shelfWorld.room = 3;
    await store.keepModel();
    expect(shelfWorld.files.size).toBe(3);
  });
});
