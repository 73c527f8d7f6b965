/** Small writers for PNG, GIF, BMP and animated WebP, in the variants that no library at hand writes. */
import { deflateSync } from 'node:zlib';
import { crc32 } from '../../src/domain/crc32';
import type { Picture } from './encode-jpeg';

const PNG_SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

function u32(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(4 * values.length);
  values.forEach((value, i) => bytes.writeUInt32BE(value, 4 * i));
  return bytes;
}

export function pngChunk(kind: string, data: Uint8Array = new Uint8Array(0)): Buffer {
  const body = Buffer.concat([Buffer.from(kind, 'latin1'), data]);
  return Buffer.concat([u32(data.length), body, u32(crc32(body))]);
}

/** Unfiltered rows, compressed. */
function pngData(rows: Uint8Array, rowBytes: number): Buffer {
  const height = rows.length / rowBytes;
  const filtered = Buffer.alloc(rows.length + height);
  for (let y = 0; y < height; y++) filtered.set(rows.subarray(y * rowBytes, (y + 1) * rowBytes), y * (rowBytes + 1) + 1);
  return deflateSync(filtered);
}

/** Colour types of PNG: 2 RGB, 3 palette, 6 RGBA. */
function pngHeader(width: number, height: number, depth: number, colourType: number): Buffer {
  return pngChunk('IHDR', Buffer.concat([u32(width, height), Buffer.from([depth, colourType, 0, 0, 0])]));
}

/** @param extra - Chunks to stand before the pixels. */
export function encodePng({ width, height, rgb }: Picture, extra: readonly Buffer[] = []): Buffer {
  const data = pngChunk('IDAT', pngData(rgb, width * 3));
  return Buffer.concat([PNG_SIGNATURE, pngHeader(width, height, 8, 2), ...extra, data, pngChunk('IEND')]);
}

/** The same colours at 16 bits a channel: 257 times the byte. */
export function encodePng16({ width, height, rgb }: Picture): Buffer {
  const rows = Uint8Array.from({ length: rgb.length * 2 }, (_, i) => rgb[i >> 1]!);
  return Buffer.concat([
    PNG_SIGNATURE,
    pngHeader(width, height, 16, 2),
    pngChunk('IDAT', pngData(rows, width * 6)),
    pngChunk('IEND'),
  ]);
}

/** @param alpha - [height, width], 0-255. */
export function encodePngAlpha({ width, height, rgb }: Picture, alpha: Uint8Array): Buffer {
  const rows = Uint8Array.from({ length: width * height * 4 }, (_, i) =>
    (i & 3) === 3 ? alpha[i >> 2]! : rgb[(i >> 2) * 3 + (i & 3)]!,
  );
  return Buffer.concat([
    PNG_SIGNATURE,
    pngHeader(width, height, 8, 6),
    pngChunk('IDAT', pngData(rows, width * 4)),
    pngChunk('IEND'),
  ]);
}

export interface Indexed {
  /** RGB of up to 256 colours. */
  readonly palette: Uint8Array;
  /** [height, width]. */
  readonly indices: Uint8Array;
}

/** @throws Error if the picture has more than 256 colours. */
export function indexColours({ width, height, rgb }: Picture): Indexed {
  const known = new Map<number, number>();
  const indices = Uint8Array.from({ length: width * height }, (_, i) => {
    const colour = (rgb[3 * i]! << 16) | (rgb[3 * i + 1]! << 8) | rgb[3 * i + 2]!;
    if (!known.has(colour)) known.set(colour, known.size);
    return known.get(colour)!;
  });
  if (known.size > 256) throw new Error(`${known.size} colours`);
  return { palette: Uint8Array.from([...known.keys()].flatMap((c) => [c >> 16, (c >> 8) & 255, c & 255])), indices };
}

