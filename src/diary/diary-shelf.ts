/** The diary in IndexedDB: entries and, beside them, their pictures. */
import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import { compareEntries, type DiaryEntry, type DiaryItem, type DiaryPictures } from '../domain/diary';
import { readDiaryRecord, writeDiaryRecord } from '../domain/diary-record';
import { LensError } from '../domain/errors';

export const DIARY_DATABASE = 'lesion-lens-diary';
const DATABASE_VERSION = 1;
const CHANNEL = 'lesion-lens-diary';
/** Some browsers never answer where storage is blocked. */
const OPEN_TIMEOUT_MS = 10_000;

export interface DiaryContent {
  /** Oldest first. */
  readonly entries: readonly DiaryEntry[];
  /** Keys of records that cannot be read; they stay where they are. */
  readonly damaged: readonly string[];
  /** Keys of records that a newer version of the app wrote; they stay as they are. */
  readonly newer: readonly string[];
}

/** How much is kept. */
export interface DiarySize {
  /** Those that cannot be read, or that a newer version wrote, included. */
  readonly entries: number;
  /** Of pictures and words; the browser needs a little more. */
  readonly bytes: number;
}

/** What of the browser's storage the person should know. null: the browser does not say. */
export interface DiaryStorage {
  readonly usageBytes: number | null;
  readonly quotaBytes: number | null;
  /** Whether the browser promised not to remove it by itself. */
  readonly isPersistent: boolean | null;
}

/**
 * Each change is one transaction: all of it happens or nothing. All reject with a LensError: `diary-unavailable`,
 * `diary-full`, `diary-other-tab`, `diary-newer`, `diary-failed`.
 */
export interface DiaryShelf {
  readonly list: () => Promise<DiaryContent>;
  /** Reads all that is kept: takes its time. */
  readonly measure: () => Promise<DiarySize>;
  /** @throws LensError also `diary-entry-missing`, `diary-entry-damaged`. */
  readonly readPictures: (id: string) => Promise<DiaryPictures>;
  /**
   * @param replaced - Ids among the items' that may be there already, for instance damaged.
   * @throws LensError also `diary-failed` where another id is taken, `diary-entry-newer` where one belongs to a newer record.
   */
  readonly add: (items: readonly DiaryItem[], replaced?: readonly string[]) => Promise<void>;
  /** @throws LensError also `diary-entry-missing`, `diary-entry-newer`. */
  readonly replace: (entry: DiaryEntry) => Promise<void>;
  readonly remove: (ids: readonly string[]) => Promise<void>;
  /** Calls back when another tab changed the diary. */
  readonly onForeignChange: (listener: () => void) => void;
  readonly describeStorage: () => Promise<DiaryStorage>;
  /** Asks the browser to keep the data when space runs short. @returns null where it cannot be asked. */
  readonly askToPersist: () => Promise<boolean | null>;
}

interface Schema extends DBSchema {
  entries: { key: string; value: unknown };
  pictures: { key: string; value: unknown };
}
type Database = IDBPDatabase<Schema>;

/** @param openTimeoutMs - A test's own. */
export function createDiaryShelf(openTimeoutMs = OPEN_TIMEOUT_MS): DiaryShelf {
  let opened: Promise<Database> | null = null;
  const channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel(CHANNEL);

  function open(): Promise<Database> {
    opened ??= openDatabase(openTimeoutMs, () => {
      opened = null;
    }).catch((error: unknown) => {
      // The next attempt opens anew.
      opened = null;
      throw error;
    });
    return opened;
  }

  async function change(work: (stores: Stores) => Promise<void>): Promise<void> {
    await guarded(async () => transact(await open(), work));
    channel?.postMessage('changed');
  }

  return {
    list: () => guarded(async () => listContent(await open())),
    measure: () => guarded(async () => measureContent(await open())),
    readPictures: (id) =>
      guarded(async () => {
        const value = await (await open()).get('pictures', id);
        if (value === undefined) throw new LensError('diary-entry-missing');
        const pictures = asPictures(value);
        if (pictures === null) throw new LensError('diary-entry-damaged');
        return pictures;
      }),
    add: (items, replaced = []) =>
      change(async ({ entries, pictures }) => {
        for (const { entry, pictures: files } of items) {
          const before = await entries.get(entry.id);
          refuseNewer(before);
          if (before !== undefined && !replaced.includes(entry.id)) throw new LensError('diary-failed', 'id taken');
          // Plain buffers: private windows of some browsers cannot store blobs.
          await entries.put(writeDiaryRecord(entry), entry.id);
          await pictures.put({ input: files.input, view: files.view }, entry.id);
        }
      }),
    replace: (entry) =>
      change(async ({ entries }) => {
        const before = await entries.get(entry.id);
        if (before === undefined) throw new LensError('diary-entry-missing');
        refuseNewer(before);
        await entries.put(writeDiaryRecord(entry), entry.id);
      }),
    remove: (ids) =>
      change(async ({ entries, pictures }) => {
        await Promise.all(ids.flatMap((id) => [entries.delete(id), pictures.delete(id)]));
      }),
    onForeignChange(listener) {
      channel?.addEventListener('message', listener);
    },
    async describeStorage() {
      const storage = storageManager();
      const estimate = await orNull(() => storage?.estimate?.());
      return {
        usageBytes: estimate?.usage ?? null,
        quotaBytes: estimate?.quota ?? null,
        isPersistent: await orNull(() => storage?.persisted?.()),
      };
    },
    askToPersist: () => orNull(() => storageManager()?.persist?.()),
  };
}

