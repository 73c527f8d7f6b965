import { describe, expect, it } from 'vitest';
import { isComplete } from './image-end';
import type { ImageType } from './image-file';
import { findJpegStart } from './jpeg-segments';
import { ascii, box, jpegBytes, jpegSegment, sourceOfBytes, u32, u32le, zeros } from './testdata/bytes';

const pngChunk = (kind: string, data: readonly number[], crc = 0): number[] => [
  ...u32(data.length),
  ...ascii(kind),
  ...data,
  ...u32(crc),
];
const PNG = [
  ...[0x89, ...ascii('PNG\r\n\x1a\n')],
  ...pngChunk('IHDR', zeros(13)),
  ...pngChunk('IDAT', zeros(50)),
  ...pngChunk('IEND', [], 0xae426082),
];
const WEBP = [...ascii('RIFF'), ...u32le(24), ...ascii('WEBPVP8 '), ...u32le(12), ...zeros(12)];
// 2 x 2 pixels, a global table of 2 colours, a comment, one picture in two sub-blocks
const GIF = [
  ...ascii('GIF89a'),
  ...[2, 0, 2, 0, 0x80, 0, 0, 0, 0, 0, 255, 255, 255],
  ...[0x21, 0xfe, 3, 0x3b, 0x3b, 0x3b, 0],
  ...[0x2c, 0, 0, 0, 0, 2, 0, 2, 0, 0, 2, 2, 0x44, 0x3b, 1, 0x05, 0],
  0x3b,
];
// 2 x 2 pixels of 24 bits: rows of 6 bytes padded to 8
const BMP_HEADER = [...u32le(40), ...u32le(2), ...u32le(2), 1, 0, 24, 0, ...zeros(24)];
const BMP = [...ascii('BM'), ...u32le(70), ...zeros(4), ...u32le(54), ...BMP_HEADER, ...zeros(16)];
const AVIF = [
  ...box('ftyp', ascii('avif'), u32(0), ascii('avifmif1')),
  ...box('meta', zeros(4), box('hdlr', zeros(20))),
  ...box('mdat', zeros(64)),
];

const WHOLE: readonly [ImageType, readonly number[]][] = [
  ['jpeg', jpegBytes(40, 30)],
  ['png', PNG],
  ['webp', WEBP],
  ['gif', GIF],
  ['bmp', BMP],
  ['avif', AVIF],
  ['heic', AVIF],
];

describe.each(WHOLE)('%s', (type, bytes) => {
  it('is complete as it is and with something behind it', async () => {
    expect(await isComplete(type, sourceOfBytes(bytes))).toBe(true);
    for (const rest of [zeros(3), zeros(300), zeros(200_000), ascii('any text, as some programs append it')]) {
      expect(await isComplete(type, sourceOfBytes([...bytes, ...rest]))).toBe(true);
    }
  });

  it('is incomplete wherever it is cut', async () => {
    const end = type === 'gif' ? bytes.length - 1 : bytes.length; // its trailer may be missing
    for (let length = 0; length < end; length++) {
      expect([length, await isComplete(type, sourceOfBytes(bytes.slice(0, length)))]).toEqual([length, false]);
    }
  });
});

it.each(WHOLE.slice(0, 2))('%s is incomplete where zeros stand for its last third', async (type, bytes) => {
  const kept = bytes.slice(0, Math.floor((bytes.length * 2) / 3));
  expect(await isComplete(type, sourceOfBytes([...kept, ...zeros(bytes.length - kept.length)]))).toBe(false);
});

