/**
 * Entropy-coded blocks of JPEG stepped over, not kept: what a decoder would read, without its pixels (ITU-T T.81, F.2.2
 * and G.1.2). All functions work on bits that are free of stuffed bytes (jpeg-bits.ts) and name a place by its bit.
 */
import { FAST_BITS, findLongCode, type HuffmanTable } from './jpeg-huffman';

const FAST_SHIFT = 32 - FAST_BITS;

/** What stands in place of the next block's place where there is none. */
export const BAD_CODE = -1;
export const PAST_LAST_COEFFICIENT = -2;
export const OUT_OF_RANGE = -3;
export const ENDED_EARLY = -4;

/** How to read one of the blocks that make up a minimum coded unit. */
export interface ScanBlock {
  /** Component within its scan, 0-3: blocks of one share their DC predictor. */
  readonly slot: number;
  readonly dc: HuffmanTable;
  /** Unused in scans that hold DC alone. */
  readonly ac: HuffmanTable;
  /** Quantised DC that 8-bit samples can give, in units of the scan's lowest bit. */
  readonly minDc: number;
  readonly maxDc: number;
  /** [64], zigzag: how many bits an AC value of 8-bit samples may have. */
  readonly maxBits: Uint8Array;
  /** [64], zigzag: what a unit of each value adds to the mean of the samples at the block's upper and lower edge. */
  readonly atTop: Float32Array;
  readonly atBottom: Float32Array;
}

/** The mean of the samples at the upper and the lower edge of each block, in the order in which they are coded. */
export interface BlockEdges {
  readonly tops: Float32Array;
  readonly bottoms: Float32Array;
}

/** Bits of one restart interval. */
export interface CodedBits {
  /** At least 512 bytes longer than what is valid, so that one block is read without asking for the end. */
  readonly view: DataView;
  readonly endBit: number;
}

/**
 * Blocks of DC alone (first scan) or of DC and AC, in whole minimum coded units.
 * @param edges - To be filled from block `from` to block `to` - 1: as many are read.
 * @returns the bit behind the last, or what is wrong (negative).
 */
export function stepSequential(
  { view, endBit }: CodedBits,
  blocks: readonly ScanBlock[],
  { tops, bottoms }: BlockEdges,
  from: number,
  to: number,
  hasAc: boolean,
): number {
  const predictors = new Int32Array(4);
  let at = 0;
  for (let done = from; done < to;) {
    for (let b = 0; b < blocks.length; b++) {
      const { slot, dc, ac, minDc, maxDc, maxBits, atTop, atBottom } = blocks[b]!;
      let window = view.getUint32(at >>> 3) << (at & 7);
      let entry = dc.fast[window >>> FAST_SHIFT]! || findLongCode(dc, window);
      const bits = entry >> 5;
      if (entry === 0 || bits > 11) return BAD_CODE;
      at += entry & 31;
      if (bits > 0) {
        window = view.getUint32(at >>> 3) << (at & 7);
        const value = window >>> (32 - bits);
        at += bits;
        // The lower half of the values is negative (T.81, table F.1).
        const dcValue = predictors[slot]! + (window < 0 ? value : value - (1 << bits) + 1);
        if (dcValue < minDc || dcValue > maxDc) return OUT_OF_RANGE;
        predictors[slot] = dcValue;
      }
      let top = predictors[slot]! * atTop[0]!;
      let bottom = top;
      if (hasAc) {
        const { fast } = ac;
        for (let k = 1; k < 64; k++) {
          window = view.getUint32(at >>> 3) << (at & 7);
          entry = fast[window >>> FAST_SHIFT]!;
          if (entry === 0) {
            entry = findLongCode(ac, window);
            if (entry === 0) return BAD_CODE;
          }
          const size = (entry >> 5) & 15;
          at += (entry & 31) + size;
          k += entry >> 9;
          if (size === 0) {
            if (entry >> 5 === 0) break; // end of block
            if (entry >> 5 !== 0xf0) return BAD_CODE;
          }
          if (k > 63) return PAST_LAST_COEFFICIENT;
          if (size > maxBits[k]!) return OUT_OF_RANGE;
          if (atTop[k] !== 0 && size > 0) {
            window = view.getUint32((at - size) >>> 3) << ((at - size) & 7);
            const value = window < 0 ? window >>> (32 - size) : (window >>> (32 - size)) - (1 << size) + 1;
            top += value * atTop[k]!;
            bottom += value * atBottom[k]!;
          }
        }
      }
      tops[done] = top;
      bottoms[done++] = bottom;
      if (at > endBit) return ENDED_EARLY;
    }
  }
  return at;
}

/** Which coefficients of a block are not 0 so far: bit k & 31 of word 2 * block + (k >> 5). */
type NonzeroMasks = Uint32Array;

