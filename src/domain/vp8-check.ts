/**
 * Whether the coded data of a lossy WebP come out even (VP8, RFC 6386): they are decoded as a decoder would, without making
 * pixels. An arithmetic coder writes, at its end, the low bound of the interval that it has come to; a decoder that went
 * astray somewhere is left with something else, or with too much or too little.
 */
import { assertWhole } from './fault';
import { KEEP_PROBABILITIES, MODE_PROBABILITIES, TOKEN_PROBABILITIES } from './vp8-tables';

/** Encoders close a partition with some bytes that are not needed: libwebp with 1 to 3. */
const MAX_PADDING_BYTES = 4;
/** How far a decoder looks ahead; some encoders leave out bytes that would be 0. */
const MAX_READ_AHEAD_BYTES = 2;

/** A partition of boolean codes (7). What lies behind its end is 0. */
class BoolDecoder {
  private readonly bytes: Uint8Array;
  private at = 0;
  private value = 0;
  /** Of the interval, less 1: 127-254. */
  private range = 254;
  /** Of `value`, less 8; below 0: a byte is needed. */
  private bits = -8;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  /** @param probability - That it is 0, of 256. */
  bit(probability: number): 0 | 1 {
    if (this.bits < 0) {
      this.value = (this.value << 8) | (this.bytes[this.at++] ?? 0);
      this.bits += 8;
    }
    const split = (this.range * probability) >> 8;
    const isOne = this.value >> this.bits > split;
    if (isOne) {
      this.value -= (split + 1) << this.bits;
      this.range -= split + 1;
    } else this.range = split;
    if (this.range < 127) {
      const shift = Math.clz32(this.range + 1) - 24;
      this.range = ((this.range + 1) << shift) - 1;
      this.bits -= shift;
    }
    return isOne ? 1 : 0;
  }

  number(bits: number): number {
    let value = 0;
    for (let i = 0; i < bits; i++) value = (value << 1) | this.bit(128);
    return value;
  }

  flag(): boolean {
    return this.bit(128) === 1;
  }

  /** A number and its sign, of which the flag before them says whether they are there. */
  skipOptional(bits: number): void {
    if (this.flag()) this.number(bits + 1);
  }

  assertEven(): void {
    const left = this.bytes.length - this.at;
    assertWhole(left >= -MAX_READ_AHEAD_BYTES, 'a partition ends before its picture does');
    const isEven = this.value === 0 && left <= MAX_PADDING_BYTES && this.bytes.subarray(this.at).every((byte) => byte === 0);
    assertWhole(isEven, `a partition does not end where its picture does: ${left} bytes`);
  }
}

interface FrameHeader {
  readonly hasSegments: boolean;
  readonly segments: readonly number[];
  readonly partitions: number;
  readonly tokens: Uint8Array;
  /** That a macroblock holds coefficients, of 256; null: none is without. */
  readonly filled: number | null;
}

/** The frame's header (9.3 to 9.11, 19.2). */
function readHeader(bits: BoolDecoder): FrameHeader {
  bits.number(2); // colour space, clamping
  const segments = [255, 255, 255];
  let hasSegments = false;
  if (bits.flag()) {
    hasSegments = bits.flag();
    if (bits.flag()) {
      bits.flag();
      for (let i = 0; i < 4; i++) bits.skipOptional(7);
      for (let i = 0; i < 4; i++) bits.skipOptional(6);
    }
    if (hasSegments) for (let i = 0; i < 3; i++) segments[i] = bits.flag() ? bits.number(8) : 255;
  }
  bits.number(1 + 6 + 3); // loop filter
  if (bits.flag() && bits.flag()) for (let i = 0; i < 8; i++) bits.skipOptional(6);
  const partitions = 1 << bits.number(2);
  bits.number(7); // quantisers
  for (let i = 0; i < 5; i++) bits.skipOptional(4);
  bits.flag();
  const tokens = TOKEN_PROBABILITIES.map((known, i) => (bits.bit(KEEP_PROBABILITIES[i]!) ? bits.number(8) : known));
  const filled = bits.flag() ? bits.number(8) : null;
  return { hasSegments, segments, partitions, tokens, filled };
}

