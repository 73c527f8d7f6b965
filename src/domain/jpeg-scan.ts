/**
 * Whether all of a JPEG's picture data are there and make sense: its scans are entropy-decoded as a decoder would, without
 * making pixels. Decoders themselves make up what is missing and say nothing.
 */
import { assertWhole, FaultError } from './fault';
import { BitSource } from './jpeg-bits';
import {
  BAD_CODE,
  ENDED_EARLY,
  OUT_OF_RANGE,
  PAST_LAST_COEFFICIENT,
  stepBandFirst,
  stepBandRefinement,
  stepSequential,
  type BlockEdges,
  type CodedBits,
  type ScanBlock,
} from './jpeg-blocks';
import {
  findTable,
  readFrame,
  readHuffmanTables,
  readQuantisers,
  readScanHeader,
  type JpegFrame,
  type JpegTables,
  type ScanHeader,
} from './jpeg-frame';
import { hasSeam } from './jpeg-seams';
import { EOI, isFrameMarker, SOS, standsAlone } from './jpeg-segments';

const [DQT, DNL, DRI, DHT] = [0xdb, 0xdc, 0xdd, 0xc4];

/** Some cameras fill up their scans with zeros; those of whole files seen were 8 and 11 bytes. */
const MAX_PADDING_BYTES = 16;

const FAULT_WORDS: Readonly<Record<number, string>> = {
  [BAD_CODE]: 'a code that no table has',
  [PAST_LAST_COEFFICIENT]: 'a value past the end of its block or band',
  [OUT_OF_RANGE]: 'a value that no samples of 8 bits give',
  [ENDED_EARLY]: 'the data end before the picture does',
};

/**
 * Values beyond what 8-bit samples give that whole files may have: encoders that overshoot at hard edges, filters that
 * were applied to coefficients. DC and AC are in units of 8 times a sample (T.81, A.3.3).
 */
const SLACK = 128;
/** The largest DC: 8 * 128. Of AC values none is larger (by the sum of the cosines' sizes: 927 or less). */
const LARGEST = 1024;

/** [64]: how many bits a quantised value may have whose lowest bit is `lowBit`. */
function maxBitsOf(quantiser: Uint16Array, lowBit: number): Uint8Array {
  return Uint8Array.from(quantiser, (step) => 32 - Math.clz32(Math.floor((LARGEST + SLACK) / (step << lowBit)) + 1));
}

/** Zigzag places of the coefficients that are even from left to right, from the slowest downwards on. */
const EVEN_ACROSS = [2, 3, 9, 10, 20, 21, 35];

/**
 * See `ScanBlock.atTop`: rows 0 and 1 of the inverse DCT (T.81, A.3.3), or 7 and 6, carried on by half a sample to where blocks
 * meet.
 */
function edgeWeights(quantiser: Uint16Array): { atTop: Float32Array; atBottom: Float32Array } {
  const [atTop, atBottom] = [new Float32Array(64), new Float32Array(64)];
  atTop[0] = atBottom[0] = quantiser[0]! / 8;
  EVEN_ACROSS.forEach((k, i) => {
    const angle = ((i + 1) * Math.PI) / 16;
    atTop[k] = quantiser[k]! * (Math.SQRT1_2 / 4) * (1.5 * Math.cos(angle) - 0.5 * Math.cos(3 * angle));
    atBottom[k] = i % 2 === 0 ? -atTop[k] : atTop[k];
  });
  return { atTop, atBottom };
}

/** A shift of DC that rounding may leave, in quantiser steps. */
const ROUNDED_DC = 1.6;

function assertNoSeam(frame: JpegFrame, tables: JpegTables, header: ScanHeader, edges: BlockEdges, units: number): void {
  const isAlone = header.components.length === 1;
  const sizes = header.components.map(({ component }) => {
    const { across, down } = component;
    return isAlone ? { across: 1, down: 1 } : { across, down };
  });
  const step = sizes.reduce((sum, { across, down }) => sum + across * down, 0);
  let first = 0;
  header.components.forEach(({ component }, i) => {
    const { across, down } = sizes[i]!;
    const wide = isAlone ? component.blocksWide : frame.mcusWide * across;
    const leastHeight = (ROUNDED_DC * tables.quantisers[component.quantiser]![0]!) / 8;
    assertWhole(
      !hasSeam({ ...edges, wide, across, down, first, step, units }, leastHeight),
      'brightness jumps between two blocks',
    );
    first += across * down;
  });
}