/** A band of one component's AC coefficients, in blocks `from` to `to` - 1 of its raster. */
interface BandScan {
  readonly table: HuffmanTable;
  /** Zigzag places of the band, 1-63. */
  readonly first: number;
  readonly last: number;
  readonly masks: NonzeroMasks;
  /** [64], zigzag: how many bits a value may have, in units of the scan's lowest bit. */
  readonly maxBits: Uint8Array;
}

function readBits(view: DataView, at: number, count: number): number {
  return count === 0 ? 0 : (view.getUint32(at >>> 3) << (at & 7)) >>> (32 - count);
}

/** First scan of a band (T.81, G.1.2.2). @returns the bit behind the last block, or what is wrong (negative). */
export function stepBandFirst({ view, endBit }: CodedBits, band: BandScan, from: number, to: number): number {
  const { table, first, last, masks, maxBits } = band;
  let at = 0;
  for (let block = from; block < to; block++) {
    for (let k = first; k <= last; k++) {
      const window = view.getUint32(at >>> 3) << (at & 7);
      const entry = table.fast[window >>> FAST_SHIFT]! || findLongCode(table, window);
      if (entry === 0) return BAD_CODE;
      at += entry & 31;
      const run = entry >> 9;
      const size = (entry >> 5) & 15;
      if (size === 0 && run < 15) {
        // The band is over here and in the blocks that follow, as many as are said.
        block += (1 << run) - 1 + readBits(view, at, run);
        at += run;
        if (block >= to) return PAST_LAST_COEFFICIENT;
        break;
      }
      at += size;
      k += run;
      if (k > last) return PAST_LAST_COEFFICIENT;
      if (size > maxBits[k]!) return OUT_OF_RANGE;
      if (size > 0) masks[2 * block + (k >> 5)]! |= 1 << (k & 31);
    }
    if (at > endBit) return ENDED_EARLY;
  }
  return at;
}

function countOnes(word: number): number {
  let pairs = word - ((word >>> 1) & 0x55555555);
  pairs = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((pairs + (pairs >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** Bits `from` and up of a word; all for `from` below it, none for `from` above. */
function maskFrom(from: number): number {
  return from <= 0 ? -1 : from > 31 ? 0 : -1 << from;
}

/** How many of the coefficients `from` to `last` are not 0. */
function countNonzero(low: number, high: number, from: number, last: number): number {
  return countOnes(low & maskFrom(from) & ~maskFrom(last + 1)) + countOnes(high & maskFrom(from - 32) & ~maskFrom(last - 31));
}

/** The first coefficient from `from` on that is not 0; 64: none. */
function findNonzero(low: number, high: number, from: number): number {
  const inLow = low & maskFrom(from);
  if (inLow !== 0) return 31 - Math.clz32(inLow & -inLow);
  const inHigh = high & maskFrom(from - 32);
  return inHigh === 0 ? 64 : 63 - Math.clz32(inHigh & -inHigh);
}

/**
 * Later scan of a band (T.81, G.1.2.3): one bit more of what is not 0 lies between the codes of what becomes so.
 * @returns the bit behind the last block, or what is wrong (negative).
 */
export function stepBandRefinement({ view, endBit }: CodedBits, band: BandScan, from: number, to: number): number {
  const { table, first, last, masks } = band;
  let at = 0;
  let endOfBands = 0; // blocks left, this one among them, in which nothing more becomes nonzero
  for (let block = from; block < to; block++) {
    const low = masks[2 * block]!;
    const high = masks[2 * block + 1]!;
    let k = first;
    while (endOfBands === 0 && k <= last) {
      const window = view.getUint32(at >>> 3) << (at & 7);
      const entry = table.fast[window >>> FAST_SHIFT]! || findLongCode(table, window);
      const run = entry >> 9;
      const size = (entry >> 5) & 15;
      if (entry === 0 || size > 1) return BAD_CODE;
      at += entry & 31;
      if (size === 0 && run < 15) {
        endOfBands = (1 << run) + readBits(view, at, run);
        at += run;
        break;
      }
      at += size; // the sign
      // Steps over `run` zeros and every nonzero value between and behind them, then over the zero that is meant.
      for (let zeros = run; ;) {
        const nonzero = findNonzero(low, high, k);
        if (k + zeros < nonzero) {
          k += zeros;
          break;
        }
        zeros -= nonzero - k;
        k = nonzero + 1;
        at++;
        if (k > last) break;
      }
      if (k > last) return PAST_LAST_COEFFICIENT;
      if (size > 0) masks[2 * block + (k >> 5)]! |= 1 << (k & 31);
      k++;
    }
    if (endOfBands > 0) {
      at += countNonzero(low, high, k, last);
      endOfBands--;
    }
    if (at > endBit) return ENDED_EARLY;
  }
  return endOfBands > 0 ? PAST_LAST_COEFFICIENT : at;
}
