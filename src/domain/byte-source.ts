/** A file that is read in parts, so that a large one never lies in memory whole. */
export interface ByteSource {
  readonly sizeBytes: number;
  /** Bytes from..to-1; fewer where the file ends before. */
  read(from: number, to: number): Promise<Uint8Array>;
}

/** Of bytes that are in memory; what is read are views of them. */
export function sourceOfBytes(
  bytes: Uint8Array<ArrayBuffer>,
): ByteSource & { read(from: number, to: number): Promise<Uint8Array<ArrayBuffer>> } {
  return { sizeBytes: bytes.length, read: (from, to) => Promise.resolve(bytes.subarray(from, to)) };
}

/** How much is read at once while walking. */
const WINDOW_BYTES = 64 * 1024;

/** A place in a file, moving on; reads a window at a time. */
export class ByteWalker {
  at: number;
  private readonly source: ByteSource;
  private window: Uint8Array = new Uint8Array(0);
  private windowFrom = 0;

  constructor(source: ByteSource, at = 0) {
    this.source = source;
    this.at = at;
  }

  /** The next `count` bytes (at most a window) without moving; fewer at the end of the file. */
  async peek(count: number): Promise<Uint8Array> {
    const behind = this.at < this.windowFrom;
    if (behind || this.at + count > this.windowFrom + this.window.length) {
      this.window = await this.source.read(this.at, this.at + Math.max(count, WINDOW_BYTES));
      this.windowFrom = this.at;
    }
    const from = this.at - this.windowFrom;
    return this.window.subarray(from, from + count);
  }

  /** Moves to the next byte of this value, here or further on, or to the end. */
  async seek(value: number): Promise<void> {
    for (let bytes = await this.peek(1); bytes.length > 0; bytes = await this.peek(1)) {
      const from = this.at - this.windowFrom;
      const found = this.window.indexOf(value, from);
      if (found >= 0) {
        this.at = this.windowFrom + found;
        return;
      }
      this.at = this.windowFrom + this.window.length;
    }
  }
}
