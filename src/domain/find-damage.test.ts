import { deflateSync } from 'node:zlib';
import { encode } from 'fast-png';
import { describe, expect, it } from 'vitest';
import {
  animateWebp,
  encodeApng,
  encodeGif,
  encodePng,
  encodePng16,
  encodePngPalette,
  pngChunk,
} from '../../e2e/support/encode-pictures';
import { drawLesion, reduceColours } from '../../e2e/support/pictures';
import { crc32 } from './crc32';
import { findDamage, isCheckable } from './find-damage';
import type { ImageType } from './image-file';
import { ascii, u32le, zeros } from './testdata/bytes';
import { damage, DAMAGES, join, randomOf, WEBP_SAMPLES } from './testdata/damage';

const picture = reduceColours(drawLesion('irregular', 120, 90));
const png = new Uint8Array(encodePng(picture));
const gif = new Uint8Array(encodeGif([picture, picture]));

function detailOf(type: ImageType, bytes: Uint8Array): string | null {
  const fault = findDamage(type, bytes);
  return fault && `${fault.kind}: ${fault.detail}`;
}

/** A PNG of these chunks; those of zlib data are whole. */
function pngOf(...chunks: readonly Buffer[]): Uint8Array {
  return join(png.subarray(0, 8), ...chunks, pngChunk('IEND'));
}

function header(width: number, height: number, ...rest: readonly number[]): Buffer {
  return pngChunk('IHDR', Uint8Array.from([0, 0, width >> 8, width & 255, 0, 0, height >> 8, height & 255, ...rest]));
}

it('knows CRC-32', () => {
  expect(crc32(Uint8Array.from(ascii('123456789')))).toBe(0xcbf43926);
});

it('says of which kinds it knows anything', () => {
  expect((['jpeg', 'png', 'webp', 'gif', 'bmp', 'avif', 'heic'] as const).filter(isCheckable)).toEqual([
    'jpeg',
    'png',
    'webp',
    'gif',
  ]);
  expect(findDamage('bmp', new Uint8Array(4))).toBeNull();
});

describe('PNG', () => {
  const rgba = encode({ width: 60, height: 50, data: new Uint8Array(60 * 50 * 4).map((_, i) => (i * 7919) % 251), channels: 4 });

  it.each([
    ['plain', png],
    ['fast-png, RGBA', rgba],
    ['16 bits', new Uint8Array(encodePng16(picture))],
    ['palette', new Uint8Array(encodePngPalette(picture))],
    ['animated', new Uint8Array(encodeApng(picture, picture))],
    ['text behind the end', join(png, ascii('and so on'))],
    [
      'a comment with a wrong checksum',
      join(png.subarray(0, 33), pngChunk('tEXt', Buffer.from('a')).fill(0, 9), png.subarray(33)),
    ],
    ['pixels in two chunks', pngOf(header(1, 2, 8, 0, 0, 0, 0), ...halves(deflateSync(Buffer.alloc(4))))],
    ['more rows than are needed', pngOf(header(1, 2, 8, 0, 0, 0, 0), pngChunk('IDAT', deflateSync(Buffer.alloc(40))))],
    // 5 x 3 at 2 bits in grey, in passes of 1x1, 1x1, none, 2x1, 3x1, 2x2 and 5x1 pixels
    ['interlaced', pngOf(header(5, 3, 2, 0, 0, 0, 1), pngChunk('IDAT', deflateSync(Buffer.alloc(2 + 2 + 2 + 2 + 4 + 3))))],
  ])('is whole: %s', (_, bytes) => {
    expect(detailOf('png', bytes)).toBeNull();
  });

  it.each([
    [
      'interlaced, a row too few',
      pngOf(header(5, 3, 2, 0, 0, 0, 1), pngChunk('IDAT', deflateSync(Buffer.alloc(2 + 2 + 2 + 4 + 2)))),
    ],
    ['a row too few', pngOf(header(1, 2, 8, 0, 0, 0, 0), pngChunk('IDAT', deflateSync(Buffer.alloc(3))))],
    ['the second chunk missing', pngOf(header(1, 2, 8, 0, 0, 0, 0), halves(deflateSync(Buffer.alloc(4)))[0]!)],
    ['no zlib data', pngOf(header(1, 2, 8, 0, 0, 0, 0), pngChunk('IDAT', Buffer.from('nothing of it')))],
    ['no pixels', pngOf(header(1, 2, 8, 0, 0, 0, 0))],
    ['no header', join(png.subarray(0, 8), png.subarray(33))],
    ['0 x 0', pngOf(header(0, 0, 8, 0, 0, 0, 0), pngChunk('IDAT', deflateSync(Buffer.alloc(4))))],
    ['3 bits', pngOf(header(1, 2, 3, 0, 0, 0, 0), pngChunk('IDAT', deflateSync(Buffer.alloc(4))))],
    ['no palette', pngOf(header(1, 2, 8, 3, 0, 0, 0), pngChunk('IDAT', deflateSync(Buffer.alloc(4))))],
    [
      'a chunk between the pixels',
      pngOf(header(1, 2, 8, 0, 0, 0, 0), ...halves(deflateSync(Buffer.alloc(4))).flatMap((half) => [half, pngChunk('tEXt')])),
    ],
    ['no end', png.subarray(0, -12)],
  ])('is damaged: %s', (_, bytes) => {
    expect(detailOf('png', bytes)).toMatch(/^damaged: /);
  });

  it('is damaged wherever its data were changed', () => {
    const random = randomOf(20_262);
    for (const how of DAMAGES) {
      for (const length of [1, 16, 64, 256]) {
        const copy = damage(png, how, [33, png.length - 12, length], random);
        if (Buffer.compare(copy, png) !== 0)
          expect([how, length, detailOf('png', copy)]).toEqual([how, length, expect.any(String)]);
      }
    }
  });
});