describe('jpeg', () => {
  const whole = jpegBytes(4000, 3000);

  it('reads the size of the picture, not of the thumbnail', async () => {
    expect((await findJpegStart(sourceOfBytes(whole))).frame).toEqual({ width: 4000, height: 3000 });
  });

  it('finds the frame behind a megabyte of metadata, reading little of it', async () => {
    const metadata = Array.from({ length: 16 }, () => jpegSegment(0xe2, new Array<number>(65_533).fill(0xd9))).flat();
    const source = sourceOfBytes([0xff, 0xd8, ...metadata, ...whole.slice(2)]);
    expect((await findJpegStart(source)).frame).toEqual({ width: 4000, height: 3000 });
    expect(await isComplete('jpeg', source)).toBe(true);
  });

  it('takes fill bytes and garbage between segments', async () => {
    const odd = [0xff, 0xd8, 1, 2, 3, 0xff, 0xff, 0xff, 0, 0xff, 0xd0, 9, ...whole.slice(2)];
    expect((await findJpegStart(sourceOfBytes(odd))).frame).toEqual({ width: 4000, height: 3000 });
    expect(await isComplete('jpeg', sourceOfBytes(odd))).toBe(true);
  });

  it('has no size and no end without frame and scan', async () => {
    expect(await findJpegStart(sourceOfBytes([0xff, 0xd8, 0xff, 0xd9]))).toEqual({ frame: null, scanAt: null, exif: null });
    expect(await isComplete('jpeg', sourceOfBytes([0xff, 0xd8, 0xff, ...zeros(1000)]))).toBe(false);
  });

  it('reads only both ends of a long file', async () => {
    const source = sourceOfBytes(jpegBytes(4000, 3000, 2_000_000));
    expect(await isComplete('jpeg', source)).toBe(true);
    expect(source.readBytes()).toBeLessThan(200_000);
  });

  it('finds the end before a long appended video', async () => {
    expect(await isComplete('jpeg', sourceOfBytes([...whole, ...box('mdat', zeros(300_000))]))).toBe(true);
  });
});

it('gif: needs no trailer, but a picture', async () => {
  const withoutPicture = [...GIF.slice(0, 20), 0x3b];
  expect(await isComplete('gif', sourceOfBytes(GIF.slice(0, -1)))).toBe(true);
  expect(await isComplete('gif', sourceOfBytes([...GIF.slice(0, -1), 0x99]))).toBe(true);
  expect(await isComplete('gif', sourceOfBytes(withoutPicture))).toBe(false);
});

describe('bmp', () => {
  const withSizeField = (size: number, length = BMP.length): number[] => [
    ...BMP.slice(0, 2),
    ...u32le(size),
    ...BMP.slice(6, length),
  ];

  it('believes the rows where the size field is wrong', async () => {
    expect(await isComplete('bmp', sourceOfBytes(withSizeField(0)))).toBe(true);
    expect(await isComplete('bmp', sourceOfBytes(withSizeField(1e9)))).toBe(true);
    expect(await isComplete('bmp', sourceOfBytes(withSizeField(0, 69)))).toBe(false);
  });

  it('counts rows from the bottom or the top, and 16-bit sizes of OS/2 headers', async () => {
    const topDown = [...withSizeField(0).slice(0, 22), ...u32le(-2), ...BMP.slice(26)];
    expect(await isComplete('bmp', sourceOfBytes(topDown))).toBe(true);
    expect(await isComplete('bmp', sourceOfBytes(topDown.slice(0, -1)))).toBe(false);
    const core = [...ascii('BM'), ...zeros(8), ...u32le(26), ...u32le(12), 2, 0, 2, 0, 1, 0, 24, 0, ...zeros(16)];
    expect(await isComplete('bmp', sourceOfBytes(core))).toBe(true);
    expect(await isComplete('bmp', sourceOfBytes(core.slice(0, -1)))).toBe(false);
  });
});

describe('boxes', () => {
  const [ftyp, meta] = [AVIF.slice(0, 24), AVIF.slice(24, 64)];

  it('may have a 64-bit size, or go to the end, or come in the other order', async () => {
    const long = [...u32(1), ...ascii('mdat'), ...u32(0), ...u32(80), ...zeros(64)];
    expect(await isComplete('avif', sourceOfBytes([...ftyp, ...meta, ...long]))).toBe(true);
    expect(await isComplete('avif', sourceOfBytes([...ftyp, ...meta, ...long.slice(0, -1)]))).toBe(false);
    expect(await isComplete('avif', sourceOfBytes([...ftyp, ...meta, ...u32(0), ...ascii('mdat'), ...zeros(9)]))).toBe(true);
    expect(await isComplete('heic', sourceOfBytes([...ftyp, ...box('mdat', zeros(64)), ...meta]))).toBe(true);
  });

  it('may hold the data inside the description', async () => {
    expect(await isComplete('avif', sourceOfBytes([...ftyp, ...box('meta', zeros(4), box('idat', zeros(30)))]))).toBe(true);
    expect(await isComplete('avif', sourceOfBytes([...ftyp, ...meta]))).toBe(false);
  });
});