export function encodePngPalette(picture: Picture): Buffer {
  const { palette, indices } = indexColours(picture);
  const { width, height } = picture;
  const data = pngChunk('IDAT', pngData(indices, width));
  return Buffer.concat([PNG_SIGNATURE, pngHeader(width, height, 8, 3), pngChunk('PLTE', palette), data, pngChunk('IEND')]);
}

/** An APNG of two frames, each shown for a second. */
export function encodeApng(first: Picture, second: Picture): Buffer {
  const { width, height } = first;
  const control = (sequence: number): Buffer =>
    pngChunk('fcTL', Buffer.concat([u32(sequence, width, height, 0, 0), Buffer.from([0, 1, 0, 1, 0, 0])]));
  return Buffer.concat([
    PNG_SIGNATURE,
    pngHeader(width, height, 8, 2),
    pngChunk('acTL', u32(2, 0)),
    control(0),
    pngChunk('IDAT', pngData(first.rgb, width * 3)),
    control(1),
    pngChunk('fdAT', Buffer.concat([u32(2), pngData(second.rgb, width * 3)])),
    pngChunk('IEND'),
  ]);
}

/** GIF's codes as encoders write them: each is the longest run of pixels that was seen before (GIF89a, appendix F). */
function packCodes(indices: Uint8Array): Buffer {
  const bytes: number[] = [];
  let [bits, count, codeBits, next] = [0, 0, 9, 258];
  const put = (code: number): void => {
    bits |= code << count;
    for (count += codeBits; count >= 8; count -= 8, bits >>>= 8) bytes.push(bits & 255);
  };
  let known = new Map<number, number>();
  put(256);
  let run = indices[0]!;
  for (const index of indices.subarray(1)) {
    const longer = run * 256 + index;
    const code = known.get(longer);
    if (code !== undefined) {
      run = code;
      continue;
    }
    put(run);
    if (next < 4096) {
      known.set(longer, next);
      if (next === 1 << codeBits) codeBits++;
      next++;
    } else {
      put(256);
      known = new Map();
      [codeBits, next] = [9, 258];
    }
    run = index;
  }
  put(run);
  put(257);
  bytes.push(bits & 255);
  return Buffer.from(bytes);
}

/** A GIF of one frame, packed as encoders do. */
export function encodePackedGif(picture: Picture): Buffer {
  const { palette, indices } = indexColours(picture);
  const size = Buffer.alloc(4);
  size.writeUInt16LE(picture.width, 0);
  size.writeUInt16LE(picture.height, 2);
  const codes = packCodes(indices);
  return Buffer.concat([
    Buffer.from('GIF89a', 'latin1'),
    size,
    Buffer.from([0x87, 0, 0]),
    Buffer.concat([palette, Buffer.alloc(768 - palette.length)]),
    Buffer.from([0x2c, 0, 0, 0, 0]),
    size,
    Buffer.from([0, 8]),
    ...Array.from({ length: Math.ceil(codes.length / 255) }, (_, i) => {
      const block = codes.subarray(i * 255, (i + 1) * 255);
      return Buffer.concat([Buffer.from([block.length]), block]);
    }),
    Buffer.from([0, 0x3b]),
  ]);
}

/** A GIF of these frames. Its codes are never compressed: the table is cleared before they would grow to 10 bits. */
export function encodeGif(frames: readonly Picture[]): Buffer {
  const { width, height } = frames[0]!;
  const size = Buffer.from([width & 255, width >> 8, height & 255, height >> 8]);
  const parts: Buffer[] = [Buffer.from('GIF89a', 'latin1'), size, Buffer.from([0, 0, 0])];
  for (const frame of frames) {
    const { palette, indices } = indexColours(frame);
    const bytes: number[] = [];
    let [bits, count] = [0, 0];
    const put = (code: number): void => {
      bits |= code << count;
      for (count += 9; count >= 8; count -= 8, bits >>>= 8) bytes.push(bits & 255);
    };
    indices.forEach((index, i) => {
      if (i % 250 === 0) put(256);
      put(index);
    });
    put(257);
    bytes.push(bits & 255);
    parts.push(
      Buffer.from([0x21, 0xf9, 4, 0, 100, 0, 0, 0, 0x2c, 0, 0, 0, 0]),
      size,
      Buffer.from([0x87]),
      Buffer.concat([palette, Buffer.alloc(768 - palette.length)]),
      Buffer.from([8]),
      ...Array.from({ length: Math.ceil(bytes.length / 255) }, (_, i) => {
        const block = bytes.slice(i * 255, (i + 1) * 255);
        return Buffer.from([block.length, ...block]);
      }),
      Buffer.from([0]),
    );
  }
  return Buffer.concat([...parts, Buffer.from([0x3b])]);
}

