import { expect, it } from 'vitest';
import { createWeightsShelf } from './weights-shelf';

/** What of the Cache API the shelf asks for, in memory. */
function memoryCaches(put?: () => Promise<void>): CacheStorage {
  const entries = new Map<string, ArrayBuffer>();
  const cache = {
    match: (url: string) => Promise.resolve(entries.has(url) ? new Response(entries.get(url)!.slice(0)) : undefined),
    put: put ?? (async (url: string, response: Response) => void entries.set(url, await response.arrayBuffer())),
    delete: (url: string) => Promise.resolve(entries.delete(url)),
    keys: () => Promise.resolve([...entries.keys()].map((url) => ({ url }))),
  };
  return { open: () => Promise.resolve(cache) } as unknown as CacheStorage;
}

it('gives back what was put in, lists it and removes it', async () => {
  const shelf = createWeightsShelf(memoryCaches());
  await shelf.write('aa', new Uint8Array([1, 2, 3]).buffer);
  await shelf.write('bb', new Uint8Array([4]).buffer);
  expect(new Uint8Array((await shelf.read('aa'))!)).toEqual(new Uint8Array([1, 2, 3]));
  expect(await shelf.list()).toEqual(['aa', 'bb']);
  await shelf.remove('aa');
  expect(await shelf.read('aa')).toBeNull();
  expect(await shelf.list()).toEqual(['bb']);
});

it('tells a full disk from blocked storage, and reads nothing without failing', async () => {
  const full = createWeightsShelf(memoryCaches(() => Promise.reject(new DOMException('no room', 'QuotaExceededError'))));
  await expect(full.write('aa', new ArrayBuffer(1))).rejects.toMatchObject({ code: 'storage-full' });
  const refusing = { open: () => Promise.reject(new DOMException('blocked', 'SecurityError')) } as unknown as CacheStorage;
  for (const blocked of [createWeightsShelf(refusing), createWeightsShelf(undefined)]) {
    await expect(blocked.write('aa', new ArrayBuffer(1))).rejects.toMatchObject({ code: 'storage-blocked' });
    expect(await blocked.read('aa')).toBeNull();
    expect(await blocked.list()).toEqual([]);
    await blocked.remove('aa');
  }
});