/** Of a macroblock's 16 x 16 mode, as the modes of 4 x 4 blocks beside it see it: 0 DC, 1 TrueMotion, 2 vertical, 3 horizontal. */
function readLumaMode(bits: BoolDecoder): number {
  if (bits.bit(156)) return bits.bit(128) ? 1 : 3;
  return bits.bit(163) ? 2 : 0;
}

/** A 4 x 4 block's mode (8.1, 11.2). @param at - Of its probabilities in MODE_PROBABILITIES. */
function readBlockMode(bits: BoolDecoder, at: number): number {
  const next = (i: number): 0 | 1 => bits.bit(MODE_PROBABILITIES[at + i]!);
  for (let mode = 0; mode < 3; mode++) if (!next(mode)) return mode;
  if (!next(3)) return !next(4) ? 3 : 4 + next(5);
  if (!next(6)) return 6;
  return !next(7) ? 7 : 8 + next(8);
}

/** Band of each coefficient (13.3); the last is never asked. */
const BANDS = [0, 1, 2, 3, 6, 4, 5, 6, 6, 6, 6, 6, 6, 6, 6, 7, 0].map((band) => band * 33);

/** Extra bits of the large values (13.2): 5-6, 7-10, and up. */
const EXTRA_BITS = [
  [159],
  [165, 145],
  [173, 148, 140],
  [176, 155, 140, 135],
  [180, 157, 141, 134, 130],
  [254, 254, 243, 230, 196, 177, 153, 140, 133, 130, 129],
];

function skipLargeValue(bits: BoolDecoder, tokens: Uint8Array, at: number): void {
  if (!bits.bit(tokens[at + 3]!)) {
    if (bits.bit(tokens[at + 4]!)) bits.bit(tokens[at + 5]!);
    return;
  }
  let kind: number;
  if (!bits.bit(tokens[at + 6]!)) kind = bits.bit(tokens[at + 7]!);
  else {
    const high = bits.bit(tokens[at + 8]!);
    kind = 2 + 2 * high + bits.bit(tokens[at + 9 + high]!);
  }
  for (const probability of EXTRA_BITS[kind]!) bits.bit(probability);
}

/**
 * Steps over a block's coefficients (13.2, 13.3).
 * @param kind - Where the probabilities of its kind begin in `tokens`. @param context - 0-2: how many neighbours hold any.
 * @returns whether it holds any.
 */
function skipBlock(bits: BoolDecoder, tokens: Uint8Array, kind: number, context: number, first: 0 | 1): 0 | 1 {
  let n: number = first;
  let at = kind + BANDS[n]! + context * 11;
  while (n < 16) {
    if (!bits.bit(tokens[at]!)) return n > first ? 1 : 0;
    while (!bits.bit(tokens[at + 1]!)) {
      n++;
      if (n === 16) return 1;
      at = kind + BANDS[n]!;
    }
    n++;
    const isLarge = bits.bit(tokens[at + 2]!);
    if (isLarge) skipLargeValue(bits, tokens, at);
    bits.bit(128); // the sign
    at = kind + BANDS[n]! + (isLarge ? 22 : 11);
  }
  return 1;
}

/** Kinds of blocks, as TOKEN_PROBABILITIES orders them. */
const [LUMA_WITHOUT_DC, LUMA_DC, CHROMA, LUMA] = [0, 264, 528, 792];

/** Which blocks at the edges of a macroblock hold coefficients: 4 of luma, 2 and 2 of chroma, and luma's DC. */
const EDGE_BLOCKS = 9;

class Vp8Walk {
  private readonly modes: BoolDecoder;
  private readonly header: FrameHeader;
  private readonly wide: number;
  private readonly high: number;
  private readonly modesAbove: Uint8Array;
  private readonly modesLeft = new Uint8Array(4);
  private readonly above: Uint8Array;
  private readonly left = new Uint8Array(EDGE_BLOCKS);
  private readonly partitions: readonly BoolDecoder[];

  /** @param body - VP8's chunk, its frame tag whole. */
  constructor(body: Uint8Array, firstBytes: number) {
    this.wide = ((((body[7]! << 8) | body[6]!) & 0x3fff) + 15) >> 4;
    this.high = ((((body[9]! << 8) | body[8]!) & 0x3fff) + 15) >> 4;
    assertWhole(this.wide > 0 && this.high > 0, 'the frame has no size');
    this.modes = new BoolDecoder(body.subarray(10, 10 + firstBytes));
    this.header = readHeader(this.modes);
    this.modesAbove = new Uint8Array(4 * this.wide);
    this.above = new Uint8Array(EDGE_BLOCKS * this.wide);
    this.partitions = this.readPartitions(body.subarray(10 + firstBytes));
  }

