/** Whether the chunks of a WebP fit into each other (RFC 9649, 2.3 to 2.7). Their coded pixels carry no check of their own. */
import { ascii } from './ascii';
import { assertWhole } from './fault';

/** The header of a key frame (RFC 6386, 9.1): its first partition lies in the chunk. */
function checkLossy(body: Uint8Array): void {
  assertWhole(body.length > 10 && body[3] === 0x9d && body[4] === 0x01 && body[5] === 0x2a, 'VP8 has no start code');
  const tag = body[0]! | (body[1]! << 8) | (body[2]! << 16);
  assertWhole((tag & 1) === 0, 'VP8 begins with no key frame');
  assertWhole(10 + (tag >> 5) <= body.length, 'a partition is longer than its chunk');
}

/** Signature 2F, three bits of version at the end of the sizes (RFC 9649, 3.4). */
function checkLossless(body: Uint8Array): void {
  assertWhole(body.length > 5 && body[0] === 0x2f && body[4]! >> 5 === 0, 'VP8L has no signature');
}

/** Walks chunks from..to-1 up to the first that holds pixels. @returns whether there is one. */
function checkChunks(bytes: Uint8Array, from: number, to: number): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = from; at + 8 <= to;) {
    const [kind, length] = [ascii(bytes, at, 4), view.getUint32(at + 4, true)];
    const end = at + 8 + length;
    assertWhole(end <= to, 'a chunk is longer than what it lies in');
    const body = bytes.subarray(at + 8, end);
    if (kind === 'VP8 ') checkLossy(body);
    if (kind === 'VP8L') checkLossless(body);
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
