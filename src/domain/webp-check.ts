/** Whether the chunks of a WebP fit into each other (RFC 9649, 2.3 to 2.7), and what is coded in the first that holds pixels. */
import { ascii } from './ascii';
import { assertWhole } from './fault';
import { checkVp8 } from './vp8-check';
import { checkVp8l } from './vp8l-check';

/** Walks chunks from..to-1 up to the first that holds pixels. @returns whether there is one. */
function checkChunks(bytes: Uint8Array, from: number, to: number): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = from; at + 8 <= to;) {
    const [kind, length] = [ascii(bytes, at, 4), view.getUint32(at + 4, true)];
    const end = at + 8 + length;
    assertWhole(end <= to, 'a chunk is longer than what it lies in');
    const body = bytes.subarray(at + 8, end);
    if (kind === 'VP8 ') checkVp8(body);
    if (kind === 'VP8L') checkVp8l(body);
    if (kind === 'VP8 ' || kind === 'VP8L') return true;
    // A frame of an animation: 16 bytes of its own, then chunks.
    if (kind === 'ANMF' && checkChunks(bytes, at + 24, end)) return true;
    at = end + (length & 1);
  }
  return false;
}

/**
 * @param bytes - The whole file.
 * @throws FaultError `damaged`: a chunk or partition that goes beyond what holds it, or no picture at all.
 */
export function checkWebp(bytes: Uint8Array): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = bytes.length >= 12 ? 8 + view.getUint32(4, true) : Infinity;
  assertWhole(end <= bytes.length, 'RIFF is longer than the file');
  assertWhole(checkChunks(bytes, 12, end), 'there is no picture');
}
