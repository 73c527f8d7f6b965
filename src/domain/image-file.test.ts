import { describe, expect, it } from 'vitest';
import { sniffImageType, sniffUnsupportedType } from './image-file';
import { ascii, box, jpegBytes, u32, u32le, zeros } from './testdata/bytes';

const PNG_SIGNATURE = [0x89, ...ascii('PNG\r\n\x1a\n')];

function head(...parts: (string | number[])[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => (typeof part === 'string' ? ascii(part) : part)));
}

describe('sniffImageType', () => {
  it.each([
    ['jpeg', head(jpegBytes(5, 5))],
    ['png', head(PNG_SIGNATURE, u32(13), 'IHDR')],
    ['webp', head('RIFF', u32le(100), 'WEBPVP8 ')],
    ['gif', head('GIF87a')],
    ['gif', head('GIF89a')],
    ['bmp', head('BM', u32le(100), u32(0), u32le(54), u32le(40))],
    ['bmp', head('BM', u32le(100), u32(0), u32le(26), u32le(12))],
    ['avif', head(box('ftyp', ascii('avif'), u32(0), ascii('avifmif1miaf')))],
    ['avif', head(box('ftyp', ascii('mif1'), u32(0), ascii('mif1avifmiaf')))],
    ['heic', head(box('ftyp', ascii('heic'), u32(0), ascii('mif1heic')))],
    ['heic', head(box('ftyp', ascii('mif1'), u32(0), ascii('mif1heicmiaf')))],
  ] as const)('knows %s', (type, bytes) => {
    expect(sniffImageType(bytes)).toBe(type);
    expect(sniffUnsupportedType(bytes)).toBeNull();
  });

  it.each([
    ['nothing', head()],
    ['one byte', head([0xff])],
    ['a PDF', head('%PDF-1.7\n%', [0xe2, 0xe3, 0xcf, 0xd3])],
    ['a zip', head('PK\x03\x04')],
    ['text beginning with BM', head('BMW drivers of the world, unite')],
    ['a sound in RIFF', head('RIFF', u32le(100), 'WAVEfmt ')],
    ['a video', head(box('ftyp', ascii('isom'), u32(0), ascii('isomiso2mp41')))],
    ['a box cut off', head(u32(24), 'ftyp')],
    ['half a PNG signature', head([0x89], 'PNG')],
    ['a web page', head('<!DOCTYPE html><html><body><svg width="1"></svg>')],
    ['zeros', head(zeros(64))],
  ])('knows that %s is none', (_, bytes) => {
    expect(sniffImageType(bytes)).toBeNull();
    expect(sniffUnsupportedType(bytes)).toBeNull();
  });
});

it.each([
  ['tiff', head('II*\0', u32le(8))],
  ['tiff', head('MM\0*', u32(8))],
  ['psd', head('8BPS\0\x01')],
  ['jxl', head([0xff, 0x0a, 0xfa])],
  ['jxl', head(u32(12), 'JXL ', [0x0d, 0x0a, 0x87, 0x0a])],
  ['jp2', head(u32(12), 'jP  ', [0x0d, 0x0a, 0x87, 0x0a])],
  ['ico', head([0, 0, 1, 0, 1, 0], [32, 32])],
  ['raw', head('FUJIFILMCCD-RAW 0201')],
  ['raw', head(box('ftyp', ascii('crx '), u32(1), ascii('crx isom')))],
  ['svg', head('<svg xmlns="http://www.w3.org/2000/svg">')],
  [
    'svg',
    head(
      [0xef, 0xbb, 0xbf],
      '<?xml version="1.0"?>\n<!-- one --><!-- two -->\n<!DOCTYPE svg PUBLIC "x" [<!ENTITY a "b">]>\n<svg>',
    ),
  ],
] as const)('sniffUnsupportedType knows %s', (type, bytes) => {
  expect(sniffImageType(bytes)).toBeNull();
  expect(sniffUnsupportedType(bytes)).toBe(type);
});

it('comes to an end on markup made to be slow', () => {
  expect(sniffUnsupportedType(head('<!---->'.repeat(150)))).toBeNull();
});
