/** A model's files on the device's shelf: laid down as they come, taken back only whole. */
import { LensError } from '../domain/errors';
import type { ManifestFile } from '../domain/manifest';
import { sha256Hex } from '../domain/sha256';
import type { WeightsShelf } from './weights-shelf';

export class ShelfCopies {
  readonly #shelf: WeightsShelf;
  /** By SHA-256: copies to the shelf, done or under way. They never reject. */
  readonly #copies = new Map<string, Promise<LensError | null>>();

  constructor(shelf: WeightsShelf) {
    this.#shelf = shelf;
  }

  /** Never rejects. @returns null when it lies there, else why not. */
  make(sha256: string, bytes: ArrayBuffer): Promise<LensError | null> {
    const copy = this.#shelf.write(sha256, bytes).then(
      () => null,
      (error: unknown) => (error instanceof LensError ? error : new LensError('storage-blocked', String(error))),
    );
    this.#copies.set(sha256, copy);
    return copy;
  }

  /** The file if it is there and whole, else null; a damaged copy is thrown away. */
  async take({ sha256, sizeBytes }: ManifestFile): Promise<ArrayBuffer | null> {
    const bytes = await this.#shelf.read(sha256);
    if (bytes === null) return null;
    if (bytes.byteLength !== sizeBytes || (await sha256Hex(bytes)) !== sha256) {
      await this.#shelf.remove(sha256);
      return null;
    }
    this.#copies.set(sha256, Promise.resolve(null));
    return bytes;
  }

  /** Waits until all of these lie there. @throws LensError of the first that cannot be laid down. */
  async complete(files: ReadonlyMap<string, ArrayBuffer>): Promise<void> {
    for (const [sha256, bytes] of files) {
      if ((await this.#copies.get(sha256)) === null) continue;
      // It failed before; the person may have made room.
      const error = await this.make(sha256, bytes);
      if (error !== null) throw error;
    }
  }
}