function halves(data: Buffer): Buffer[] {
  return [pngChunk('IDAT', data.subarray(0, 6)), pngChunk('IDAT', data.subarray(6))];
}

describe('GIF', () => {
  it('is whole with several pictures, without its trailer, and with something behind it', () => {
    for (const bytes of [gif, gif.subarray(0, -1), join(gif, zeros(9))]) expect(detailOf('gif', bytes)).toBeNull();
  });

  it('is whole with codes that grow', () => {
    // 4 x 4 pixels of one colour: clear, then the codes of runs of 1 to 5 and of 1, then the end; from 3 bits to 4.
    const codes = [4, 0, 6, 7, 8, 9, 0, 5];
    const bits = codes
      .map((code, i) => code.toString(2).padStart(i < 4 ? 3 : 4, '0'))
      .reverse()
      .join('');
    const bytes = (bits.padStart(32, '0').match(/.{8}/g) ?? []).reverse().map((byte) => parseInt(byte, 2));
    const head = [...ascii('GIF89a'), 4, 0, 4, 0, 0x80, 0, 0, ...zeros(6), 0x2c, 0, 0, 0, 0, 4, 0, 4, 0, 0];
    expect(detailOf('gif', Uint8Array.from([...head, 2, 4, ...bytes, 0, 0x3b]))).toBeNull();
    expect(detailOf('gif', Uint8Array.from([...head, 2, 2, ...bytes.slice(0, 2), 0, 0x3b]))).toMatch(/^damaged/);
  });

  it('is damaged where its codes stand for more pixels than there are, or go on behind them', () => {
    const [lines, codes] = [gif.indexOf(0x2c, 13) + 7, 'there are codes behind the picture'];
    const flatter = gif.slice();
    flatter[lines]! -= 1;
    expect(detailOf('gif', flatter)).toBe(`damaged: ${codes}`);
  });

  it('is damaged where its codes stop or stand for nothing', () => {
    expect(detailOf('gif', gif.slice().fill(0xff, 900, 1500))).toMatch(/^damaged/);
    expect(detailOf('gif', join(gif.subarray(0, 900), [0, 0x3b]))).toMatch(/^damaged/);
  });
});

