/** HDF5 files by h5wasm, the HDF5 library itself, read and written; its code is loaded when the first file comes. */
import type { Attribute, Dataset, File as H5File, Group } from 'h5wasm';
import { toEngineError } from '../engine-error';
import { halvesToFloats } from '../halves';
import { ownModelError } from './own-error';

type H5 = typeof import('h5wasm');

export interface H5Values {
  readonly shape: readonly number[];
  /** Of whatever kind of number they are stored as. */
  values(): Float32Array<ArrayBuffer>;
}

export interface H5Folder {
  /** A text or a list of texts; null: there is none of that name. */
  attribute(name: string): unknown;
  readonly names: readonly string[];
  /** By path within this one; null: there is none. */
  folder(path: string): H5Folder | null;
  values(path: string): H5Values | null;
}

const SIGNATURE = [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a];

/** Whether bytes begin as HDF5 does. @param head - the first 8 bytes or more. */
export function isHdf5(head: Uint8Array): boolean {
  return SIGNATURE.every((byte, i) => head[i] === byte);
}

/** In the library's file system, or in Node's own, where several may be at it. */
function temporaryPath(): string {
  return `/tmp/model-${Math.random().toString(36).slice(2)}.h5`;
}

/** Fetches the library's code, so that it comes while the file is being read; `withHdf5` says what went wrong. */
export function prepareHdf5(): void {
  loadLibrary().catch(() => undefined);
}

/**
 * @param bytes - of the file; not changed, and not copied.
 * @param read - what is made of the file, which is closed afterwards: values that are needed later are taken in it.
 * @throws LensError `own-model-truncated`, `own-model-damaged`, `own-model-reader-missing`, and whatever `read` throws.
 */
export async function withHdf5<T>(bytes: Uint8Array, read: (root: H5Folder) => T): Promise<T> {
  const h5 = await loadLibrary();
  const { FS } = await h5.ready;
  const path = temporaryPath();
  // In the library's file system that is made of memory. Its other one, which asks the blob for each part, takes four times
  // as long for 67 MB (measured in Chromium).
  FS.writeFile(path, bytes, { canOwn: true } as Parameters<typeof FS.writeFile>[2]);
  try {
    return readFile(h5, openFile(h5, path), read);
  } finally {
    FS.unlink(path);
  }
}

/** What a group or a file being written takes. */
export interface H5Target {
  /** A text, or a list of texts. */
  attribute(name: string, value: string | readonly string[]): void;
  /** Makes the group. */
  folder(name: string): H5Target;
  /** float32, uncompressed. @param shape - its product is the number of values. */
  values(name: string, shape: readonly number[], values: Float32Array): void;
}

/**
 * A new HDF5 file. Its bytes lie in memory twice for a moment.
 * @param write - what goes into it.
 * @throws LensError `own-model-reader-missing`, `out-of-memory`, and whatever `write` throws.
 */
export async function makeHdf5(write: (root: H5Target) => void): Promise<Uint8Array<ArrayBuffer>> {
  const h5 = await loadLibrary();
  const { FS } = await h5.ready;
  const path = temporaryPath();
  try {
    const file = new h5.File(path, 'w');
    try {
      write(targetOf(file));
    } finally {
      file.close();
    }
    return FS.readFile(path) as Uint8Array<ArrayBuffer>;
  } finally {
    if (FS.analyzePath(path).exists) FS.unlink(path);
  }
}

function targetOf(group: Group): H5Target {
  return {
    attribute(name, value) {
      if (typeof value === 'string') group.create_attribute(name, value);
      // Of no texts nobody can say how long they are; h5py writes an empty list of numbers too.
      else if (value.length === 0) group.create_attribute(name, new Float64Array(0), [0]);
      else group.create_attribute(name, [...value], [value.length]);
    },
    folder: (name) => targetOf(group.create_group(name)),
    values: (name, shape, data) => void group.create_dataset({ name, data, shape: [...shape] }),
  };
}

function openFile(h5: H5, path: string): H5File {
  try {
    return new h5.File(path, 'r');
  } catch (error) {
    throw whyNotOpened(error);
  }
}

function readFile<T>(h5: H5, file: H5File, read: (root: H5Folder) => T): T {
  try {
    return read(folderOf(h5, file));
  } catch (error) {
    const known = toEngineError(error);
    throw known.code === 'unexpected' ? ownModelError('own-model-damaged', firstLine(known.detail)) : known;
  } finally {
    file.close();
  }
}

async function loadLibrary(): Promise<H5> {
  try {
    const h5 = await import('h5wasm');
    const module = await h5.ready;
    // Else it prints its errors and answers with nothing.
    module.activate_throwing_error_handler();
    return h5;
  } catch (error) {
    throw ownModelError('own-model-reader-missing', error instanceof Error ? error.message : String(error));
  }
}

function whyNotOpened(error: unknown): Error {
  const known = toEngineError(error);
  if (known.code !== 'unexpected') return known;
  const isCut = /truncated|eof|unable to read superblock/i.test(known.detail);
  return ownModelError(isCut ? 'own-model-truncated' : 'own-model-damaged', firstLine(known.detail));
}

function firstLine(text: string): string {
  return text.split('\n')[0]!;
}

function folderOf(h5: H5, group: Group): H5Folder {
  const names = group.keys();
  const find = (path: string): unknown => {
    let at: unknown = group;
    for (const name of path.split('/').filter(Boolean)) {
      if (!(at instanceof h5.Group)) return null;
      const keys = at === group ? names : at.keys();
      if (!keys.includes(name)) return null;
      at = at.get(name);
    }
    return at;
  };
  return {
    names,
    attribute(name) {
      const attributes = group.attrs as Readonly<Record<string, Attribute | undefined>>;
      return attributes[name]?.value ?? null;
    },
    folder(path) {
      const found = find(path);
      return found instanceof h5.Group ? folderOf(h5, found) : null;
    },
    values(path) {
      const found = find(path);
      return found instanceof h5.Dataset ? valuesOf(h5, found) : null;
    },
  };
}

function valuesOf(h5: H5, dataset: Dataset): H5Values {
  return { shape: dataset.shape ?? [], values: () => toFloats(isHalf(dataset) ? readHalves(h5, dataset) : dataset.value) };
}

function isHalf({ metadata }: Dataset): boolean {
  return metadata.type === 1 && metadata.size === 2;
}

/** h5wasm knows no float16: its bytes are read instead. */
function readHalves(h5: H5, dataset: Dataset): Float32Array {
  const module = h5.Module as unknown as {
    readonly HEAPU8: Uint8Array;
    _malloc(bytes: number): number;
    _free(at: number): void;
    get_dataset_data(file: bigint, path: string, count: null, offset: null, strides: null, at: bigint): unknown;
  };
  const bytes = dataset.metadata.total_size * 2;
  const at = module._malloc(bytes);
  try {
    module.get_dataset_data(dataset.file_id, dataset.path, null, null, null, BigInt(at));
    return halvesToFloats(module.HEAPU8.slice(at, at + bytes));
  } finally {
    module._free(at);
  }
}

function toFloats(value: unknown): Float32Array<ArrayBuffer> {
  if (value instanceof Float32Array) return value as Float32Array<ArrayBuffer>;
  if (value instanceof BigInt64Array || value instanceof BigUint64Array) return Float32Array.from(value, Number);
  if (ArrayBuffer.isView(value)) return Float32Array.from(value as unknown as ArrayLike<number>);
  if (typeof value === 'number' || typeof value === 'bigint') return Float32Array.of(Number(value));
  throw ownModelError('own-model-damaged', 'weights that are not numbers');
}