type Stores = Readonly<Record<'entries' | 'pictures', Store>>;
interface Store {
  get(key: string): Promise<unknown>;
  put(value: unknown, key: string): Promise<unknown>;
  delete(key: string): Promise<void>;
}

/** One transaction over both stores. What fails in it is undone by the browser. */
async function transact(database: Database, work: (stores: Stores) => Promise<void>): Promise<void> {
  const transaction = database.transaction(['entries', 'pictures'], 'readwrite');
  const stores = { entries: transaction.objectStore('entries'), pictures: transaction.objectStore('pictures') };
  // Also where the work fails first, or its rejection would go unheard.
  const done = transaction.done.then(
    () => null,
    (error: unknown) => ({ error }),
  );
  try {
    await work(stores);
  } catch (error) {
    try {
      transaction.abort();
    } catch {
      // It has aborted by itself.
    }
    await done;
    // A put may fail without a reason of its own where the transaction has one, such as a full disk.
    throw error instanceof Error && error.name === 'AbortError' ? (transaction.error ?? error) : error;
  }
  const failure = await done;
  if (failure !== null) throw failure.error;
}

async function listContent(database: Database): Promise<DiaryContent> {
  const transaction = database.transaction('entries');
  const [keys, values] = await Promise.all([transaction.store.getAllKeys(), transaction.store.getAll()]);
  const entries: DiaryEntry[] = [];
  const damaged: string[] = [];
  const newer: string[] = [];
  keys.forEach((key, i) => {
    const record = readDiaryRecord(values[i]);
    if (record.kind === 'entry' && record.entry.id === key) entries.push(record.entry);
    else (record.kind === 'newer' ? newer : damaged).push(key);
  });
  return { entries: entries.sort(compareEntries), damaged, newer };
}

async function measureContent(database: Database): Promise<DiarySize> {
  const transaction = database.transaction(['entries', 'pictures']);
  let entries = 0;
  let bytes = 0;
  // One by one: all pictures at once could be hundreds of megabytes.
  for await (const { value } of transaction.objectStore('entries')) {
    entries += 1;
    bytes += new TextEncoder().encode(JSON.stringify(value)).length;
  }
  for await (const { value } of transaction.objectStore('pictures')) {
    const pictures = asPictures(value);
    if (pictures !== null) bytes += pictures.input.length + pictures.view.length;
  }
  return { entries, bytes };
}

/** Another tab may have got the newer version of the app meanwhile. */
function refuseNewer(record: unknown): void {
  if (readDiaryRecord(record).kind === 'newer') throw new LensError('diary-entry-newer');
}

/** @param onGone - Called when the connection is lost or was given up. */
function openDatabase(timeoutMs: number, onGone: () => void): Promise<Database> {
  if ((globalThis as { indexedDB?: IDBFactory }).indexedDB === undefined) {
    return Promise.reject(new LensError('diary-unavailable', 'no indexedDB'));
  }
  return new Promise((resolve, reject) => {
    let isGivenUp = false;
    const giveUp = (code: 'diary-other-tab' | 'diary-unavailable', detail: string): void => {
      isGivenUp = true;
      reject(new LensError(code, detail));
    };
    const timer = setTimeout(() => giveUp('diary-unavailable', 'no answer'), timeoutMs);
    // Some browsers refuse by throwing at once, not by an answer.
    const opening = async (): Promise<Database> =>
      openDB<Schema>(DIARY_DATABASE, DATABASE_VERSION, {
        upgrade(database) {
          database.createObjectStore('entries');
          database.createObjectStore('pictures');
        },
        blocked: () => giveUp('diary-other-tab', ''),
        blocking(_current, _wanted, event) {
          // Another tab upgrades or removes the diary: this one lets go, and opens anew when it is needed.
          onGone();
          if (event.target instanceof IDBDatabase) event.target.close();
        },
        terminated: onGone,
      });
    opening()
      .then((database) => {
        // An answer that comes too late must not hold the database against others.
        if (isGivenUp) database.close();
        else resolve(database);
      })
      .catch((error: unknown) => reject(asLensError(error, 'diary-unavailable')))
      .finally(() => clearTimeout(timer));
  });
}

async function guarded<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw asLensError(error, 'diary-failed');
  }
}

/** The names are those of the IndexedDB standard. */
function asLensError(error: unknown, otherwise: 'diary-failed' | 'diary-unavailable'): LensError {
  if (error instanceof LensError) return error;
  const name = error instanceof Error ? error.name : String(error);
  if (name === 'QuotaExceededError') return new LensError('diary-full');
  if (name === 'VersionError') return new LensError('diary-newer');
  if (name === 'SecurityError') return new LensError('diary-unavailable', name);
  return new LensError(otherwise, name);
}

function asPictures(value: unknown): DiaryPictures | null {
  if (typeof value !== 'object' || value === null || !('input' in value) || !('view' in value)) return null;
  const { input, view } = value;
  return isBytes(input) && isBytes(view) ? { input, view } : null;
}

function isBytes(value: unknown): value is Uint8Array<ArrayBuffer> {
  return value instanceof Uint8Array && value.buffer instanceof ArrayBuffer;
}

/** Insecure contexts have none, older browsers parts of one. */
function storageManager(): Partial<StorageManager> | undefined {
  return (navigator as { storage?: Partial<StorageManager> }).storage;
}

async function orNull<T>(ask: () => Promise<T> | undefined): Promise<T | null> {
  try {
    return (await ask()) ?? null;
  } catch {
    return null;
  }
}
