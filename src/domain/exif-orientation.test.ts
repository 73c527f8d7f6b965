import { describe, expect, it } from 'vitest';
import { readJpegOrientation, readOrientation, storedRect, turnUpright, liesOnSide, type Orientation } from './exif-orientation';
import type { SourceSize } from './geometry';
import type { ImageType } from './image-file';
import { ascii, jpegBytes, jpegSegment, sourceOfBytes, u32, u32le, zeros } from './testdata/bytes';

const ALL: readonly Orientation[] = [1, 2, 3, 4, 5, 6, 7, 8];

function u16(value: number, isLittle: boolean): number[] {
  return isLittle ? [value & 255, value >> 8] : [value >> 8, value & 255];
}

/** A directory of one other entry and the orientation. */
function tiff(orientation: number, isLittle = true, kind = 3): number[] {
  const word = (value: number): number[] => u16(value, isLittle);
  const long = isLittle ? u32le : u32;
  const entry = (tag: number, type: number, value: number): number[] => [
    ...word(tag),
    ...word(type),
    ...long(1),
    ...word(value),
    0,
    0,
  ];
  return [
    ...(isLittle ? ascii('II*\0') : ascii('MM\0*')),
    ...long(8),
    ...word(2),
    ...entry(0x0100, 3, 640),
    ...entry(0x0112, kind, orientation),
    ...zeros(4),
  ];
}

function riffChunk(name: string, body: readonly number[]): number[] {
  return [...ascii(name), ...u32le(body.length), ...body, ...zeros(body.length & 1)];
}

function webp(exif: readonly number[], flags = 0x08): number[] {
  const chunks = [riffChunk('VP8X', [flags, ...zeros(9)]), riffChunk('VP8L', zeros(7)), riffChunk('EXIF', exif)].flat();
  return [...ascii('RIFF'), ...u32le(chunks.length + 4), ...ascii('WEBP'), ...chunks];
}

function png(...chunks: readonly (readonly [string, readonly number[]])[]): number[] {
  const signature = [0x89, ...ascii('PNG\r\n'), 0x1a, 0x0a];
  return [...signature, ...chunks.flatMap(([name, body]) => [...u32(body.length), ...ascii(name), ...body, ...zeros(4)])];
}

function read(type: ImageType, bytes: readonly number[]): Promise<Orientation> {
  return readOrientation(type, sourceOfBytes(bytes));
}

describe('the orientation that a file says', () => {
  it.each(ALL)('%s, in either byte order, in WebP and PNG', async (orientation) => {
    for (const isLittle of [true, false]) {
      const exif = tiff(orientation, isLittle);
      expect(await read('webp', webp(exif))).toBe(orientation);
      expect(await read('webp', webp([...ascii('Exif\0\0'), ...exif]))).toBe(orientation);
      expect(await read('png', png(['IHDR', zeros(13)], ['eXIf', exif], ['IDAT', zeros(9)]))).toBe(orientation);
    }
  });

  it('is upright where nothing valid is said', async () => {
    const whole = tiff(6);
    const bad = [tiff(0), tiff(9), tiff(65_535), tiff(6, true, 4), [], ascii('Exif\0\0'), zeros(40)];
    const cut = whole.slice(0, 34).map((_, length) => whole.slice(0, length));
    for (const exif of [...bad, ...cut]) {
      expect(await read('webp', webp(exif))).toBe(1);
    }
    const farDirectory = [...ascii('II*\0'), 255, 255, 255, 127];
    const manyEntries = [...ascii('II*\0'), ...u32le(8), 255, 255, ...zeros(20)];
    for (const exif of [farDirectory, manyEntries]) expect(await read('webp', webp(exif))).toBe(1);
  });

  it('counts only where decoders look: of WebP with its flag, of PNG before the pixels, of no other kind', async () => {
    expect(await read('webp', webp(tiff(6), 0))).toBe(1);
    expect(await read('png', png(['IHDR', zeros(13)], ['IDAT', zeros(9)], ['eXIf', tiff(6)]))).toBe(1);
    expect(await read('jpeg', webp(tiff(6)))).toBe(1);
    expect(await read('webp', [...ascii('RIFF'), ...u32le(4), ...ascii('WEBP')])).toBe(1);
  });
});

describe('the orientation of a JPEG', () => {
  const exifOf = (orientation: number): number[] => jpegSegment(0xe1, [...ascii('Exif\0\0'), ...tiff(orientation, false)]);
  const front = [...jpegSegment(0xe0, zeros(14)), ...jpegSegment(0xe1, ascii('http://ns.adobe.com/xap/1.0/\0'))];
  /** A whole one, whose own EXIF says nothing valid. */
  const rest = jpegBytes(64, 64).slice(2);
  const readJpeg = (bytes: readonly number[]): Promise<Orientation> => readJpegOrientation(sourceOfBytes(bytes));

  it.each(ALL)('%s, in its first EXIF', async (orientation) => {
    expect(await readJpeg([0xff, 0xd8, ...front, ...exifOf(orientation), ...exifOf(3), ...rest])).toBe(orientation);
  });

  it('is upright without one before the scan, or with one cut short', async () => {
    expect(await readJpeg([0xff, 0xd8, ...front, ...rest])).toBe(1);
    expect(await readJpeg([...jpegBytes(64, 64), ...exifOf(6)])).toBe(1);
    for (let length = 0; length < 44; length++) expect(await readJpeg([0xff, 0xd8, ...exifOf(6).slice(0, length)])).toBe(1);
  });
});

/** 3 x 2: its pixels are numbered from the top left. */
const STORED = { width: 3, height: 2 } as SourceSize;
const stored = new Uint8ClampedArray(Uint32Array.of(0, 1, 2, 3, 4, 5).buffer);

const UPRIGHT: Readonly<Record<Orientation, readonly number[][]>> = {
  1: [[0, 1, 2], [3, 4, 5]], // prettier-ignore
  2: [[2, 1, 0], [5, 4, 3]], // prettier-ignore
  3: [[5, 4, 3], [2, 1, 0]], // prettier-ignore
  4: [[3, 4, 5], [0, 1, 2]], // prettier-ignore
  5: [[0, 3], [1, 4], [2, 5]], // prettier-ignore
  6: [[3, 0], [4, 1], [5, 2]], // prettier-ignore
  7: [[5, 2], [4, 1], [3, 0]], // prettier-ignore
  8: [[2, 5], [1, 4], [0, 3]], // prettier-ignore
};

describe('turning', () => {
  it.each(ALL)('%s, the whole and any part of it', (orientation) => {
    const rows = UPRIGHT[orientation];
    const whole = turnUpright(orientation, stored, STORED.width);
    expect([...new Uint32Array(whole.buffer)]).toEqual(rows.flat());
    const [width, height] = liesOnSide(orientation) ? [2, 3] : [3, 2];
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const rect = storedRect(orientation, STORED, { x, y, width: 1, height: 1 });
        expect(rect.y * STORED.width + rect.x).toBe(rows[y]![x]);
      }
      const row = storedRect(orientation, STORED, { x: 0, y, width, height: 1 });
      const part = Uint32Array.from({ length: width }, (_, i) => {
        const [dx, dy] = [i % row.width, Math.floor(i / row.width)];
        return (row.y + dy) * STORED.width + row.x + dx;
      });
      const turned = turnUpright(orientation, new Uint8ClampedArray(part.buffer), row.width);
      expect([...new Uint32Array(turned.buffer)]).toEqual(rows[y]);
    }
  });
});
