/** Entropy-coded bytes of JPEG freed of what only guards them (ITU-T T.81, B.1.1.5 and F.1.2.3). */
import type { CodedBits } from './jpeg-blocks';

/** As long as one block can be, and more: 64 codes of 16 bits, with values of 15. */
const SLACK_BYTES = 512;

/** Copies one restart interval after the other into one piece of memory that is as long as the longest may be. */
export class BitSource {
  /** Of the marker behind the interval: its FF; the file's length where it ended without one. */
  markerAt = 0;
  private readonly bytes: Uint8Array;
  private readonly free: Uint8Array;
  private readonly view: DataView;

  /** @param bytes - The whole file. @param from - Where its first scan begins. */
  constructor(bytes: Uint8Array, from: number) {
    this.bytes = bytes;
    this.free = new Uint8Array(bytes.length - from + SLACK_BYTES);
    this.view = new DataView(this.free.buffer);
  }

  /** Reads from `from` to the next marker: a 00 behind FF is taken out, and fill bytes FF are passed over. */
  read(from: number): CodedBits {
    const { bytes, free } = this;
    const end = bytes.length;
    let [at, to] = [from, 0];
    while (at < end) {
      const byte = bytes[at]!;
      if (byte === 0xff) {
        let next = at + 1;
        while (next < end && bytes[next] === 0xff) next++;
        if (bytes[next] !== 0) {
          at = next - 1;
          if (next >= end) at = end;
          break;
        }
        at = next;
      }
      free[to++] = byte;
      at++;
    }
    this.markerAt = Math.min(at, end);
    return { view: this.view, endBit: to * 8 };
  }

  /** How many of the last interval's bytes from this one on are anything but 00. */
  countStray(fromByte: number, { endBit }: CodedBits): number {
    let count = 0;
    for (let i = fromByte; i < endBit >> 3; i++) if (this.free[i] !== 0) count++;
    return count;
  }
}
