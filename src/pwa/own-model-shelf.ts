/** Models of the person's own that they asked to keep, in IndexedDB: the files as they were dropped, and what is set for them. */
import { openDB, type DBSchema, type IDBPDatabase, type IDBPTransaction } from 'idb';
import { LensError } from '../domain/errors';
import type { ModelFile } from '../domain/own-model';
import type { KeptModel } from '../domain/own-settings';

export const OWN_MODELS_DATABASE = 'lesion-lens-models';

/** All reject with a LensError: `own-model-keep-full`, `own-model-keep-failed`. */
export interface OwnModelShelf {
  /** By name. */
  readonly list: () => Promise<readonly KeptModel[]>;
  /** @throws LensError also where there is none of that name. */
  readonly read: (name: string) => Promise<readonly ModelFile[]>;
  /** In the place of one of that name. */
  readonly put: (model: KeptModel, files: readonly ModelFile[]) => Promise<void>;
  /** Its settings alone. */
  readonly change: (model: KeptModel) => Promise<void>;
  readonly rename: (name: string, to: string) => Promise<void>;
  readonly remove: (name: string) => Promise<void>;
}

interface StoredFile {
  readonly name: string;
  /** Plain bytes: private windows of some browsers cannot store blobs. */
  readonly bytes: ArrayBuffer;
}

interface Schema extends DBSchema {
  models: { key: string; value: KeptModel };
  files: { key: string; value: readonly StoredFile[] };
}

type Writing = IDBPTransaction<Schema, ('models' | 'files')[], 'readwrite'>;

export function createOwnModelShelf(): OwnModelShelf {
  let opened: Promise<IDBPDatabase<Schema>> | null = null;

  function open(): Promise<IDBPDatabase<Schema>> {
    opened ??= openDB<Schema>(OWN_MODELS_DATABASE, 1, {
      upgrade(database) {
        database.createObjectStore('models');
        database.createObjectStore('files');
      },
      // Another tab removes it, or a newer version wants it.
      blocking(_current, _blocked, event) {
        (event.target as IDBDatabase).close();
        opened = null;
      },
    }).catch((error: unknown) => {
      opened = null;
      throw error;
    });
    return opened;
  }

  /** So that looking makes none. Browsers without `databases()` do not tell. */
  async function isThere(): Promise<boolean> {
    if (opened !== null || !('databases' in indexedDB)) return true;
    return (await indexedDB.databases()).some(({ name }) => name === OWN_MODELS_DATABASE);
  }

  /** All of it or nothing. */
  async function write(work: (transaction: Writing) => Promise<unknown>): Promise<void> {
    const transaction = (await open()).transaction(['models', 'files'], 'readwrite');
    try {
      await work(transaction);
    } catch (error) {
      const done = transaction.done.catch(() => undefined);
      try {
        transaction.abort();
      } catch {
        // It has aborted by itself.
      }
      await done;
      // A put may fail without a reason of its own where the transaction has one, such as a full disk.
      throw error instanceof Error && error.name === 'AbortError' ? (transaction.error ?? error) : error;
    }
    await transaction.done;
  }

  return {
    list: () => guarded(async () => ((await isThere()) ? (await open()).getAll('models') : [])),
    read: (name) =>
      guarded(async () => {
        const files = await (await open()).get('files', name);
        if (files === undefined) throw new LensError('own-model-keep-failed', name);
        return files.map(({ name: file, bytes }) => ({ name: file, blob: new Blob([bytes]) }));
      }),
    put: (model, files) =>
      guarded(async () => {
        // Before the transaction, which would not wait for it.
        const stored = await Promise.all(files.map(async ({ name, blob }) => ({ name, bytes: await blob.arrayBuffer() })));
        await write(async (t) => {
          await t.objectStore('files').put(stored, model.name);
          await t.objectStore('models').put(model, model.name);
        });
      }),
    change: (model) => guarded(() => write((t) => t.objectStore('models').put(model, model.name))),
    rename: (name, to) =>
      guarded(() =>
        write(async (t) => {
          const [models, files] = [t.objectStore('models'), t.objectStore('files')];
          const [model, stored] = await Promise.all([models.get(name), files.get(name)]);
          if (model === undefined || stored === undefined) throw new LensError('own-model-keep-failed', name);
          await files.put(stored, to);
          await models.put({ ...model, name: to }, to);
          await Promise.all([models.delete(name), files.delete(name)]);
        }),
      ),
    remove: (name) =>
      guarded(() => write((t) => Promise.all([t.objectStore('models').delete(name), t.objectStore('files').delete(name)]))),
  };
}

async function guarded<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof LensError) throw error;
    const name = error instanceof Error ? error.name : String(error);
    throw new LensError(name === 'QuotaExceededError' ? 'own-model-keep-full' : 'own-model-keep-failed', name);
  }
}
