/** What kind of picture a file is, and whether its end is there: from its bytes, never from its name. */

export type ImageType = 'jpeg' | 'png' | 'webp' | 'avif' | 'heic' | 'gif' | 'bmp';
/** Pictures that are known but that browsers do not read. */
export type UnsupportedType = 'tiff' | 'psd' | 'svg' | 'jxl' | 'jp2';

function ascii(bytes: Uint8Array, from: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(from, from + length));
}

function startsWith(bytes: Uint8Array, ...signature: readonly number[]): boolean {
  return signature.every((byte, i) => bytes[i] === byte);
}

const AVIF_BRANDS = ['avif', 'avis'];
const HEIC_BRANDS = ['heic', 'heix', 'hevc', 'hevx', 'heim', 'heis', 'mif1', 'msf1'];

/** ISO base media files name their brands in the first box (ISO/IEC 14496-12, 4.3). */
function sniffBox(head: Uint8Array): ImageType | null {
  const size = new DataView(head.buffer, head.byteOffset, head.byteLength).getUint32(0);
  const brands: string[] = [ascii(head, 8, 4)];
  for (let at = 16; at + 4 <= Math.min(size, head.length); at += 4) brands.push(ascii(head, at, 4));
  if (brands.some((b) => AVIF_BRANDS.includes(b))) return 'avif';
  return brands.some((b) => HEIC_BRANDS.includes(b)) ? 'heic' : null;
}

/** @param head - the first bytes of the file, 64 or more where it has them. null: not a picture that we read. */
export function sniffImageType(head: Uint8Array): ImageType | null {
  if (startsWith(head, 0xff, 0xd8, 0xff)) return 'jpeg';
  if (startsWith(head, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return 'png';
  if (ascii(head, 0, 4) === 'RIFF' && ascii(head, 8, 4) === 'WEBP') return 'webp';
  if (/^GIF8[79]a/.test(ascii(head, 0, 6))) return 'gif';
  // "BM" alone begins many texts: the reserved words are 0 and the header's size is one of the few that exist.
  if (ascii(head, 0, 2) === 'BM' && startsWith(head.subarray(6), 0, 0, 0, 0) && head.length >= 18) {
    const headerBytes = head[14]! + head[15]! * 256;
    if ([12, 40, 52, 56, 64, 108, 124].includes(headerBytes)) return 'bmp';
  }
  if (head.length >= 16 && ascii(head, 4, 4) === 'ftyp') return sniffBox(head);
  return null;
}

/** @param head - as above. null: not known. */
export function sniffUnsupportedType(head: Uint8Array): UnsupportedType | null {
  if (startsWith(head, 0x49, 0x49, 0x2a, 0) || startsWith(head, 0x4d, 0x4d, 0, 0x2a)) return 'tiff';
  if (ascii(head, 0, 4) === '8BPS') return 'psd';
  if (startsWith(head, 0xff, 0x0a) || ascii(head, 4, 4) === 'JXL ') return 'jxl';
  if (ascii(head, 4, 4) === 'jP  ') return 'jp2';
  if (/^\s*(<\?xml[^>]*>\s*)?(<!--[^]*?-->\s*)?(<!DOCTYPE svg[^>]*>\s*)?<svg[\s>]/.test(ascii(head, 0, 256))) return 'svg';
  return null;
}

/**
 * Walks a JPEG's segments (ITU-T T.81, B.1) to its first scan, then looks for the end-of-image marker FF D9 after it:
 * a thumbnail inside the EXIF segment has one of its own, which must not count.
 */
function jpegHasEnd(bytes: Uint8Array): boolean {
  let at = 2;
  while (at + 4 <= bytes.length) {
    if (bytes[at] !== 0xff) return false;
    const marker = bytes[at + 1]!;
    if (marker === 0xff) {
      at++; // fill byte
    } else if (marker === 0xda) {
      for (let i = bytes.length - 2; i > at; i--) if (bytes[i] === 0xff && bytes[i + 1] === 0xd9) return true;
      return false;
    } else if (marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7)) {
      at += 2; // markers without a length
    } else {
      at += 2 + bytes[at + 2]! * 256 + bytes[at + 3]!;
    }
  }
  return false;
}

/** Walks a PNG's chunks to IEND (ISO/IEC 15948, 5.3). */
function pngHasEnd(bytes: Uint8Array, view: DataView): boolean {
  for (let at = 8; at + 12 <= bytes.length; at += 12 + view.getUint32(at)) {
    if (ascii(bytes, at + 4, 4) === 'IEND') return true;
  }
  return false;
}

/** Walks a GIF's blocks to the trailer (GIF89a specification, sections 15 to 27). */
function gifHasEnd(bytes: Uint8Array): boolean {
  const tableBytes = (flags: number): number => (flags & 0x80 ? 3 << ((flags & 7) + 1) : 0);
  let at = 13 + tableBytes(bytes[10] ?? 0);
  while (at < bytes.length) {
    const kind = bytes[at];
    if (kind === 0x3b) return true;
    if (kind === 0x21) at += 2;
    else if (kind === 0x2c) at += 11 + tableBytes(bytes[at + 9] ?? 0);
    else return false;
    while ((bytes[at] ?? 0) > 0) at += 1 + bytes[at]!;
    at++;
  }
  return false;
}

/** Top-level boxes must end at or before the end of the file (ISO/IEC 14496-12, 4.2); size 0 means "to the end". */
function boxesFit(bytes: Uint8Array, view: DataView): boolean {
  let at = 0;
  while (at + 8 <= bytes.length) {
    let size = view.getUint32(at);
    if (size === 0) return true;
    if (size === 1) size = at + 16 <= bytes.length ? Number(view.getBigUint64(at + 8)) : Infinity;
    if (size < 8) return false;
    at += size;
  }
  return at === bytes.length;
}

/**
 * Whether the file goes on to its own end; browsers show what is there of a cut-off picture without a word.
 * @param bytes - the whole file.
 */
export function isComplete(type: ImageType, bytes: Uint8Array): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  switch (type) {
    case 'jpeg':
      return jpegHasEnd(bytes);
    case 'png':
      return pngHasEnd(bytes, view);
    case 'webp':
      return bytes.length >= 12 && view.getUint32(4, true) + 8 <= bytes.length;
    case 'gif':
      return gifHasEnd(bytes);
    case 'bmp':
      return view.getUint32(2, true) <= bytes.length;
    case 'avif':
    case 'heic':
      return boxesFit(bytes, view);
  }
}
