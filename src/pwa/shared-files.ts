/** Photos that another app shared: the service worker lays them down for the page, which takes and removes them at once. */

export const SHARED_CACHE = 'lesion-lens-shared';
/** Keys of a cache are addresses; these are never asked for. */
const KEY_PREFIX = 'https://shared.invalid/';
const NAME_HEADER = 'X-File-Name';

/** @returns false where the browser gave no room: nothing is kept then. */
export async function keepSharedFiles(storage: CacheStorage, files: readonly File[]): Promise<boolean> {
  try {
    await storage.delete(SHARED_CACHE);
    const cache = await storage.open(SHARED_CACHE);
    for (const [i, file] of files.entries()) {
      // Headers hold ASCII only.
      const headers = { 'Content-Type': file.type, [NAME_HEADER]: encodeURIComponent(file.name) };
      await cache.put(`${KEY_PREFIX}${i}`, new Response(file, { headers }));
    }
    return true;
  } catch {
    await storage.delete(SHARED_CACHE).catch(() => false);
    return false;
  }
}

/** The files that were shared last, in order; they are gone from the cache afterwards. Empty where there are none. */
export async function takeSharedFiles(storage: CacheStorage | undefined): Promise<readonly File[]> {
  if (storage === undefined) return [];
  try {
    if (!(await storage.has(SHARED_CACHE))) return [];
    const cache = await storage.open(SHARED_CACHE);
    const files: File[] = [];
    for (let i = 0, response = await cache.match(`${KEY_PREFIX}0`); response !== undefined;) {
      const blob = await response.blob();
      const name = decodeURIComponent(response.headers.get(NAME_HEADER) ?? 'shared');
      files.push(new File([blob], name, { type: blob.type }));
      i += 1;
      response = await cache.match(`${KEY_PREFIX}${i}`);
    }
    return files;
  } catch {
    return [];
  } finally {
    await storage.delete(SHARED_CACHE).catch(() => false);
  }
}
