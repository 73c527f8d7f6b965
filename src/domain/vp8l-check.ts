/**
 * Whether the coded data of a lossless WebP hold all its pixels and no more (VP8L; RFC 9649, 3): its codes are read as a
 * decoder would, without making pixels. One place of the data that is changed shifts the codes behind it, so that they
 * end elsewhere.
 */
import { assertWhole } from './fault';

/** Encoders of whole files leave none; one might round up. */
const MAX_PADDING_BYTES = 4;

/** Bits from each byte's lowest on. Behind the end they are 0. */
class LowBits {
  private readonly bytes: Uint8Array;
  /** The next bit. */
  at: number;

  constructor(bytes: Uint8Array, at: number) {
    this.bytes = bytes;
    this.at = at;
  }

  /** The next 25 bits or more, not taken. */
  peek(): number {
    const { bytes } = this;
    const i = this.at >>> 3;
    return (bytes[i]! | (bytes[i + 1]! << 8) | (bytes[i + 2]! << 16) | (bytes[i + 3]! << 24)) >>> (this.at & 7);
  }

  /** @param count - 0-25. */
  read(count: number): number {
    const value = this.peek() & ((1 << count) - 1);
    this.at += count;
    return value;
  }

  assertWithin(): void {
    assertWhole(this.at <= 8 * this.bytes.length, 'the codes end before the picture does');
  }

  assertEven(): void {
    this.assertWithin();
    const padding = (this.at & 7) === 0 ? 0 : this.bytes[this.at >>> 3]! >>> (this.at & 7);
    const rest = this.bytes.subarray((this.at + 7) >>> 3);
    assertWhole(
      padding === 0 && rest.length <= MAX_PADDING_BYTES && rest.every((byte) => byte === 0),
      'codes are left over behind the picture',
    );
  }
}

const FAST_BITS = 10;

/** A prefix code (3.7.2.1): codes are in the order of their lengths, then of their symbols. */
class PrefixCode {
  /** By the next FAST_BITS bits: symbol * 16 + length; 0 of it: the code is longer. */
  private readonly fast = new Uint16Array(1 << FAST_BITS);
  private readonly counts = new Uint16Array(16);
  private readonly symbols: Uint16Array;
  /** What stands where there is no code to read: the one symbol that there is. */
  private readonly only: number;

  /** @throws FaultError unless the lengths make a full code, or there is one symbol alone. */
  constructor(lengths: Uint8Array) {
    for (const length of lengths) if (length > 0) this.counts[length]!++;
    const total = this.counts.reduce((a, b) => a + b, 0);
    assertWhole(total > 0, 'a prefix code has no symbols');
    let left = 1;
    const next = new Uint16Array(16);
    for (let length = 1, at = 0; length < 16; length++) {
      left = 2 * left - this.counts[length]!;
      assertWhole(left >= 0, 'a prefix code has more codes than fit');
      next[length] = at;
      at += this.counts[length]!;
    }
    assertWhole(left === 0 || total === 1, 'a prefix code leaves codes without a meaning');
    this.symbols = new Uint16Array(total);
    lengths.forEach((length, symbol) => {
      if (length > 0) this.symbols[next[length]!++] = symbol;
    });
    this.only = total === 1 ? this.symbols[0]! : -1;
    if (total > 1) this.fillFast();
  }

  private fillFast(): void {
    let [code, index] = [0, 0];
    for (let length = 1; length <= FAST_BITS; length++, code <<= 1) {
      for (let i = 0; i < this.counts[length]!; i++, code++, index++) {
        let reversed = 0;
        for (let bit = 0; bit < length; bit++) reversed |= ((code >> bit) & 1) << (length - 1 - bit);
        for (let at = reversed; at < 1 << FAST_BITS; at += 1 << length) this.fast[at] = (this.symbols[index]! << 4) | length;
      }
    }
  }

  read(bits: LowBits): number {
    if (this.only >= 0) return this.only;
    const window = bits.peek();
    const entry = this.fast[window & ((1 << FAST_BITS) - 1)]!;
    if (entry !== 0) {
      bits.at += entry & 15;
      return entry >> 4;
    }
    let [code, first, index] = [0, 0, 0];
    for (let length = 1; length < 16; length++) {
      code |= (window >> (length - 1)) & 1;
      const count = this.counts[length]!;
      if (code - first < count) {
        bits.at += length;
        return this.symbols[index + code - first]!;
      }
      index += count;
      first = (first + count) << 1;
      code <<= 1;
    }
    return 0; // a full code has one for every bits
  }
}

const LENGTH_CODE_ORDER = [17, 18, 0, 1, 2, 3, 4, 5, 16, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15];