/** Steps over the units `from` to `to` - 1 of a scan. @returns the bit behind the last, or what is wrong (negative). */
type ScanSteps = (bits: CodedBits, from: number, to: number) => number;

/** @param units - Minimum coded units of the scan. */
function stepsOf(frame: JpegFrame, tables: JpegTables, header: ScanHeader, units: number): ScanSteps {
  const { first, last, highBit, lowBit } = header;
  const quantiserOf = (destination: number): Uint16Array => {
    const quantiser = tables.quantisers[destination];
    assertWhole(quantiser !== undefined, 'a quantisation table is missing');
    return quantiser;
  };
  if (first > 0) {
    const { component, ac } = header.components[0]!;
    const table = findTable(tables, 'ac', ac, true);
    const maxBits = maxBitsOf(quantiserOf(component.quantiser), lowBit);
    const band = { table, first, last, masks: component.masks, maxBits };
    return (bits, from, to) => (highBit === 0 ? stepBandFirst : stepBandRefinement)(bits, band, from, to);
  }
  const isAlone = header.components.length === 1;
  const blocks = header.components.flatMap(({ component, dc, ac }, slot): ScanBlock[] => {
    const quantiser = quantiserOf(component.quantiser);
    const most = Math.ceil((LARGEST + SLACK) / (quantiser[0]! << lowBit));
    const dcTable = highBit > 0 ? null : findTable(tables, 'dc', dc, frame.isProgressive);
    const block: ScanBlock = {
      slot,
      dc: dcTable ?? NO_TABLE,
      ac: frame.isProgressive ? NO_TABLE : findTable(tables, 'ac', ac, false),
      minDc: -most,
      maxDc: most,
      maxBits: maxBitsOf(quantiser, lowBit),
      ...edgeWeights(quantiser),
    };
    return new Array<ScanBlock>(isAlone ? 1 : component.across * component.down).fill(block);
  });
  assertWhole(blocks.length <= 10, 'a scan interleaves more blocks than it may');
  // A later scan of DC holds one bit of each block and nothing else (T.81, G.1.2.1).
  if (highBit > 0)
    return ({ endBit }, from, to) => ((to - from) * blocks.length > endBit ? ENDED_EARLY : (to - from) * blocks.length);
  const edges = { tops: new Float32Array(blocks.length * units), bottoms: new Float32Array(blocks.length * units) };
  return (bits, from, to) => {
    const end = stepSequential(bits, blocks, edges, from * blocks.length, to * blocks.length, !frame.isProgressive);
    const isWhole = from === 0 && to === units && !frame.isProgressive;
    if (end >= 0 && isWhole) assertNoSeam(frame, tables, header, edges, units);
    return end;
  };
}

const NO_TABLE = { fast: new Uint16Array(0), limits: new Int32Array(0), offsets: new Int32Array(0), symbols: new Uint8Array(0) };

/** Each bit of each coefficient comes once, from the highest on, DC first (T.81, G.1.1). */
function noteProgress({ components, first, last, highBit, lowBit }: ScanHeader): void {
  for (const { component } of components) {
    assertWhole(first === 0 || component.lowBit[0]! >= 0, 'a band comes before its DC');
    for (let k = first; k <= last; k++) {
      assertWhole(component.lowBit[k] === (highBit === 0 ? -1 : highBit), 'a scan repeats or leaves out bits');
      component.lowBit[k] = lowBit;
    }
  }
}

class JpegWalk {
  private readonly bytes: Uint8Array;
  private at = 2;
  private frame: JpegFrame | null = null;
  private bits: BitSource | null = null;
  private readonly tables: JpegTables = { dc: [], ac: [], quantisers: [], restartInterval: 0 };

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  /** Moves to the next marker's code, over fill bytes and whatever else lies between. */
  private findMarker(): number {
    const { bytes } = this;
    for (;;) {
      const ff = bytes.indexOf(0xff, this.at);
      assertWhole(ff >= 0 && ff + 1 < bytes.length, 'the end-of-image marker is missing');
      this.at = ff + 1;
      while (bytes[this.at] === 0xff) this.at++;
      const marker = bytes[this.at++] ?? 0;
      if (marker !== 0) return marker;
    }
  }