/** 24 bits from the bottom, or 8 bits with a palette from the top. */
export function encodeBmp(picture: Picture, kind: '24' | '8-top-down' = '24'): Buffer {
  const { width, height, rgb } = picture;
  const { palette, indices } = kind === '24' ? { palette: new Uint8Array(0), indices: new Uint8Array(0) } : indexColours(picture);
  const pixelBytes = kind === '24' ? 3 : 1;
  const rowBytes = Math.ceil((width * pixelBytes) / 4) * 4;
  const colours = palette.length / 3;
  const offset = 54 + 4 * colours;
  const file = Buffer.alloc(offset + rowBytes * height);
  file.write('BM', 'latin1');
  file.writeUInt32LE(file.length, 2);
  file.writeUInt32LE(offset, 10);
  file.writeUInt32LE(40, 14);
  file.writeInt32LE(width, 18);
  file.writeInt32LE(kind === '24' ? height : -height, 22);
  file.writeUInt16LE(1, 26);
  file.writeUInt16LE(8 * pixelBytes, 28);
  file.writeUInt32LE(colours, 46);
  for (let i = 0; i < colours; i++) file.set([palette[3 * i + 2]!, palette[3 * i + 1]!, palette[3 * i]!], 54 + 4 * i);
  for (let y = 0; y < height; y++) {
    const to = offset + (kind === '24' ? height - 1 - y : y) * rowBytes;
    for (let x = 0; x < width; x++) {
      const i = y * width + x;
      if (kind === '24') file.set([rgb[3 * i + 2]!, rgb[3 * i + 1]!, rgb[3 * i]!], to + 3 * x);
      else file[to + x] = indices[i]!;
    }
  }
  return file;
}

/** Still WebP files of one size -> an animation of them, a second each (RFC 9649, 2.7.1.1). */
export function animateWebp(stills: readonly Buffer[], width: number, height: number): Buffer {
  const chunk = (kind: string, data: Buffer): Buffer => {
    const head = Buffer.alloc(8);
    head.write(kind, 'latin1');
    head.writeUInt32LE(data.length, 4);
    return Buffer.concat([head, data, Buffer.alloc(data.length % 2)]);
  };
  const u24 = (value: number): number[] => [value & 255, (value >> 8) & 255, value >> 16];
  const size = [...u24(width - 1), ...u24(height - 1)];
  const frames = stills.map((still) => {
    // The picture's own chunk: behind RIFF's 12 bytes, or behind an extended header.
    const at = [still.indexOf('VP8L'), still.indexOf('VP8 ')].find((found) => found > 0) ?? 12;
    return chunk('ANMF', Buffer.concat([Buffer.from([0, 0, 0, 0, 0, 0, ...size, ...u24(1000), 2]), still.subarray(at)]));
  });
  const body = Buffer.concat([
    Buffer.from('WEBP', 'latin1'),
    chunk('VP8X', Buffer.from([0x02, 0, 0, 0, ...size])),
    chunk('ANIM', Buffer.from([255, 255, 255, 255, 0, 0])),
    ...frames,
  ]);
  return chunk('RIFF', body);
}
