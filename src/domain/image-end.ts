/**
 * Whether a picture file goes on to its own end: browsers show what is there of a cut-off one without a word, and a
 * network would score the grey rest. A whole file is never refused: what follows its end (padding, a second picture, a
 * phone's video) is left alone.
 */
import { ascii } from './ascii';
import { ByteWalker, type ByteSource } from './byte-source';
import { tableBytes } from './gif-check';
import type { ImageType } from './image-file';
import { findJpegStart } from './jpeg-segments';

/** Where the end is looked for first. */
const TAIL_BYTES = 64 * 1024;

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function readWhole(source: ByteSource): Promise<Uint8Array> {
  return source.read(0, source.sizeBytes);
}

function holds(bytes: Uint8Array, ...pattern: readonly number[]): boolean {
  for (let at = bytes.indexOf(pattern[0]!); at >= 0; at = bytes.indexOf(pattern[0]!, at + 1)) {
    if (pattern.every((byte, i) => bytes[at + i] === byte)) return true;
  }
  return false;
}

/** Looks from `from` on, in the file's last bytes first. */
async function holdsAfter(source: ByteSource, from: number, ...pattern: readonly number[]): Promise<boolean> {
  const tailFrom = Math.max(from, source.sizeBytes - TAIL_BYTES);
  if (holds(await source.read(tailFrom, source.sizeBytes), ...pattern)) return true;
  return tailFrom > from && holds(await source.read(from, source.sizeBytes), ...pattern);
}

/**
 * An end-of-image marker FF D9 after the first scan began (ITU-T T.81, B.1.1): picture data never hold one, since they
 * stuff a 00 after FF. That of an EXIF thumbnail comes before the scan.
 */
async function jpegHasEnd(source: ByteSource): Promise<boolean> {
  const { scanAt } = await findJpegStart(source);
  return scanAt !== null && holdsAfter(source, scanAt, 0xff, 0xd9);
}

/** The IEND chunk, empty, with its checksum (ISO/IEC 15948, 11.2.5): no other data look like it but by malice. */
function pngHasEnd(source: ByteSource): Promise<boolean> {
  return holdsAfter(source, 8, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82);
}

/** The RIFF chunk's size counts what follows its first 8 bytes (WebP container specification, RFC 9649, 2.3). */
async function webpHasEnd(source: ByteSource): Promise<boolean> {
  const head = await source.read(0, 12);
  return head.length === 12 && viewOf(head).getUint32(4, true) + 8 <= source.sizeBytes;
}

/**
 * Walks the blocks to the end of the first picture's data (GIF89a specification, 15 to 27), the one that is scored. The
 * trailer 3B is no proof: whole files without it are about.
 */
async function gifHasEnd(source: ByteSource): Promise<boolean> {
  const bytes = await readWhole(source);
  let at = 13 + tableBytes(bytes[10] ?? 0);
  for (;;) {
    const isImage = bytes[at] === 0x2c;
    if (isImage)
      at += 11 + tableBytes(bytes[at + 9] ?? 0); // descriptor (10 bytes), colour table, code size
    else if (bytes[at] === 0x21)
      at += 2; // extension, label
    else return false;
    while ((bytes[at] ?? 0) > 0) at += 1 + bytes[at]!; // sub-blocks, ended by an empty one
    if (at >= bytes.length) return false;
    if (isImage) return true;
    at++;
  }
}

/**
 * The file's size as its header says it (BITMAPFILEHEADER.bfSize) or, where a writer left that wrong, the place where
 * uncompressed rows, padded to 4 bytes, end.
 */
async function bmpHasEnd(source: ByteSource): Promise<boolean> {
  const head = await source.read(0, 34);
  if (head.length < 26) return false;
  const view = viewOf(head);
  const sizeBytes = view.getUint32(2, true);
  if (sizeBytes > 0 && sizeBytes <= source.sizeBytes) return true;
  const isCore = view.getUint32(14, true) === 12;
  if (!isCore && head.length < 34) return false;
  const width = isCore ? view.getUint16(18, true) : Math.abs(view.getInt32(18, true));
  const height = isCore ? view.getUint16(20, true) : Math.abs(view.getInt32(22, true));
  const bits = view.getUint16(isCore ? 24 : 28, true);
  const compression = isCore ? 0 : view.getUint32(30, true);
  if (compression !== 0 && compression !== 3) return false; // run lengths: only the header could tell
  return view.getUint32(10, true) + Math.ceil((width * bits) / 32) * 4 * height <= source.sizeBytes;
}

/**
 * The picture's description (`meta`, or `moov` of a sequence) and its data (`mdat`, or `idat` inside `meta`) lie whole
 * in the file (ISO/IEC 14496-12, 4.2: a box's size counts its header; 0 means "to the end", 1 a 64-bit size).
 */
async function boxesHaveEnd(source: ByteSource): Promise<boolean> {
  const walker = new ByteWalker(source);
  let hasMeta = false;
  let hasData = false;
  while (!(hasMeta && hasData)) {
    const head = await walker.peek(16);
    if (head.length < 8) return false;
    let size = viewOf(head).getUint32(0);
    if (size === 0) size = source.sizeBytes - walker.at;
    else if (size === 1 && head.length === 16) size = Number(viewOf(head).getBigUint64(8));
    if (size < 8 || walker.at + size > source.sizeBytes) return false;
    const kind = ascii(head, 4, 4);
    if (kind === 'mdat') hasData = true;
    if (kind === 'meta' || kind === 'moov') {
      hasMeta = true;
      hasData ||= holds(await source.read(walker.at, walker.at + size), 0x69, 0x64, 0x61, 0x74); // idat
    }
    walker.at += size;
  }
  return true;
}

/** @param type - what sniffImageType said of the file. @returns false where the file ends before its picture does. */
export function isComplete(type: ImageType, source: ByteSource): Promise<boolean> {
  switch (type) {
    case 'jpeg':
      return jpegHasEnd(source);
    case 'png':
      return pngHasEnd(source);
    case 'webp':
      return webpHasEnd(source);
    case 'gif':
      return gifHasEnd(source);
    case 'bmp':
      return bmpHasEnd(source);
    case 'avif':
    case 'heic':
      return boxesHaveEnd(source);
  }
}
