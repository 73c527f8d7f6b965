import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { encode } from 'fast-png';
import { describe, expect, it } from 'vitest';
import type { ErrorCode } from '../domain/errors';
import { MAX_FILE_BYTES } from '../domain/photo-limits';
import { ascii, box, jpegBytes, jpegSegment, u32, u32le, zeros } from '../domain/testdata/bytes';
import { acceptPhoto } from './accept-photo';
import { readTar } from './testdata/read-tar';

function fileOf(bytes: readonly number[] | Uint8Array, name = 'photo.jpg', type = 'image/jpeg'): File {
  return new File([Uint8Array.from(bytes)], name, { type });
}

/** A blob that only claims its size; reading gives zeros. Node's Blob would need the memory. */
function claimSize(sizeBytes: number): Blob {
  return { size: sizeBytes, type: '', arrayBuffer: () => Promise.resolve(new ArrayBuffer(1024)) } as unknown as Blob;
}

/** A file of which every read after the first is refused, as browsers do once it has changed on the disk. */
function readableOnce(bytes: readonly number[], name: string): File {
  const file = fileOf(bytes, name);
  const refuse = (): never => {
    throw new DOMException('The file changed', 'NotReadableError');
  };
  const read = file.arrayBuffer.bind(file);
  let reads = 0;
  const arrayBuffer = async (): Promise<ArrayBuffer> => (reads++ === 0 ? read() : refuse());
  return Object.assign(file, { arrayBuffer, bytes: refuse, stream: refuse, text: refuse, slice: refuse });
}

async function codeOf(file: Blob): Promise<ErrorCode | 'accepted'> {
  try {
    await acceptPhoto(file);
    return 'accepted';
  } catch (error) {
    return (error as { code: ErrorCode }).code;
  }
}

const png = encode({ width: 31, height: 17, data: new Uint8Array(31 * 17 * 3).fill(120), channels: 3 });

function bmp(headerBytes: 12 | 40, width: number, height: number): number[] {
  const rows = zeros(Math.ceil((width * 24) / 32) * 4 * height);
  const u16le = (v: number): number[] => [v & 255, v >> 8];
  const size = headerBytes === 12 ? [...u16le(width), ...u16le(height)] : [...u32le(width), ...u32le(height)];
  const header = [...u32le(headerBytes), ...size, 1, 0, 24, 0, ...zeros(headerBytes === 12 ? 0 : 24)];
  const offset = 14 + headerBytes;
  return [...ascii('BM'), ...u32le(offset + rows.length), ...zeros(4), ...u32le(offset), ...header, ...rows];
}

function avif(width: number, height: number): number[] {
  const ispe = box('ispe', zeros(4), u32(width), u32(height));
  return [
    ...box('ftyp', ascii('avif'), u32(0), ascii('avifmif1')),
    ...box('meta', zeros(4), box('iprp', box('ipco', ispe))),
    ...box('mdat', zeros(32)),
  ];
}

const GIF = [...ascii('GIF89a'), 9, 0, 7, 0, 0, 0, 0, 0x2c, ...zeros(4), 9, 0, 7, 0, 0, 2, 1, 0x05, 0, 0x3b];
const WEBP_LOSSLESS = [
  ...ascii('RIFF'),
  ...u32le(22),
  ...ascii('WEBPVP8L'),
  ...u32le(10),
  0x2f,
  ...u32le(30 | (19 << 14)),
  ...zeros(5),
];

describe('accepts', () => {
  it.each([
    ['jpeg', jpegBytes(640, 480), 640, 480],
    ['png', png, 31, 17],
    ['gif', GIF, 9, 7],
    ['webp', WEBP_LOSSLESS, 31, 20],
    ['bmp', bmp(40, 33, 5), 33, 5],
    ['bmp', bmp(12, 33, 5), 33, 5],
    ['avif', avif(600, 400), 600, 400],
  ] as const)('%s', async (type, bytes, width, height) => {
    const file = fileOf(bytes, 'mole.dat', 'application/octet-stream');
    const { blob, ...facts } = await acceptPhoto(file);
    expect(facts).toEqual({ name: 'mole.dat', type, sizeBytes: bytes.length, headerSize: { width, height }, orientation: 1 });
    expect(new Uint8Array(await blob.arrayBuffer())).toEqual(Uint8Array.from(bytes));
    expect(blob.type).toBe(file.type);
  });

  it('a file with one read, and hands its bytes on: it may change or vanish afterwards', async () => {
    const bytes = jpegBytes(640, 480);
    const file = readableOnce(bytes, 'card.jpg');
    const { blob } = await acceptPhoto(file);
    await expect(file.arrayBuffer()).rejects.toThrow('changed');
    expect(new Uint8Array(await blob.arrayBuffer())).toEqual(Uint8Array.from(bytes));
    expect(new Uint8Array(await blob.slice(0, 2).arrayBuffer())).toEqual(Uint8Array.of(0xff, 0xd8));
  });

  it('a blob without a name, and a picture whose header says no size', async () => {
    const heic = [...box('ftyp', ascii('heic'), u32(0), ascii('heic')), ...box('meta', zeros(4)), ...box('mdat', zeros(9))];
    expect(await acceptPhoto(new Blob([Uint8Array.from(heic)]))).toMatchObject({ name: '', type: 'heic', headerSize: null });
  });

  it('exactly 50 MB, exactly 100 megapixels and, of JPEG, exactly 200', async () => {
    expect(await codeOf(claimSize(MAX_FILE_BYTES))).toBe('file-not-image');
    expect(await codeOf(fileOf(avif(10_000, 10_000)))).toBe('accepted');
    expect(await codeOf(fileOf(jpegBytes(20_000, 10_000)))).toBe('accepted');
  });
});

