/**
 * How a stored picture is to be turned to stand upright, as its EXIF says (CIPA DC-008, tag 0112). Of the kinds whose decoders
 * do not all obey it: of JPEG only those that scale it down do not, of HEIC and AVIF the file's own `irot` and `imir` count
 * (ISO/IEC 23008-12, 6.5).
 */
import { ascii } from './ascii';
import { ByteWalker, type ByteSource } from './byte-source';
import type { SourceSize } from './geometry';
import type { ImageType } from './image-file';
import { findJpegStart } from './jpeg-segments';

/** 1: upright. 2-4: mirrored, upside down, or both; 5-8: lying on a side, so that width and height change places. */
export type Orientation = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;

/** As much of EXIF as is looked through; the first directory comes first. */
const MAX_EXIF_BYTES = 64 * 1024;
const ORIENTATION_TAG = 0x0112;
const SHORT = 3;

/** @param exif - A TIFF header with its directories (TIFF 6.0, 2), some writers' "Exif\0\0" before it. @returns 1 where it says nothing valid. */
function readTag(exif: Uint8Array): Orientation {
  const tiff = ascii(exif, 0, 6) === 'Exif\0\0' ? exif.subarray(6) : exif;
  const order = ascii(tiff, 0, 4);
  const isLittle = order === 'II*\0';
  if ((!isLittle && order !== 'MM\0*') || tiff.length < 8) return 1;
  const view = new DataView(tiff.buffer, tiff.byteOffset, tiff.byteLength);
  const directoryAt = view.getUint32(4, isLittle);
  if (directoryAt + 2 > tiff.length) return 1;
  const end = Math.min(tiff.length, directoryAt + 2 + 12 * view.getUint16(directoryAt, isLittle));
  for (let at = directoryAt + 2; at + 12 <= end; at += 12) {
    if (view.getUint16(at, isLittle) !== ORIENTATION_TAG) continue;
    const value = view.getUint16(at + 8, isLittle);
    return view.getUint16(at + 2, isLittle) === SHORT && value >= 1 && value <= 8 ? (value as Orientation) : 1;
  }
  return 1;
}

/** Where the chunks of a kind of file begin, and how one is read: its name, and where its content and the next chunk lie. */
interface Chunks {
  readonly from: number;
  readonly exif: string;
  /** Behind this one there is no EXIF; '': it may stand at the end. */
  readonly last: string;
  readonly name: (head: Uint8Array) => string;
  readonly bodyBytes: (head: DataView) => number;
  /** What a chunk takes besides its content. */
  readonly extraBytes: (bodyBytes: number) => number;
}

/** RFC 9649, 2.3: name, length, content, padded to an even length. */
const WEBP: Chunks = {
  from: 12,
  exif: 'EXIF',
  last: '',
  name: (head) => ascii(head, 0, 4),
  bodyBytes: (head) => head.getUint32(4, true),
  extraBytes: (bodyBytes) => 8 + (bodyBytes & 1),
};
/** ISO/IEC 15948, 5.3: length, name, content, checksum; 5.6: eXIf comes before IDAT. */
const PNG: Chunks = {
  from: 8,
  exif: 'eXIf',
  last: 'IDAT',
  name: (head) => ascii(head, 4, 4),
  bodyBytes: (head) => head.getUint32(0),
  extraBytes: () => 12,
};

async function readExif(source: ByteSource, chunks: Chunks): Promise<Uint8Array | null> {
  const walker = new ByteWalker(source, chunks.from);
  for (;;) {
    const head = await walker.peek(8);
    const name = chunks.name(head);
    if (head.length < 8 || name === chunks.last) return null;
    const bodyBytes = chunks.bodyBytes(new DataView(head.buffer, head.byteOffset, 8));
    if (name === chunks.exif) {
      return source.read(walker.at + 8, walker.at + 8 + Math.min(bodyBytes, MAX_EXIF_BYTES));
    }
    walker.at += bodyBytes + chunks.extraBytes(bodyBytes);
  }
}

/** Bit of VP8X that says that there is EXIF (RFC 9649, 2.7.1); decoders overlook a chunk without it. */
const WEBP_EXIF_FLAG = 0x08;

async function hasWebpExif(source: ByteSource): Promise<boolean> {
  const head = await source.read(12, 21);
  return ascii(head, 0, 4) === 'VP8X' && ((head[8] ?? 0) & WEBP_EXIF_FLAG) !== 0;
}

/** @returns Of WebP and PNG what their EXIF says; 1 of every other kind. */
export async function readOrientation(type: ImageType, source: ByteSource): Promise<Orientation> {
  if (type !== 'png' && !(type === 'webp' && (await hasWebpExif(source)))) return 1;
  const exif = await readExif(source, type === 'png' ? PNG : WEBP);
  return exif === null ? 1 : readTag(exif);
}

/** @returns What the EXIF of a JPEG says, for one that is decoded past what turns it. */
export async function readJpegOrientation(source: ByteSource): Promise<Orientation> {
  const { exif } = await findJpegStart(source);
  return exif === null ? 1 : readTag(await source.read(exif.from, Math.min(exif.to, exif.from + MAX_EXIF_BYTES)));
}

/** Whether the upright picture is as wide as the stored one is high. */
export function liesOnSide(orientation: Orientation): boolean {
  return orientation >= 5;
}

/** A part of a picture, in its own pixels. */
interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Where the part of the upright picture lies in the stored one, whose size is given. */
export function storedRect(orientation: Orientation, stored: SourceSize, upright: Rect): Rect {
  const { x, y, width, height } = upright;
  const rect = liesOnSide(orientation) ? { x: y, y: x, width: height, height: width } : upright;
  return {
    ...rect,
    x: runsLeft(orientation) ? stored.width - rect.x - rect.width : rect.x,
    y: runsUp(orientation) ? stored.height - rect.y - rect.height : rect.y,
  };
}

function runsLeft(orientation: Orientation): boolean {
  return [2, 3, 7, 8].includes(orientation);
}

function runsUp(orientation: Orientation): boolean {
  return [3, 4, 6, 7].includes(orientation);
}

/**
 * @param rgba - [height, width, 4], as stored.
 * @param width - of it, in pixels.
 * @returns The same part upright, RGBA [width, height, 4] where it lies on a side, else [height, width, 4].
 */
export function turnUpright(orientation: Orientation, rgba: Uint8ClampedArray, width: number): Uint8ClampedArray<ArrayBuffer> {
  const stored = new Uint32Array(rgba.buffer, rgba.byteOffset, rgba.length / 4);
  const upright = new Uint32Array(stored.length);
  const height = stored.length / width;
  const isOnSide = liesOnSide(orientation);
  const [columns, rows] = isOnSide ? [height, width] : [width, height];
  const [left, up] = [runsLeft(orientation), runsUp(orientation)];
  for (let y = 0, to = 0; y < rows; y++) {
    for (let x = 0; x < columns; x++, to++) {
      const [a, b] = isOnSide ? [y, x] : [x, y];
      upright[to] = stored[(up ? height - 1 - b : b) * width + (left ? width - 1 - a : a)]!;
    }
  }
  return new Uint8ClampedArray(upright.buffer);
}
