/** Whether the codes of a GIF's first picture give all its pixels (GIF89a specification, 20 to 22 and appendix F). */
import { assertWhole } from './fault';

const MAX_CODES = 4096;

/** Of a colour table, as the flags before it say (GIF89a specification, 18 and 20). */
export function tableBytes(flags: number): number {
  return flags & 0x80 ? 3 << ((flags & 7) + 1) : 0;
}

/** Where the first picture's code size stands, and how many pixels it has. */
function findPicture(bytes: Uint8Array): { readonly at: number; readonly pixels: number } {
  let at = 13 + tableBytes(bytes[10] ?? 0);
  while (bytes[at] === 0x21) {
    for (at += 2; (bytes[at] ?? 0) > 0;) at += 1 + bytes[at]!; // extension: its sub-blocks, ended by an empty one
    at++;
  }
  assertWhole(bytes[at] === 0x2c && at + 10 < bytes.length, 'there is no picture');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const pixels = view.getUint16(at + 5, true) * view.getUint16(at + 7, true);
  return { at: at + 10 + tableBytes(bytes[at + 9]!), pixels };
}

/** The bytes of the sub-blocks from `at` on, without their lengths. */
function joinBlocks(bytes: Uint8Array, at: number): Uint8Array {
  const joined = new Uint8Array(bytes.length - at);
  let length = 0;
  for (let size = bytes[at] ?? 0; size > 0; at += 1 + size, size = bytes[at] ?? 0) {
    assertWhole(at + 1 + size <= bytes.length, 'a block is longer than the file');
    joined.set(bytes.subarray(at + 1, at + 1 + size), length);
    length += size;
  }
  return joined.subarray(0, length);
}

/** The bytes behind the last code that encoders leave. */
const MAX_PADDING_BYTES = 2;

/**
 * Decodes the first picture's codes as far as to count pixels. One code that is changed mostly stands for another number
 * of them, so that the codes then end elsewhere.
 * @param bytes - The whole file.
 * @throws FaultError `damaged`: a code that cannot be yet, or fewer or more pixels than the picture has.
 */
export function checkGif(bytes: Uint8Array): void {
  const { at, pixels } = findPicture(bytes);
  const minBits = bytes[at] ?? 0;
  assertWhole(minBits >= 1 && minBits <= 8, 'the code size is out of range');
  const codes = joinBlocks(bytes, at + 1);
  const clear = 1 << minBits;
  const lengths = new Uint32Array(MAX_CODES).fill(1, 0, clear); // pixels that each code stands for
  let [bits, count, codeBits, next, previous, done] = [0, 0, minBits + 1, clear + 2, -1, 0];
  for (let i = 0; ;) {
    if (done >= pixels && codes.length - i <= MAX_PADDING_BYTES) break;
    for (; count < codeBits; count += 8) {
      assertWhole(i < codes.length, 'the codes end before the picture does');
      bits |= codes[i++]! << count;
    }
    const code = bits & ((1 << codeBits) - 1);
    bits >>>= codeBits;
    count -= codeBits;
    if (code === clear) {
      [codeBits, next, previous] = [minBits + 1, clear + 2, -1];
      continue;
    }
    if (code === clear + 1) break;
    assertWhole(done < pixels, 'there are codes behind the picture');
    assertWhole(previous < 0 ? code < clear : code <= next && code < MAX_CODES, 'a code stands for nothing');
    if (previous >= 0 && next < MAX_CODES) {
      lengths[next++] = lengths[previous]! + 1;
      if (next === 1 << codeBits && codeBits < 12) codeBits++;
    }
    assertWhole(code < next, 'a code stands for nothing');
    done += lengths[code]!;
    previous = code;
  }
  assertWhole(done === pixels, 'the codes stand for fewer or more pixels than there are');
}