  /** Their sizes, 3 bytes each, stand before them; the last takes the rest (9.5). */
  private readPartitions(data: Uint8Array): BoolDecoder[] {
    const count = this.header.partitions;
    let from = 3 * (count - 1);
    return Array.from({ length: count }, (_, i) => {
      const size = i === count - 1 ? data.length - from : data[3 * i]! | (data[3 * i + 1]! << 8) | (data[3 * i + 2]! << 16);
      assertWhole(size >= 0 && from + size <= data.length, 'a partition is longer than its chunk');
      from += size;
      return new BoolDecoder(data.subarray(from - size, from));
    });
  }

  walk(): void {
    for (let row = 0; row < this.high; row++) {
      this.modesLeft.fill(0);
      this.left.fill(0);
      const tokens = this.partitions[row % this.partitions.length]!;
      for (let column = 0; column < this.wide; column++) this.walkMacroblock(tokens, column);
    }
    this.modes.assertEven();
    for (const partition of this.partitions.slice(0, this.high)) partition.assertEven();
  }

  private walkMacroblock(tokens: BoolDecoder, column: number): void {
    const { modes, header } = this;
    const [first, second, third] = header.segments as [number, number, number];
    if (header.hasSegments) modes.bit(modes.bit(first) ? third : second);
    const isEmpty = header.filled !== null && modes.bit(header.filled) === 1;
    const hasBlockModes = modes.bit(145) === 0;
    const above = this.modesAbove.subarray(4 * column, 4 * column + 4);
    if (hasBlockModes) this.readBlockModes(above);
    else {
      const mode = readLumaMode(modes);
      above.fill(mode);
      this.modesLeft.fill(mode);
    }
    if (modes.bit(142) && modes.bit(114)) modes.bit(183); // chroma's mode
    const edge = this.above.subarray(EDGE_BLOCKS * column, EDGE_BLOCKS * (column + 1));
    if (!isEmpty) this.skipResidue(tokens, edge, hasBlockModes);
    else {
      // Luma's DC is kept where there is none (13.3).
      const kept = hasBlockModes ? EDGE_BLOCKS - 1 : EDGE_BLOCKS;
      edge.fill(0, 0, kept);
      this.left.fill(0, 0, kept);
    }
  }

  private readBlockModes(above: Uint8Array): void {
    for (let y = 0; y < 4; y++) {
      let mode = this.modesLeft[y]!;
      for (let x = 0; x < 4; x++) {
        mode = readBlockMode(this.modes, (above[x]! * 10 + mode) * 9);
        above[x] = mode;
      }
      this.modesLeft[y] = mode;
    }
  }

  private skipResidue(bits: BoolDecoder, above: Uint8Array, hasBlockModes: boolean): void {
    const { left } = this;
    const { tokens } = this.header;
    const skip = (kind: number, x: number, y: number, first: 0 | 1): void => {
      above[x] = left[y] = skipBlock(bits, tokens, kind, above[x]! + left[y]!, first);
    };
    if (!hasBlockModes) skip(LUMA_DC, 8, 8, 0);
    for (let y = 0; y < 4; y++) {
      for (let x = 0; x < 4; x++) skip(hasBlockModes ? LUMA : LUMA_WITHOUT_DC, x, y, hasBlockModes ? 0 : 1);
    }
    for (let plane = 4; plane < 8; plane += 2) {
      for (let y = 0; y < 2; y++) for (let x = 0; x < 2; x++) skip(CHROMA, plane + x, plane + y, 0);
    }
  }
}

/**
 * @param body - Of the chunk `VP8 `.
 * @throws FaultError `damaged`.
 */
export function checkVp8(body: Uint8Array): void {
  assertWhole(body.length > 10 && body[3] === 0x9d && body[4] === 0x01 && body[5] === 0x2a, 'VP8 has no start code');
  const tag = body[0]! | (body[1]! << 8) | (body[2]! << 16);
  assertWhole((tag & 1) === 0, 'VP8 begins with no key frame');
  assertWhole(10 + (tag >> 5) <= body.length, 'a partition is longer than its chunk');
  new Vp8Walk(body, tag >> 5).walk();
}
