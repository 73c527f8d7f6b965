/**
 * JPEGs that are too large to be decoded whole. Some browsers' ImageDecoder (WebCodecs) makes a smaller picture of one at
 * once, at k/8 of its size, as the transform of its blocks allows; what it makes of a known picture tells whether this one
 * does. It does not obey EXIF.
 */
import { LensError } from '../domain/errors';
import { EXIF_6 } from './orientation';

interface Size {
  readonly width: number;
  readonly height: number;
}

/** RGBA [height, width, 4]. */
interface Pixels extends Size {
  readonly rgba: Uint8Array<ArrayBuffer>;
}

/** Decodes a JPEG at the size, or another one, as it is stored. */
export type DecodeAt = (jpeg: Blob, size: Size) => Promise<Pixels>;

const EIGHTHS = 8;

/** @returns The largest size of k/8 that has no more than `maxPixels`; each side is rounded up, as decoders do. */
export function planScaledSize({ width, height }: Size, maxPixels: number): Size {
  const most = Math.sqrt(maxPixels / (width * height));
  const share = Math.min(EIGHTHS, Math.max(1, Math.floor(EIGHTHS * most))) / EIGHTHS;
  return { width: Math.ceil(width * share), height: Math.ceil(height * share) };
}

const PROBE_SIZE: Size = { width: 16, height: 8 };
/** Of the probe's left and right block, exact at any scale. */
const PROBE_GREYS = [64, 192] as const;
/** As read-back.ts allows for. */
const PROBE_TOLERANCE = 2;

/**
 * Two flat blocks side by side (ITU-T T.81): every quantiser is 128, so that their DC are -4 and 4. Its EXIF says that it is to
 * be turned.
 */
export function drawScaleProbe(): Blob {
  const segment = (marker: number, ...body: readonly number[]): number[] => [0xff, marker, 0, body.length + 2, ...body];
  const exif = Array.from('Exif\0\0', (letter) => letter.charCodeAt(0));
  // DC: sizes 3 and 4, as 00 and 01; AC: the end of the block, as 0.
  const counts = (length: number, count: number): number[] =>
    Array.from({ length: 16 }, (_, i) => (i === length - 1 ? count : 0));
  const bytes = [
    ...[0xff, 0xd8],
    ...segment(0xe1, ...exif, ...EXIF_6),
    ...segment(0xdb, 0, ...new Array<number>(64).fill(128)),
    ...segment(0xc0, 8, 0, PROBE_SIZE.height, 0, PROBE_SIZE.width, 1, 1, 0x11, 0),
    ...segment(0xc4, 0x00, ...counts(2, 2), 3, 4, 0x10, ...counts(1, 1), 0),
    ...segment(0xda, 1, 1, 0, 0, 63, 0),
    ...[0b00011001, 0b10000111], // 00 011 0, 01 1000 0, filled up with ones
    ...[0xff, 0xd9],
  ];
  return new Blob([Uint8Array.from(bytes)], { type: 'image/jpeg' });
}

/** Whether the picture comes at half its size, not turned, its pixels as they are. */
async function passesProbe(decodeAt: DecodeAt): Promise<boolean> {
  const half: Size = { width: PROBE_SIZE.width / 2, height: PROBE_SIZE.height / 2 };
  try {
    const { width, height, rgba } = await decodeAt(drawScaleProbe(), half);
    if (width !== half.width || height !== half.height) return false;
    return rgba.every((value, i) => {
      const wanted = i % 4 === 3 ? 255 : PROBE_GREYS[(i >> 2) % width < width / 2 ? 0 : 1];
      return Math.abs(value - wanted) <= PROBE_TOLERANCE;
    });
  } catch {
    return false;
  }
}

/** By WebCodecs. @throws Error of the browser's own. */
export async function decodeAt(jpeg: Blob, { width, height }: Size): Promise<Pixels> {
  const decoder = new ImageDecoder({
    type: 'image/jpeg',
    data: jpeg.stream(),
    colorSpaceConversion: 'none',
    desiredWidth: width,
    desiredHeight: height,
  });
  try {
    const { image } = await decoder.decode();
    try {
      const { width: columns, height: rows } = image.visibleRect ?? { width: 0, height: 0 };
      const rgba = new Uint8Array(columns * rows * 4);
      await image.copyTo(rgba, { format: 'RGBA', layout: [{ offset: 0, stride: columns * 4 }] });
      return { width: columns, height: rows, rgba };
    } finally {
      image.close();
    }
  } finally {
    decoder.close();
  }
}

/**
 * @param decode - See DecodeAt; it is tried on the known picture once.
 * @returns A function that decodes a JPEG of the given stored size, which has more pixels than are decoded whole, smaller, as it is
 * stored. It throws LensError `image-too-many-pixels` where this browser does not do that, `image-decode-failed`.
 */
export function createScaledDecoder(decode: DecodeAt): (jpeg: Blob, stored: Size, maxPixels: number) => Promise<Pixels> {
  let passing: Promise<boolean> | null = null;

  return async (jpeg, stored, maxPixels) => {
    passing ??= passesProbe(decode);
    const wanted = planScaledSize(stored, maxPixels);
    const tooLarge = new LensError('image-too-many-pixels', `${stored.width} x ${stored.height}`);
    if (!(await passing)) throw tooLarge;
    const decoded = await decode(jpeg, wanted).catch((error: unknown) => {
      throw error instanceof RangeError ? error : new LensError('image-decode-failed', String(error));
    });
    if (decoded.width !== wanted.width || decoded.height !== wanted.height) throw tooLarge;
    return decoded;
  };
}
