/** Where a model's files stay on the device, by their SHA-256: a cache of their own beside the app's, so that an update of either leaves the other. */
import { LensError } from '../domain/errors';
import { WEIGHTS_CACHE } from '../domain/stored';

export interface WeightsShelf {
  /** null: not there. The bytes are as they lie on the disk: the caller checks them. */
  read(sha256: string): Promise<ArrayBuffer | null>;
  /** @throws LensError `storage-full` or `storage-blocked`. */
  write(sha256: string, bytes: ArrayBuffer): Promise<void>;
  remove(sha256: string): Promise<void>;
  list(): Promise<readonly string[]>;
}

/** Keys of a cache are addresses; this one is never asked for (RFC 2606 keeps `.invalid` for that). */
const KEY_PREFIX = 'https://weights.invalid/';

/** On the Cache API. Reading never fails: what cannot be read is not there. */
export function createWeightsShelf(storage: CacheStorage | undefined): WeightsShelf {
  async function open(): Promise<Cache> {
    // Undefined in insecure contexts; where storage is blocked, opening rejects.
    if (storage === undefined) throw new LensError('storage-blocked', 'no Cache API');
    return storage.open(WEIGHTS_CACHE);
  }

  return {
    async read(sha256) {
      try {
        const response = await (await open()).match(KEY_PREFIX + sha256);
        return response === undefined ? null : await response.arrayBuffer();
      } catch {
        return null;
      }
    },
    async write(sha256, bytes) {
      try {
        await (await open()).put(KEY_PREFIX + sha256, new Response(bytes));
      } catch (error) {
        if (error instanceof LensError) throw error;
        const name = error instanceof Error ? error.name : String(error);
        throw new LensError(name === 'QuotaExceededError' ? 'storage-full' : 'storage-blocked', name);
      }
    },
    async remove(sha256) {
      try {
        await (await open()).delete(KEY_PREFIX + sha256);
      } catch {
        // Nothing can be there either.
      }
    },
    async list() {
      try {
        return (await (await open()).keys()).map(({ url }) => url.slice(KEY_PREFIX.length));
      } catch {
        return [];
      }
    },
  };
}
