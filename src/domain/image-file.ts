/** What kind of picture a file is: from its first bytes, never from its name. */
import { ascii } from './ascii';

export type ImageType = 'jpeg' | 'png' | 'webp' | 'avif' | 'heic' | 'gif' | 'bmp';
/** Pictures that are known but that browsers do not read. */
type UnsupportedType = 'tiff' | 'psd' | 'svg' | 'jxl' | 'jp2' | 'ico' | 'raw';

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

/** A zip, or a kind of file that is one by its bytes, such as a text document. */
export function isZip(head: Uint8Array): boolean {
  return startsWith(head, 0x50, 0x4b, 3, 4) || startsWith(head, 0x50, 0x4b, 5, 6);
}

/** @param head - the first bytes of the file, 64 or more where it has them. null: not a picture that we read. */
export function sniffImageType(head: Uint8Array): ImageType | null {
  if (startsWith(head, 0xff, 0xd8, 0xff)) return 'jpeg';
  if (startsWith(head, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return 'png';
  if (ascii(head, 0, 4) === 'RIFF' && ascii(head, 8, 4) === 'WEBP') return 'webp';
  if (/^GIF8[79]a/.test(ascii(head, 0, 6))) return 'gif';
  // "BM" alone begins many texts: the size of the second header is one of the few that exist.
  if (ascii(head, 0, 2) === 'BM' && head[15] === 0 && head[16] === 0 && head[17] === 0) {
    if ([12, 16, 40, 52, 56, 64, 108, 124].includes(head[14]!)) return 'bmp';
  }
  if (head.length >= 16 && ascii(head, 4, 4) === 'ftyp') return sniffBox(head);
  return null;
}

/** Markup whose first kilobyte has an <svg> tag (a declaration and comments may come first) and is no web page. */
function isSvg(head: Uint8Array): boolean {
  const text = ascii(head, 0, 1024);
  return /^(\xef\xbb\xbf)?\s*</.test(text) && /<svg[\s>]/.test(text) && !/<(!doctype )?html/i.test(text);
}

/** @param head - the first bytes, 1,024 or more where the file has them. null: not known. */
export function sniffUnsupportedType(head: Uint8Array): UnsupportedType | null {
  const start = ascii(head, 0, 16);
  if (startsWith(head, 0x49, 0x49, 0x2a, 0) || startsWith(head, 0x4d, 0x4d, 0, 0x2a)) return 'tiff'; // and most raw kinds
  if (start.startsWith('8BPS')) return 'psd';
  if (startsWith(head, 0xff, 0x0a) || start.startsWith('JXL ', 4)) return 'jxl';
  if (start.startsWith('jP  ', 4)) return 'jp2';
  if (startsWith(head, 0, 0, 1, 0) && head[4] !== 0 && head[5] === 0) return 'ico';
  if (/^(FUJIFILMCCD-RAW|IIRO|IIRS|MMOR|IIU\0|....ftypcrx )/s.test(start)) return 'raw';
  return isSvg(head) ? 'svg' : null;
}