describe('refuses', () => {
  const pdf = [...ascii('%PDF-1.7\n'), ...jpegBytes(64, 64)];
  it.each<[string, Blob, ErrorCode]>([
    ['an empty file', fileOf([]), 'file-empty'],
    ['one byte more than 50 MB', claimSize(MAX_FILE_BYTES + 1), 'file-too-large'],
    ['text', fileOf(ascii('not a picture')), 'file-not-image'],
    ['a PDF renamed to .jpg, even with a JPEG inside', fileOf(pdf), 'file-not-image'],
    ['a zip', fileOf([...ascii('PK\x03\x04'), ...zeros(60)], 'diary.zip', ''), 'file-is-zip'],
    ['an empty zip, by its type', fileOf([...ascii('PK\x05\x06'), ...zeros(18)], 'diary', 'application/zip'), 'file-is-zip'],
    ['a text document, which is a zip by its bytes', fileOf([...ascii('PK\x03\x04'), ...zeros(60)], 'a.docx'), 'file-not-image'],
    ['what is only named a zip', fileOf(ascii('not a zip'), 'a.zip', ''), 'file-not-image'],
    ['a TIFF', fileOf([...ascii('II*\0'), ...u32le(8), ...zeros(100)]), 'image-unsupported'],
    ['an SVG', fileOf(ascii('<svg xmlns="http://www.w3.org/2000/svg"/>')), 'image-unsupported'],
    ['a Photoshop file', fileOf([...ascii('8BPS'), ...zeros(100)]), 'image-unsupported'],
    ['a JPEG of more than 200 megapixels', fileOf(jpegBytes(20_001, 10_000)), 'image-too-many-pixels'],
    ['an AVIF of more than 100 megapixels', fileOf(avif(20_000, 6_000)), 'image-too-many-pixels'],
    ['a JPEG cut off', fileOf(jpegBytes(640, 480).slice(0, -9)), 'file-truncated'],
    ['a PNG cut off', fileOf(png.slice(0, -5)), 'file-truncated'],
    ['a JPEG of its first bytes only', fileOf([0xff, 0xd8, 0xff]), 'file-truncated'],
  ])('%s', async (_, file, code) => {
    expect(await codeOf(file)).toBe(code);
  });

  it('a PNG that claims 50,000 x 50,000 pixels, without inflating it', async () => {
    const bomb = Uint8Array.from(png);
    bomb.set([...u32(50_000), ...u32(50_000)], 16);
    expect(await codeOf(fileOf(bomb))).toBe('image-too-many-pixels');
  });

  it('a JPEG of 4 gigapixels whose size stands behind a megabyte of metadata', async () => {
    const metadata = Array.from({ length: 16 }, () => jpegSegment(0xe2, zeros(65_533))).flat();
    const bytes = [0xff, 0xd8, ...metadata, ...jpegBytes(65_000, 65_000).slice(2)];
    expect(await codeOf(fileOf(bytes))).toBe('image-too-many-pixels');
  });

  it('a file that can no longer be read', async () => {
    const gone = { size: 0, arrayBuffer: () => Promise.reject(new DOMException('x', 'NotReadableError')) };
    await expect(acceptPhoto(gone as unknown as Blob)).rejects.toMatchObject({
      code: 'file-unreadable',
      detail: 'NotReadableError',
    });
  });
});

it('never throws anything but a code, whatever the bytes', async () => {
  const starts = [jpegBytes(64, 64), [...png], GIF, WEBP_LOSSLESS, bmp(40, 4, 4), avif(64, 64)];
  let state = 7;
  const next = (limit: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
  for (let round = 0; round < 600; round++) {
    const bytes = [...starts[round % starts.length]!];
    for (let i = 0; i < 6; i++) bytes[next(bytes.length)] = next(2) ? 255 : next(256);
    expect(await codeOf(fileOf(bytes.slice(0, next(2) ? bytes.length : next(bytes.length) + 1)))).toMatch(
      /^(accepted|file-not-image|file-truncated|image-unsupported|image-too-many-pixels)$/,
    );
  }
});

const dataFolder = process.env['LESION_DATA'] ?? '';
const TARS = ['ham10000.tar', 'isic-msk-uda.tar', 'pad-ufes-20.tar'];

describe.skipIf(!existsSync(join(dataFolder, TARS[0]!)))('real photos (LESION_DATA)', () => {
  it.each(TARS)('of %s are taken whole and refused cut off', async (tar) => {
    let index = 0;
    for (const { name, bytes } of readTar(readFileSync(join(dataFolder, tar)))) {
      if (index++ % 10 !== 0) continue;
      expect([name, await codeOf(fileOf(bytes))]).toEqual([name, 'accepted']);
      expect([name, await codeOf(fileOf(bytes.subarray(0, bytes.length - 2)))]).toEqual([name, 'file-truncated']);
    }
    expect(index).toBeGreaterThan(600);
  });
});