function readCodeLengths(bits: LowBits, size: number): Uint8Array {
  const lengths = new Uint8Array(size);
  const ofLengths = new Uint8Array(19);
  const known = 4 + bits.read(4);
  for (let i = 0; i < known; i++) ofLengths[LENGTH_CODE_ORDER[i]!] = bits.read(3);
  const code = new PrefixCode(ofLengths);
  let codes = size;
  if (bits.read(1) === 1) {
    codes = 2 + bits.read(2 + 2 * bits.read(3));
    assertWhole(codes <= size, 'a prefix code has more symbols than there are');
  }
  for (let symbol = 0, previous = 8; symbol < size && codes > 0; codes--) {
    const length = code.read(bits);
    if (length < 16) {
      lengths[symbol++] = length;
      if (length > 0) previous = length;
      continue;
    }
    const repeat = length === 16 ? 3 + bits.read(2) : length === 17 ? 3 + bits.read(3) : 11 + bits.read(7);
    assertWhole(symbol + repeat <= size, 'a prefix code has more symbols than there are');
    lengths.fill(length === 16 ? previous : 0, symbol, symbol + repeat);
    symbol += repeat;
  }
  return lengths;
}

/** (3.7.2.1) @param size - Of the alphabet. */
function readPrefixCode(bits: LowBits, size: number): PrefixCode {
  if (bits.read(1) === 0) return new PrefixCode(readCodeLengths(bits, size));
  const lengths = new Uint8Array(Math.max(size, 256));
  const count = bits.read(1) + 1;
  lengths[bits.read(bits.read(1) === 0 ? 1 : 8)] = 1;
  if (count === 2) lengths[bits.read(8)] = 1;
  return new PrefixCode(lengths.subarray(0, size));
}

/** Green and lengths, red, blue, alpha, distances (3.6.2). */
type CodeGroup = readonly [PrefixCode, PrefixCode, PrefixCode, PrefixCode, PrefixCode];

function readGroup(bits: LowBits, cacheSize: number): CodeGroup {
  const read = (size: number): PrefixCode => readPrefixCode(bits, size);
  const group: CodeGroup = [read(256 + 24 + cacheSize), read(256), read(256), read(256), read(40)];
  bits.assertWithin();
  return group;
}

/** The number of a length or distance whose prefix was read (3.5.1). */
function readPrefixed(bits: LowBits, prefix: number): number {
  if (prefix < 4) return prefix + 1;
  const extra = (prefix - 2) >> 1;
  return ((2 + (prefix & 1)) << extra) + bits.read(extra) + 1;
}

/** Pixels near by that short distance codes stand for, as rows above * 16 + 8 - columns to the left (3.5.1, table 1). */
// prettier-ignore
const NEAR = [
  0x18, 0x07, 0x17, 0x19, 0x28, 0x06, 0x27, 0x29, 0x16, 0x1a, 0x26, 0x2a, 0x38, 0x05, 0x37, 0x39, 0x15, 0x1b, 0x36, 0x3a,
  0x25, 0x2b, 0x48, 0x04, 0x47, 0x49, 0x14, 0x1c, 0x35, 0x3b, 0x46, 0x4a, 0x24, 0x2c, 0x58, 0x45, 0x4b, 0x34, 0x3c, 0x03,
  0x57, 0x59, 0x13, 0x1d, 0x56, 0x5a, 0x23, 0x2d, 0x44, 0x4c, 0x55, 0x5b, 0x33, 0x3d, 0x68, 0x02, 0x67, 0x69, 0x12, 0x1e,
  0x66, 0x6a, 0x22, 0x2e, 0x54, 0x5c, 0x43, 0x4d, 0x65, 0x6b, 0x32, 0x3e, 0x78, 0x01, 0x77, 0x79, 0x53, 0x5d, 0x11, 0x1f,
  0x64, 0x6c, 0x42, 0x4e, 0x76, 0x7a, 0x21, 0x2f, 0x75, 0x7b, 0x31, 0x3f, 0x63, 0x6d, 0x52, 0x5e, 0x00, 0x74, 0x7c, 0x41,
  0x4f, 0x10, 0x20, 0x62, 0x6e, 0x30, 0x73, 0x7d, 0x51, 0x5f, 0x40, 0x72, 0x7e, 0x61, 0x6f, 0x50, 0x71, 0x7f, 0x60, 0x70,
];

function distanceOf(code: number, width: number): number {
  if (code > 120) return code - 120;
  const near = NEAR[code - 1]!;
  return Math.max(1, (near >> 4) * width + 8 - (near & 15));
}

function divideUp(size: number, bits: number): number {
  return (size + (1 << bits) - 1) >> bits;
}

/** Which group of codes is used where: one for squares of 2^bits pixels (3.6.2.2). */
interface GroupMap {
  readonly bits: number;
  readonly wide: number;
  readonly groups: Uint16Array;
}

class Vp8lWalk {
  private readonly bits: LowBits;

  constructor(bits: LowBits) {
    this.bits = bits;
  }

