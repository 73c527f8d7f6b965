/**
 * What is left to be turned of a picture that the browser has decoded. Browsers differ in whether they obey the EXIF of WebP and PNG;
 * a picture of two pixels, decoded once for each kind, tells.
 */
import type { ByteSource } from '../domain/byte-source';
import { crc32 } from '../domain/crc32';
import { liesOnSide, readOrientation, storedRect, turnUpright, type Orientation } from '../domain/exif-orientation';
import type { SourceSize } from '../domain/geometry';
import { sniffImageType } from '../domain/image-file';
import type { PixelSource } from './decode';

/** Of a decoded picture, its size alone. */
export type MeasurePicture = (picture: Blob) => Promise<{ readonly width: number; readonly height: number }>;
type TurnedType = 'webp' | 'png';

const SNIFF_BYTES = 64;

function latin(text: string): number[] {
  return Array.from(text, (letter) => letter.charCodeAt(0));
}

function u32le(value: number): number[] {
  return [value & 255, (value >>> 8) & 255, (value >>> 16) & 255, value >>> 24];
}

function u32(value: number): number[] {
  return u32le(value).reverse();
}

/** A TIFF header and a directory of one entry: orientation (0112), SHORT, 1, 6. */
export const EXIF_6 = [...latin('II*\0'), ...u32le(8), 1, 0, 0x12, 1, 3, 0, ...u32le(1), ...u32le(6), ...u32le(0)];

/** RFC 9649: VP8X with its flag for EXIF; VP8L of five prefix codes of one symbol each, so that pixels take no bits. */
function webpProbe(): number[] {
  const chunk = (name: string, body: readonly number[]): number[] => [...latin(name), ...u32le(body.length), ...body];
  const chunks = [
    ...chunk('VP8X', [0x08, 0, 0, 0, 1, 0, 0, 0, 0, 0]),
    ...chunk('VP8L', [0x2f, 1, 0, 0, 0, 0x88, 0x88, 0x08]),
    ...chunk('EXIF', EXIF_6),
  ];
  return [...latin('RIFF'), ...u32le(chunks.length + 4), ...latin('WEBP'), ...chunks];
}

/** ISO/IEC 15948: greyscale of 8 bits; its one row, unfiltered, in a stored block of zlib's. */
function pngProbe(): number[] {
  const chunk = (name: string, body: readonly number[]): number[] => {
    const named = [...latin(name), ...body];
    return [...u32(body.length), ...named, ...u32(crc32(Uint8Array.from(named)))];
  };
  const row = [0, 128, 128];
  const zlib = [0x78, 0x01, 1, row.length, 0, 255 - row.length, 255, ...row, ...u32(0x01830101)];
  const header = [...u32(2), ...u32(1), 8, 0, 0, 0, 0];
  const signature = [0x89, ...latin('PNG\r\n'), 0x1a, 0x0a];
  return [...signature, ...chunk('IHDR', header), ...chunk('eXIf', EXIF_6), ...chunk('IDAT', zlib), ...chunk('IEND', [])];
}

/** Two pixels side by side that are to be shown one above the other. */
export function drawTurnProbe(type: TurnedType): Blob {
  return new Blob([Uint8Array.from(type === 'webp' ? webpProbe() : pngProbe())], { type: `image/${type}` });
}

/**
 * @param measure - How large this browser decodes a picture.
 * @returns A function that says how a decoded photo is still to be turned; 1: not at all. It throws what `measure` throws.
 */
export function createTurnReader(measure: MeasurePicture): (photo: ByteSource) => Promise<Orientation> {
  const turning = new Map<TurnedType, Promise<boolean>>();

  async function turnsItself(type: TurnedType): Promise<boolean> {
    const { width, height } = await measure(drawTurnProbe(type));
    return height > width;
  }

  /** Asked anew where the probe could not be decoded. */
  function ask(type: TurnedType): Promise<boolean> {
    const asked = turning.get(type) ?? turnsItself(type);
    turning.set(type, asked);
    asked.catch(() => turning.delete(type));
    return asked;
  }

  return async (bytes) => {
    const type = sniffImageType(await bytes.read(0, SNIFF_BYTES));
    if (type !== 'webp' && type !== 'png') return 1;
    const orientation = await readOrientation(type, bytes);
    return orientation === 1 || (await ask(type)) ? 1 : orientation;
  };
}

/** The same pixels upright. */
export function turnSource(stored: PixelSource, orientation: Orientation): PixelSource {
  if (orientation === 1) return stored;
  const turn = (size: SourceSize): SourceSize => (liesOnSide(orientation) ? { width: size.height, height: size.width } : size);
  return {
    size: turn(stored.size),
    ...(stored.sourceSize && { sourceSize: turn(stored.sourceSize) }),
    readPixels(x, y, columns, rows) {
      const rect = storedRect(orientation, stored.size, { x, y, width: columns, height: rows });
      return turnUpright(orientation, stored.readPixels(rect.x, rect.y, rect.width, rect.height), rect.width);
    },
    close: () => stored.close(),
  };
}
