/**
 * A small JPEG writer (ITU-T T.81) for what a browser's canvas cannot write: greyscale, CMYK, progressive, EXIF, profiles.
 * No subsampling; every quantiser is `quantum`, so at 1 the pixels come back within a level or two.
 */

/** RGB bytes [height, width, 3]. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly rgb: Uint8Array;
}

export interface JpegOptions {
  readonly model?: 'rgb' | 'grey' | 'cmyk';
  readonly isProgressive?: boolean;
  readonly quantum?: number;
  /** Whole segments (`jpegSegment`) to stand before the picture. */
  readonly segments?: readonly Buffer[];
}

// prettier-ignore
const ZIGZAG = [
  0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14, 21, 28,
  35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63,
];

/** Flat Huffman codes, equally long for every symbol: valid, and simple. */
const DC_SYMBOLS = Array.from({ length: 12 }, (_, size) => size);
const AC_SYMBOLS = [0x00, 0xf0, ...Array.from({ length: 160 }, (_, i) => ((i % 16) << 4) | (Math.floor(i / 16) + 1))];
const [DC_BITS, AC_BITS] = [4, 8];

const COSINES = Array.from({ length: 64 }, (_, i) => {
  const [k, x] = [i >> 3, i & 7];
  return (k === 0 ? Math.SQRT1_2 : 1) * 0.5 * Math.cos(((2 * x + 1) * k * Math.PI) / 16);
});

export function jpegSegment(marker: number, payload: Uint8Array): Buffer {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(payload.length + 2, 2);
  return Buffer.concat([head, payload]);
}

class BitWriter {
  readonly bytes: number[] = [];
  #bits = 0;
  #count = 0;

