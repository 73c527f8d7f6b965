/** HEIC and AVIF files by libheif's own encoder (Debian: libheif-examples), where it is installed. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encodeJpeg, type Picture } from './encode-jpeg';

export const NO_HEIF = 'heif-enc is not installed, or has no encoder for both kinds (Debian: apt-get install libheif-examples)';

let known: boolean | null = null;

export function canEncodeHeif(): boolean {
  if (known !== null) return known;
  try {
    const tiny = { width: 64, height: 64, rgb: new Uint8Array(64 * 64 * 3).fill(90) };
    encodeHeif(tiny, 'heic');
    encodeHeif(tiny, 'avif');
    known = true;
  } catch {
    known = false;
  }
  return known;
}

/** @param picture - Pixels, or a whole JPEG file, whose EXIF orientation becomes the HEIF file's own. */
export function encodeHeif(picture: Picture | Buffer, kind: 'heic' | 'avif'): Buffer {
  const folder = mkdtempSync(join(tmpdir(), 'lesion-lens-'));
  try {
    const [from, to] = [join(folder, 'in.jpg'), join(folder, `out.${kind}`)];
    writeFileSync(from, Buffer.isBuffer(picture) ? picture : encodeJpeg(picture));
    // AVIF with full chroma: with half of it the file itself, not its decoding, moves a score by up to 0.03.
    execFileSync('heif-enc', [...(kind === 'avif' ? ['-A', '-p', 'chroma=444'] : []), '-q', '95', '-o', to, from], {
      stdio: 'ignore',
    });
    return readFileSync(to);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