  walk(width: number, height: number): void {
    const { bits } = this;
    const seen = new Set<number>();
    let columns = width;
    while (bits.read(1) === 1) {
      const kind = bits.read(2);
      assertWhole(!seen.has(kind), 'a transform comes twice');
      seen.add(kind);
      if (kind === 3) {
        const colours = bits.read(8) + 1;
        this.skipImage(colours, 1, null);
        columns = divideUp(columns, colours <= 2 ? 3 : colours <= 4 ? 2 : colours <= 16 ? 1 : 0);
      } else if (kind !== 2) {
        const squares = bits.read(3) + 2;
        this.skipImage(divideUp(columns, squares), divideUp(height, squares), null);
      }
    }
    const cacheBits = this.readCacheBits();
    const map = bits.read(1) === 1 ? this.readGroupMap(columns, height) : null;
    this.skipPixels(columns, height, cacheBits, map, null);
    bits.assertEven();
  }

  private readCacheBits(): number {
    if (this.bits.read(1) === 0) return 0;
    const cacheBits = this.bits.read(4);
    assertWhole(cacheBits >= 1 && cacheBits <= 11, 'the colour cache has no valid size');
    return cacheBits;
  }

  /** An image that belongs to the coding (3.6): without groups of its own. @param pixels - What to write it to. */
  private skipImage(width: number, height: number, pixels: Uint32Array | null): void {
    this.skipPixels(width, height, this.readCacheBits(), null, pixels);
  }

  private readGroupMap(columns: number, height: number): GroupMap {
    const bits = this.bits.read(3) + 2;
    const [wide, high] = [divideUp(columns, bits), divideUp(height, bits)];
    const pixels = new Uint32Array(wide * high);
    this.skipImage(wide, high, pixels);
    return { bits, wide, groups: Uint16Array.from(pixels, (pixel) => (pixel >>> 8) & 0xffff) };
  }

  private skipPixels(width: number, height: number, cacheBits: number, map: GroupMap | null, pixels: Uint32Array | null): void {
    const { bits } = this;
    const cacheSize = cacheBits === 0 ? 0 : 1 << cacheBits;
    const count = map === null ? 1 : map.groups.reduce((most, group) => Math.max(most, group), 0) + 1;
    const groups = Array.from({ length: count }, () => readGroup(bits, cacheSize));
    const cache = new ColourCache(cacheBits, pixels);
    const total = width * height;
    for (let at = 0; at < total;) {
      const group = groups[map === null ? 0 : groupAt(map, at, width)]!;
      const green = group[0].read(bits);
      if (green < 256) {
        const red = group[1].read(bits);
        const blue = group[2].read(bits);
        const alpha = group[3].read(bits);
        cache.put(at++, ((alpha << 24) | (red << 16) | (green << 8) | blue) >>> 0);
      } else if (green < 280) {
        const length = readPrefixed(bits, green - 256);
        const distance = distanceOf(readPrefixed(bits, group[4].read(bits)), width);
        assertWhole(distance <= at && at + length <= total, 'pixels are copied from or to where there are none');
        cache.copy(at, distance, length);
        at += length;
      } else cache.take(at++, green - 280);
      if ((at & 255) === 0) bits.assertWithin();
    }
    bits.assertWithin();
  }
}

function groupAt({ bits, wide, groups }: GroupMap, at: number, width: number): number {
  const y = Math.floor(at / width);
  return groups[(y >> bits) * wide + ((at - y * width) >> bits)]!;
}

/** Pixels of an image whose values count, and the colours lately seen in it (3.6.2.3, 3.5.2). */
class ColourCache {
  private readonly shift: number;
  private readonly colours: Uint32Array;
  private readonly pixels: Uint32Array | null;

  /** @param pixels - null: only the codes' lengths count, nothing is kept. */
  constructor(bits: number, pixels: Uint32Array | null) {
    this.shift = 32 - bits;
    this.colours = new Uint32Array(bits === 0 ? 0 : 1 << bits);
    this.pixels = pixels;
  }

  put(at: number, argb: number): void {
    if (this.pixels === null) return;
    this.pixels[at] = argb;
    if (this.colours.length > 0) this.colours[Math.imul(0x1e35a7bd, argb) >>> this.shift] = argb;
  }

  take(at: number, index: number): void {
    if (this.pixels !== null) this.put(at, this.colours[index] ?? 0);
  }

  copy(at: number, distance: number, length: number): void {
    if (this.pixels === null) return;
    for (let i = at; i < at + length; i++) this.put(i, this.pixels[i - distance]!);
  }
}

/**
 * @param body - Of the chunk `VP8L`.
 * @throws FaultError `damaged`.
 */
export function checkVp8l(body: Uint8Array): void {
  assertWhole(body.length > 5 && body[0] === 0x2f && body[4]! >> 5 === 0, 'VP8L has no signature');
  const bits = new LowBits(body, 8);
  const [width, height] = [bits.read(14) + 1, bits.read(14) + 1];
  bits.read(4); // alpha, version
  new Vp8lWalk(bits).walk(width, height);
}
