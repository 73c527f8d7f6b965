/** What the app keeps on the device, and its removal. */
import { WEIGHTS_CACHE, type StoredFacts, type StoredItem, type StoredKind } from '../domain/stored';
import { ENGINE_TIMES_KEY } from './engine-times-shelf';
import { PREFERENCES_KEY } from './preference-shelf';
import { SHARED_CACHE } from './shared-files';

export interface StoredData {
  /** Never rejects: what cannot be read is left out. */
  describe(): Promise<StoredFacts>;
  /** Removes every cache, database and setting, and the service worker. @returns names of what would not go. */
  clear(): Promise<readonly string[]>;
}

/** In the local storage. */
const RECORDS: readonly (readonly [StoredKind, string])[] = [
  ['preferences', PREFERENCES_KEY],
  ['engine-times', ENGINE_TIMES_KEY],
];

function kindOfCache(name: string): StoredKind {
  if (name === WEIGHTS_CACHE) return 'model';
  return name === SHARED_CACHE ? 'shared-photos' : 'app';
}

async function describeCache(name: string): Promise<StoredItem> {
  const cache = await caches.open(name);
  let bytes = 0;
  const keys = await cache.keys();
  // A blob of the disk: its size is known without reading it.
  for (const key of keys) bytes += (await (await cache.match(key))?.blob())?.size ?? 0;
  return { kind: kindOfCache(name), name, files: keys.length, bytes };
}

/** Browsers without `databases()` tell none; `clear` removes the known ones all the same. */
async function databaseNames(known: readonly string[]): Promise<readonly string[]> {
  if (!('indexedDB' in globalThis)) return [];
  if (!('databases' in indexedDB)) return known;
  return (await indexedDB.databases()).flatMap(({ name }) => (name === undefined ? [] : [name]));
}

function deleteDatabase(name: string): Promise<boolean> {
  return new Promise((resolve) => {
    const request = indexedDB.deleteDatabase(name);
    request.onsuccess = () => resolve(true);
    request.onerror = () => resolve(false);
    // Another tab has it open; it is deleted as soon as that lets go.
    request.onblocked = () => resolve(false);
  });
}

/** What a browser lacks, refuses or fails at gives the fallback. */
async function orElse<T>(ask: () => Promise<T> | undefined, fallback: T): Promise<T> {
  try {
    return (await ask()) ?? fallback;
  } catch {
    return fallback;
  }
}

/** @param databases - Names of the app's own databases. */
export function createStoredData(databases: readonly string[]): StoredData {
  // Insecure contexts and private windows have neither.
  const { storage, serviceWorker } = navigator as Partial<Pick<Navigator, 'storage' | 'serviceWorker'>>;
  const cacheNames = (): Promise<readonly string[]> => orElse<readonly string[]>(() => caches.keys(), []);
  return {
    async describe() {
      const items: StoredItem[] = [];
      for (const name of await cacheNames()) {
        const item = await orElse<StoredItem | null>(() => describeCache(name), null);
        if (item !== null) items.push(item);
      }
      for (const name of await orElse(() => databaseNames(databases), [])) {
        items.push({ kind: 'database', name, files: null, bytes: null });
      }
      for (const [kind, name] of RECORDS) {
        const record = await orElse<string | null>(() => Promise.resolve(localStorage.getItem(name)), null);
        if (record !== null) items.push({ kind, name, files: null, bytes: new Blob([record]).size });
      }
      const estimate = await orElse<StorageEstimate>(() => storage?.estimate(), {});
      const isPersistent = await orElse<boolean | null>(() => storage?.persisted(), null);
      return { items, usageBytes: estimate.usage ?? null, quotaBytes: estimate.quota ?? null, isPersistent };
    },
    async clear() {
      const left: string[] = [];
      for (const registration of await orElse<readonly ServiceWorkerRegistration[]>(
        () => serviceWorker?.getRegistrations(),
        [],
      )) {
        if (!(await orElse(() => registration.unregister(), false))) left.push('service worker');
      }
      for (const name of await cacheNames()) if (!(await orElse(() => caches.delete(name), false))) left.push(name);
      for (const name of await orElse(() => databaseNames(databases), [])) if (!(await deleteDatabase(name))) left.push(name);
      try {
        localStorage.clear();
        sessionStorage.clear();
      } catch {
        // Blocked, hence empty.
      }
      return left;
    },
  };
}
