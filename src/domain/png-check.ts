/** Whether a PNG's pixels are all there as they were written (ISO/IEC 15948). */
import { Unzlib } from 'fflate';
import { ascii } from './ascii';
import { crc32 } from './crc32';
import { assertWhole } from './fault';

const SIGNATURE_BYTES = 8;
/** So little is inflated at once that even what packs best, 1,000 to 1, stays small. */
const PIECE_BYTES = 16 * 1024;

/** Bit depths that each colour type allows (table 11.1) and its channels. */
const KINDS: Readonly<Record<number, { readonly depths: readonly number[]; readonly channels: number }>> = {
  0: { depths: [1, 2, 4, 8, 16], channels: 1 },
  2: { depths: [8, 16], channels: 3 },
  3: { depths: [1, 2, 4, 8], channels: 1 },
  4: { depths: [8, 16], channels: 2 },
  6: { depths: [8, 16], channels: 4 },
};

/** First column and row, and steps between them, of the passes of an interlaced picture (8.2). */
const ADAM7 = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const;

interface Header {
  readonly colourType: number;
  /** Bytes of all rows, filter types included, before they were compressed. */
  readonly rawBytes: number;
}

/** IHDR (11.2.2). */
function readHeader(body: Uint8Array): Header {
  assertWhole(body.length === 13, 'IHDR has the wrong length');
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
  const [width, height] = [view.getUint32(0), view.getUint32(4)];
  const [depth, colourType, compression, filter, interlace] = [body[8]!, body[9]!, body[10], body[11], body[12]!];
  const kind = KINDS[colourType];
  assertWhole(width > 0 && height > 0 && kind !== undefined && kind.depths.includes(depth), 'IHDR names no valid picture');
  assertWhole(compression === 0 && filter === 0 && interlace <= 1, 'IHDR names no known method');
  const rowsBytes = (columns: number, rows: number): number =>
    columns > 0 && rows > 0 ? rows * (1 + Math.ceil((columns * depth * kind.channels) / 8)) : 0;
  const rawBytes =
    interlace === 0
      ? rowsBytes(width, height)
      : ADAM7.reduce((sum, [x, y, dx, dy]) => sum + rowsBytes(Math.ceil((width - x) / dx), Math.ceil((height - y) / dy)), 0);
  return { colourType, rawBytes };
}

/** Inflates and counts; nothing is kept. What lies behind the last row does not matter. */
function checkRows(parts: readonly Uint8Array[], rawBytes: number): void {
  let count = 0;
  const inflate = new Unzlib((piece) => {
    count += piece.length;
  });
  try {
    for (const part of parts) {
      for (let at = 0; at < part.length && count < rawBytes; at += PIECE_BYTES) {
        inflate.push(part.subarray(at, at + PIECE_BYTES));
      }
    }
    if (count < rawBytes) inflate.push(new Uint8Array(0), true);
  } catch {
    // The count says how far it went.
  }
  assertWhole(count >= rawBytes, 'the compressed rows are damaged or too few');
}

/**
 * Checks every chunk up to IEND: order, checksums, and that the compressed data hold all rows. A wrong checksum is
 * overlooked where decoders overlook it: in a chunk that need not be understood and that moves no pixel.
 * @param bytes - The whole file, its signature first.
 * @throws FaultError `damaged`.
 */
export function checkPng(bytes: Uint8Array): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const idat: Uint8Array[] = [];
  let header: Header | null = null;
  let hasPalette = false;
  let previous = '';
  for (let at = SIGNATURE_BYTES, kind = ''; kind !== 'IEND'; previous = kind) {
    const length = at + 12 <= bytes.length ? view.getUint32(at) : Infinity;
    assertWhole(at + 12 + length <= bytes.length, 'a chunk is longer than the file');
    kind = ascii(bytes, at + 4, 4);
    assertWhole(/^[A-Za-z]{4}$/.test(kind), 'a chunk has no valid name');
    const body = bytes.subarray(at + 8, at + 8 + length);
    if (/^[A-Z]|^tRNS$/.test(kind)) {
      const isRight = crc32(bytes.subarray(at + 4, at + 8 + length)) === view.getUint32(at + 8 + length);
      assertWhole(isRight, `the checksum of ${kind} is wrong`);
    }
    assertWhole((header === null) === (kind === 'IHDR'), 'IHDR is not the first chunk, or not the only one');
    header ??= readHeader(body);
    if (kind === 'PLTE') {
      assertWhole(idat.length === 0 && length % 3 === 0 && length > 0 && length <= 768, 'PLTE is misplaced or of odd length');
      hasPalette = true;
    }
    if (kind === 'IDAT') {
      assertWhole(idat.length === 0 || previous === 'IDAT', 'the IDAT chunks do not follow each other');
      idat.push(body);
    }
    at += 12 + length;
  }
  assertWhole(header !== null && idat.length > 0, 'there is no IDAT');
  assertWhole(header.colourType !== 3 || hasPalette, 'there is no PLTE');
  checkRows(idat, header.rawBytes);
}
