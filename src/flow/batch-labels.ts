import type { BatchEntry } from '../domain/batch-view';
import { LensError, type ErrorCode } from '../domain/errors';
import { labelsFromFolders, type ClassLookUp, type LabelLookUp } from '../domain/label-look-up';

interface KnownTable {
  readonly labelOf: LabelLookUp;
  readonly classOf: ClassLookUp;
  readonly pictures: number;
}

/** Inside the chosen folder; the name alone where there is none. */
export function pathOf(file: File): string {
  // Not every browser has it.
  const { webkitRelativePath: path = '' } = file as Partial<Pick<File, 'webkitRelativePath'>>;
  return path === '' ? file.name : path;
}

/** A table that is meant to be labels: one that cannot be read is an error, not just another file. */
export function isNamedLabels(file: File): boolean {
  return /(^|[-_ ])labels?\.csv$/i.test(file.name);
}

/** Which pictures of a batch are known to be benign or malignant: from tables, else from folders named so. */
export class BatchLabels {
  /** By their path, the latest last. */
  readonly #tables = new Map<string, KnownTable>();

  /** Of pictures that the tables name. */
  get pictures(): number {
    return [...this.#tables.values()].reduce((sum, { pictures }) => sum + pictures, 0);
  }

  /**
   * A table of the same path takes the place of the one before.
   * @throws LensError `file-unreadable`, `app-part-missing`, or `labels-unreadable` where it is no such table.
   */
  async read(file: File): Promise<void> {
    const bytes = await orThrow('file-unreadable', async () => new Uint8Array(await file.arrayBuffer()));
    const readLabelFile = await orThrow('app-part-missing', async () => (await import('../domain/labels')).readLabelFile);
    const path = pathOf(file);
    const table = await orThrow('labels-unreadable', () => readLabelFile(bytes, path.split('/').at(-2) ?? ''));
    this.#tables.delete(path);
    this.#tables.set(path, { ...table, labelOf: lookUpIn(path, table.labelOf), classOf: lookUpIn(path, table.classOf) });
  }

  /** The latest table that knows a picture says it; where none does, its folder's name, which says no class. */
  of(path: string): Pick<BatchEntry, 'label' | 'labelClass'> {
    for (const { labelOf, classOf } of [...this.#tables.values()].reverse()) {
      const label = labelOf(path);
      if (label !== undefined) return { label, labelClass: classOf(path) ?? null };
    }
    return { label: labelsFromFolders(path), labelClass: null };
  }

  clear(): void {
    this.#tables.clear();
  }
}

/** @throws LensError with that code, whatever the work throws. */
export async function orThrow<T>(code: ErrorCode, work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw new LensError(code, describe(error));
  }
}

/** Of a file that cannot be opened the system's message may name the file; the error's name does not. */
function describe(error: unknown): string {
  if (error instanceof DOMException) return error.name;
  return error instanceof Error ? error.message : String(error);
}

/** What a table in a chosen folder says is about that folder: it labels no picture of the same name in another one. */
function lookUpIn<T>(tablePath: string, find: (path: string) => T | undefined): (path: string) => T | undefined {
  const parts = tablePath.split('/');
  const top = `${parts[0]!}/`;
  const folder = parts
    .slice(0, -1)
    .map((part) => `${part}/`)
    .join('');
  return (path) => {
    if (folder !== '' && path.includes('/') && !path.startsWith(top)) return undefined;
    return find(path.startsWith(folder) ? path.slice(folder.length) : path);
  };
}