  private takeBody(): Uint8Array {
    const length = (this.bytes[this.at] ?? 0) * 256 + (this.bytes[this.at + 1] ?? 0);
    const body = this.bytes.subarray(this.at + 2, this.at + length);
    assertWhole(length >= 2 && this.at + length <= this.bytes.length, 'a segment is longer than the file');
    this.at += length;
    return body;
  }

  /** To the end of the picture. */
  walk(): void {
    for (;;) {
      const marker = this.findMarker();
      if (marker === EOI) break;
      if (standsAlone(marker)) continue;
      const body = this.takeBody();
      if (marker === DHT) readHuffmanTables(body, this.tables);
      else if (marker === DQT) readQuantisers(body, this.tables);
      else if (marker === DRI) this.tables.restartInterval = (body[0] ?? 0) * 256 + (body[1] ?? 0);
      else if (marker === SOS) this.walkScan(body);
      else if (isFrameMarker(marker)) {
        assertWhole(this.frame === null, 'there are two frames');
        this.frame = readFrame(marker, body, () => this.findLines());
      }
    }
    assertWhole(this.frame !== null, 'there is no frame');
    // The standard asks for DC alone (T.81, G.1.1), but a file that lost its last scans looks the same, and no whole one was
    // seen that stops earlier.
    const isAllThere = this.frame.components.every(({ lowBit }) => lowBit.every((bit) => bit === 0));
    assertWhole(isAllThere, 'a scan is missing');
  }

  /** DNL stands behind the first scan and says how many lines there were (T.81, B.2.5). */
  private findLines(): number {
    const { bytes } = this;
    for (let ff = bytes.indexOf(0xff, this.at); ff >= 0; ff = bytes.indexOf(0xff, ff + 1)) {
      if (bytes[ff + 1] === DNL && bytes[ff + 2] === 0 && bytes[ff + 3] === 4) return bytes[ff + 4]! * 256 + (bytes[ff + 5] ?? 0);
    }
    return 0;
  }

  private walkScan(body: Uint8Array): void {
    const { frame, tables } = this;
    assertWhole(frame !== null, 'a scan comes before its frame');
    const header = readScanHeader(body, frame);
    noteProgress(header);
    const { component } = header.components[0]!;
    const mcus = header.components.length === 1 ? component.blocksWide * component.blocksHigh : frame.mcusWide * frame.mcusHigh;
    const steps = stepsOf(frame, tables, header, mcus);
    const interval = tables.restartInterval || mcus;
    this.bits ??= new BitSource(this.bytes, this.at);
    for (let from = 0, restart = 0; from < mcus; from += interval, restart++) {
      const bits = this.bits.read(this.at);
      this.at = this.bits.markerAt;
      const end = steps(bits, from, Math.min(mcus, from + interval));
      if (end < 0) throw new FaultError('damaged', FAULT_WORDS[end] ?? '');
      const usedBytes = (end + 7) >> 3;
      const extra = (bits.endBit >> 3) - usedBytes;
      assertWhole(
        extra <= MAX_PADDING_BYTES && this.bits.countStray(usedBytes, bits) === 0,
        `${extra} bytes are left over behind a scan`,
      );
      if (from + interval >= mcus) break;
      assertWhole(this.bytes[this.at + 1] === 0xd0 + (restart & 7), 'a restart marker is out of sequence');
      this.at += 2;
    }
  }
}

/**
 * Checks the first picture of a JPEG: sequential and progressive, Huffman-coded, 8 bits (ITU-T T.81, SOF0 to SOF2). What
 * follows its end (a second picture, a phone's video) is left alone, and so are metadata.
 * @param bytes - The whole file, SOI first.
 * @throws FaultError `damaged`; `unsupported`: any other coding, of which nothing can be told.
 */
export function checkJpeg(bytes: Uint8Array): void {
  new JpegWalk(bytes).walk();
}