describe('WebP', () => {
  const chunk = (kind: string, body: readonly number[]): number[] => [
    ...ascii(kind),
    ...u32le(body.length),
    ...body,
    ...zeros(body.length & 1),
  ];
  const riff = (...chunks: readonly number[][]): Uint8Array => {
    const body = [...ascii('WEBP'), ...chunks.flat()];
    return Uint8Array.from([...ascii('RIFF'), ...u32le(body.length), ...body]);
  };
  const [lossyFile, losslessFile] = ['lossy', 'lossless'].map((name) => WEBP_SAMPLES.find(([known]) => known === name)![1]);
  /** Of a file of one chunk: its body. */
  const bodyOf = (file: Uint8Array): number[] => [...file.subarray(20, 20 + new DataView(file.buffer).getUint32(16, true))];
  const [lossy, lossless] = [bodyOf(lossyFile!), bodyOf(losslessFile!)];

  it.each(WEBP_SAMPLES)('is whole as libwebp wrote it: %s', (_, bytes) => {
    expect(detailOf('webp', bytes)).toBeNull();
  });

  it('is whole: extended, animated, with something behind it', () => {
    const still = riff(chunk('VP8 ', lossy));
    for (const bytes of [
      still,
      riff(chunk('VP8L', lossless)),
      riff(chunk('VP8X', zeros(10)), chunk('ICCP', [1, 2, 3]), chunk('ALPH', [0]), chunk('VP8 ', lossy), chunk('EXIF', [1])),
      new Uint8Array(animateWebp([Buffer.from(still), Buffer.from(still)], 4, 4)),
      join(still, zeros(5)),
    ]) {
      expect(detailOf('webp', bytes)).toBeNull();
    }
  });

  it('is damaged where something is longer than what it lies in, or overwritten at its front', () => {
    const still = riff(chunk('VP8 ', lossy));
    for (const bytes of [
      riff(chunk('VP8 ', lossy.with(2, 0xff))),
      riff(chunk('VP8 ', lossy.slice().fill(0, 3, 6))),
      riff(chunk('VP8 ', lossy.slice().fill(0, 6, 10))),
      riff(chunk('VP8L', zeros(15))),
      riff([...ascii('VP8 '), ...u32le(lossy.length + 11), ...lossy]),
      riff(chunk('VP8X', zeros(10))),
      still.subarray(0, -1),
    ]) {
      expect(detailOf('webp', bytes)).toMatch(/^damaged/);
    }
  });

  it('is damaged where its codes end too early or too late', () => {
    for (const [kind, body] of [
      ['VP8 ', lossy],
      ['VP8L', lossless],
    ] as const) {
      for (const share of [0.5, 0.9, 0.99]) {
        const part = body.slice(0, Math.floor(share * body.length));
        expect([kind, share, detailOf('webp', riff(chunk(kind, part)))]).toEqual([kind, share, expect.any(String)]);
      }
      expect(detailOf('webp', riff(chunk(kind, [...body, ...zeros(40)])))).toMatch(/^damaged/);
      expect(detailOf('webp', riff(chunk(kind, [...body, 1])))).toMatch(/^damaged/);
    }
  });

  it('is damaged wherever its data were changed, but for a few', () => {
    const random = randomOf(20_263);
    for (const [name, bytes] of WEBP_SAMPLES) {
      let [count, unnoticed] = [0, 0];
      for (const how of DAMAGES) {
        for (const length of [16, 64, 256]) {
          for (let run = 0; run < 10 && 3 * length < bytes.length - 30; run++) {
            const copy = damage(bytes, how, [30, bytes.length - 1, length], random);
            if (Buffer.compare(copy, bytes) === 0) continue;
            count++;
            if (detailOf('webp', copy) === null) unnoticed++;
          }
        }
      }
      // Lossless codes fall back into step, and are whole again.
      const mostUnnoticed = name === 'lossless' ? 0.15 : 0.1;
      expect([name, unnoticed / count < mostUnnoticed, count > 40]).toEqual([name, true, true]);
    }
  });
});