  put(value: number, count: number): void {
    for (let bit = count - 1; bit >= 0; bit--) {
      this.#bits = (this.#bits << 1) | ((value >> bit) & 1);
      if (++this.#count === 8) this.#flush();
    }
  }

  /** Fills the last byte with ones (B.1.1.5). */
  finish(): Buffer {
    while (this.#count > 0) this.put(1, 1);
    return Buffer.from(this.bytes);
  }

  #flush(): void {
    this.bytes.push(this.#bits);
    if (this.#bits === 0xff) this.bytes.push(0);
    this.#bits = 0;
    this.#count = 0;
  }
}

/** Sample planes as they are stored, 0-255. */
function planesOf({ width, height, rgb }: Picture, model: 'rgb' | 'grey' | 'cmyk'): Float64Array[] {
  const planes = Array.from({ length: { rgb: 3, grey: 1, cmyk: 4 }[model] }, () => new Float64Array(width * height));
  for (let i = 0; i < width * height; i++) {
    const [r = 0, g = 0, b = 0] = rgb.subarray(3 * i, 3 * i + 3);
    const luma = 0.299 * r + 0.587 * g + 0.114 * b;
    // Adobe's CMYK is stored inverted: white ink is 255. Black takes all that the three inks share.
    const light = Math.max(r, g, b, 1);
    const stored =
      model === 'cmyk'
        ? [...[r, g, b].map((v) => Math.round((v * 255) / light)), light]
        : [luma, 128 - 0.168736 * r - 0.331264 * g + 0.5 * b, 128 + 0.5 * r - 0.418688 * g - 0.081312 * b];
    planes.forEach((plane, p) => {
      plane[i] = stored[p] ?? 0;
    });
  }
  return planes;
}

/** Quantised coefficients in zigzag order, block after block. Edge blocks repeat the last row and column. */
function transform(plane: Float64Array, width: number, height: number, quantum: number): Int16Array[] {
  const blocks: Int16Array[] = [];
  const half = new Float64Array(64);
  for (let top = 0; top < height; top += 8) {
    for (let left = 0; left < width; left += 8) {
      for (let y = 0; y < 8; y++) {
        const row = Math.min(height - 1, top + y) * width;
        for (let k = 0; k < 8; k++) {
          let sum = 0;
          for (let x = 0; x < 8; x++) sum += COSINES[k * 8 + x]! * (plane[row + Math.min(width - 1, left + x)]! - 128);
          half[y * 8 + k] = sum;
        }
      }
      const block = new Int16Array(64);
      ZIGZAG.forEach((at, z) => {
        let sum = 0;
        for (let y = 0; y < 8; y++) sum += COSINES[(at >> 3) * 8 + y]! * half[y * 8 + (at & 7)]!;
        block[z] = Math.round(sum / quantum);
      });
      blocks.push(block);
    }
  }
  return blocks;
}

/** Size category and the bits that follow it (F.1.2.1). */
function putValue(out: BitWriter, symbols: readonly number[], codeBits: number, run: number, value: number): void {
  const size = value === 0 ? 0 : 32 - Math.clz32(Math.abs(value));
  out.put(symbols.indexOf((run << 4) | size), codeBits);
  out.put(value < 0 ? value + (1 << size) - 1 : value, size);
}

function putAc(out: BitWriter, block: Int16Array): void {
  let run = 0;
  for (let z = 1; z < 64; z++) {
    const value = block[z]!;
    if (value === 0) run++;
    else {
      for (; run > 15; run -= 16) out.put(AC_SYMBOLS.indexOf(0xf0), AC_BITS);
      putValue(out, AC_SYMBOLS, AC_BITS, run, value);
      run = 0;
    }
  }
  if (run > 0) out.put(AC_SYMBOLS.indexOf(0), AC_BITS);
}

function scan(ids: readonly number[], from: number, to: number, put: (out: BitWriter) => void): Buffer {
  const out = new BitWriter();
  put(out);
  return Buffer.concat([
    jpegSegment(0xda, Buffer.from([ids.length, ...ids.flatMap((id) => [id, 0]), from, to, 0])),
    out.finish(),
  ]);
}

function huffmanTable(kind: number, symbols: readonly number[], bits: number): Buffer {
  const counts = Array.from({ length: 16 }, (_, i) => (i === bits - 1 ? symbols.length : 0));
  return jpegSegment(0xc4, Buffer.from([kind, ...counts, ...symbols]));
}

export function encodeJpeg(
  picture: Picture,
  { model = 'rgb', isProgressive = false, quantum = 1, segments = [] }: JpegOptions = {},
): Buffer {
  const { width, height } = picture;
  const components = planesOf(picture, model).map((plane) => transform(plane, width, height, quantum));
  const ids = components.map((_, i) => i + 1);
  const frame = Buffer.from([
    8,
    height >> 8,
    height & 255,
    width >> 8,
    width & 255,
    ids.length,
    ...ids.flatMap((id) => [id, 0x11, 0]),
  ]);
  const interleaved = (hasAc: boolean) => (out: BitWriter) => {
    for (let i = 0; i < components[0]!.length; i++) {
      for (const blocks of components) {
        putValue(out, DC_SYMBOLS, DC_BITS, 0, blocks[i]![0]! - (blocks[i - 1]?.[0] ?? 0));
        if (hasAc) putAc(out, blocks[i]!);
      }
    }
  };
  const scans = isProgressive
    ? [
        scan(ids, 0, 0, interleaved(false)),
        ...components.map((blocks, c) => scan([c + 1], 1, 63, (out) => blocks.forEach((block) => putAc(out, block)))),
      ]
    : [scan(ids, 0, 63, interleaved(true))];
  return Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    ...segments,
    ...(model === 'cmyk' ? [jpegSegment(0xee, Buffer.from('Adobe\0\x64\0\0\0\0\0', 'latin1'))] : []),
    jpegSegment(0xdb, Buffer.from([0, ...new Array<number>(64).fill(quantum)])),
    jpegSegment(isProgressive ? 0xc2 : 0xc0, frame),
    huffmanTable(0x00, DC_SYMBOLS, DC_BITS),
    huffmanTable(0x10, AC_SYMBOLS, AC_BITS),
    ...scans,
    Buffer.from([0xff, 0xd9]),
  ]);
}

/**
 * A large JPEG in little time: each pixel of the picture is a flat square of 16, its colour at half the resolution, as phones have
 * it. With `isHalf` the same picture at half its size: a square of 8, no subsampling. Flat blocks are exact at every scale.
 */
export function encodeFlatJpeg(picture: Picture, { isHalf = false, segments = [] as readonly Buffer[] } = {}): Buffer {
  const { width, height } = picture;
  const planes = planesOf(picture, 'rgb');
  const [side, lumaBlocks] = isHalf ? [8, 1] : [16, 4];
  const [columns, rows] = [width * side, height * side];
  const frame = [8, rows >> 8, rows & 255, columns >> 8, columns & 255, 3, 1, isHalf ? 0x11 : 0x22, 0, 2, 0x11, 0, 3, 0x11, 0];
  const pixels = (out: BitWriter): void => {
    const before = [0, 0, 0];
    for (let i = 0; i < width * height; i++) {
      planes.forEach((plane, p) => {
        const value = Math.round(8 * (plane[i]! - 128));
        for (let block = 0; block < (p === 0 ? lumaBlocks : 1); block++) {
          putValue(out, DC_SYMBOLS, DC_BITS, 0, value - before[p]!);
          out.put(0, 1); // the end of the block
          before[p] = value;
        }
      });
    }
  };
  return Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    ...segments,
    jpegSegment(0xdb, Buffer.from([0, ...new Array<number>(64).fill(1)])),
    jpegSegment(0xc0, Buffer.from(frame)),
    huffmanTable(0x00, DC_SYMBOLS, DC_BITS),
    huffmanTable(0x10, [0], 1),
    scan([1, 2, 3], 0, 63, pixels),
    Buffer.from([0xff, 0xd9]),
  ]);
}

/** EXIF that holds nothing but an orientation, 1-8 (EXIF 2.32, 4.6.4 A: tag 0x0112). */
export function exifSegment(orientation: number): Buffer {
  const tiff = Buffer.alloc(26);
  tiff.write('MM\0*', 'latin1');
  tiff.writeUInt32BE(8, 4);
  tiff.writeUInt16BE(1, 8);
  tiff.writeUInt16BE(0x0112, 10);
  tiff.writeUInt16BE(3, 12); // SHORT
  tiff.writeUInt32BE(1, 14);
  tiff.writeUInt16BE(orientation, 18);
  return jpegSegment(0xe1, Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff]));
}
