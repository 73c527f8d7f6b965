/** What a JPEG's frame, table and scan headers say (ITU-T T.81, B.2), checked as they are read. */
import { assertWhole, FaultError } from './fault';
import { buildHuffmanTable, standardTable, type HuffmanTable } from './jpeg-huffman';
import { MAX_JPEG_PIXELS } from './photo-limits';

interface JpegComponent {
  readonly id: number;
  /** Sampling factors, 1-4. */
  readonly across: number;
  readonly down: number;
  readonly quantiser: number;
  /** Blocks of 8 x 8 that hold the component's samples (T.81, A.2.4). */
  readonly blocksWide: number;
  readonly blocksHigh: number;
  /** [64], zigzag: lowest bit that has come, successive approximation; -1: nothing has. */
  readonly lowBit: Int8Array;
  /** Bits of jpeg-blocks.ts; of progressive pictures only. */
  readonly masks: Uint32Array;
}

export interface JpegFrame {
  readonly isProgressive: boolean;
  /** Minimum coded units where components are interleaved. */
  readonly mcusWide: number;
  readonly mcusHigh: number;
  readonly components: readonly JpegComponent[];
}

export interface JpegTables {
  readonly dc: (HuffmanTable | undefined)[];
  readonly ac: (HuffmanTable | undefined)[];
  /** Zigzag, every value 1 or more. */
  readonly quantisers: (Uint16Array | undefined)[];
  /** MCUs; 0: no restarts. */
  restartInterval: number;
}

export interface ScanHeader {
  readonly components: readonly { readonly component: JpegComponent; readonly dc: number; readonly ac: number }[];
  /** Spectral band, zigzag 0-63, and successive approximation (T.81, G.1.1); sequential frames: 0, 63, 0, 0. */
  readonly first: number;
  readonly last: number;
  readonly highBit: number;
  readonly lowBit: number;
}

/** SOF markers of arithmetic coding, of lossless and of hierarchical pictures (T.81, table B.1). */
function namesUnsupported(marker: number): string | null {
  if (marker >= 0xc9) return 'arithmetic coding';
  if (marker === 0xc3) return 'lossless';
  return marker >= 0xc5 ? 'hierarchical' : null;
}

/**
 * @param marker - C0 to CF, a start of frame.
 * @param body - The segment behind its length.
 * @param findLines - Lines that a DNL segment defines, for a frame of 0 lines; 0: there is none.
 * @throws FaultError `unsupported`: anything but Huffman coding of 8 bits.
 */
export function readFrame(marker: number, body: Uint8Array, findLines: () => number): JpegFrame {
  const unsupported = namesUnsupported(marker);
  if (unsupported !== null) throw new FaultError('unsupported', unsupported);
  assertWhole(body.length >= 9, 'the frame header is short');
  if (body[0] === 12) throw new FaultError('unsupported', '12 bits a sample');
  assertWhole(body[0] === 8, 'the frame header has no valid precision');
  const height = body[1]! * 256 + body[2]! || findLines();
  const width = body[3]! * 256 + body[4]!;
  const count = body[5]!;
  assertWhole(width > 0 && height > 0, 'the frame has no size');
  assertWhole(width * height <= MAX_JPEG_PIXELS, 'the frame is larger than any that is read');
  assertWhole(count >= 1 && count <= 4 && body.length >= 6 + 3 * count, 'the frame header does not fit its components');
  const factors = Array.from({ length: count }, (_, i) => body[7 + 3 * i]!);
  assertWhole(
    factors.every((f) => f >> 4 >= 1 && f >> 4 <= 4 && (f & 15) >= 1 && (f & 15) <= 4),
    'a sampling factor is out of range',
  );
  const mostAcross = Math.max(...factors.map((f) => f >> 4));
  const mostDown = Math.max(...factors.map((f) => f & 15));
  const isProgressive = marker === 0xc2;
  const components = factors.map((factor, i): JpegComponent => {
    const [across, down] = [factor >> 4, factor & 15];
    const blocksWide = Math.ceil(Math.ceil((width * across) / mostAcross) / 8);
    const blocksHigh = Math.ceil(Math.ceil((height * down) / mostDown) / 8);
    return {
      id: body[6 + 3 * i]!,
      across,
      down,
      quantiser: body[8 + 3 * i]!,
      blocksWide,
      blocksHigh,
      lowBit: new Int8Array(64).fill(-1),
      masks: new Uint32Array(isProgressive ? 2 * blocksWide * blocksHigh : 0),
    };
  });
  return {
    isProgressive,
    mcusWide: Math.ceil(width / (8 * mostAcross)),
    mcusHigh: Math.ceil(height / (8 * mostDown)),
    components,
  };
}

/** DHT (T.81, B.2.4.2). */
export function readHuffmanTables(body: Uint8Array, tables: JpegTables): void {
  for (let at = 0; at < body.length;) {
    const destination = body[at]!;
    const counts = body.subarray(at + 1, at + 17);
    const count = counts.reduce((sum, n) => sum + n, 0);
    const symbols = body.slice(at + 17, at + 17 + count);
    assertWhole(
      (destination & 15) < 4 && destination >> 4 < 2 && counts.length === 16 && symbols.length === count,
      'a Huffman table is cut short or misplaced',
    );
    tables[destination >> 4 === 0 ? 'dc' : 'ac'][destination & 15] = buildHuffmanTable(counts, symbols);
    at += 17 + count;
  }
}

/** [64]: zigzag place of each coefficient, row by row (T.81, figure A.6). */
// prettier-ignore
const ZIGZAG_PLACE = [
  0, 1, 5, 6, 14, 15, 27, 28, 2, 4, 7, 13, 16, 26, 29, 42, 3, 8, 12, 17, 25, 30, 41, 43, 9, 11, 18, 24, 31, 40, 44, 53,
  10, 19, 23, 32, 39, 45, 52, 54, 20, 22, 33, 38, 46, 51, 55, 60, 21, 34, 37, 47, 50, 56, 59, 61, 35, 36, 48, 49, 57, 58, 62, 63,
];

/**
 * Of 214 tables seen in whole files no value is more than 1.75 times as large as all its neighbours, or as small, if by 8; and
 * none is more than twice as large as both of the next finer ones, right of it and below it, as some of Photoshop's are.
 */
const MAX_STEP_RATIO = 3;
const SMALL_STEP = 12;

function isFarAbove(value: number, others: number): boolean {
  return value > MAX_STEP_RATIO * others && value - others >= SMALL_STEP;
}

/** Whether one value stands out from those about it, higher or lower, or from the finer ones, as no encoder's table has it. */
function hasOddStep(values: Uint16Array): boolean {
  return ZIGZAG_PLACE.some((place, i) => {
    const [x, y] = [i & 7, i >> 3];
    const valueAt = (at: number): number => values[ZIGZAG_PLACE[at]!]!;
    const finer = [...(x < 7 ? [i + 1] : []), ...(y < 7 ? [i + 8] : [])].map(valueAt);
    const coarser = [...(x > 0 ? [i - 1] : []), ...(y > 0 ? [i - 8] : [])].map(valueAt);
    const value = values[place]!;
    // One that is far above all its neighbours is far above the finer ones too, but for the last.
    const isHigh = isFarAbove(value, Math.max(...(finer.length > 0 ? finer : coarser)));
    return isHigh || isFarAbove(Math.min(...finer, ...coarser), value);
  });
}

/** DQT (T.81, B.2.4.1). */
export function readQuantisers(body: Uint8Array, tables: JpegTables): void {
  for (let at = 0; at < body.length;) {
    const [is16Bit, destination] = [body[at]! >> 4 === 1, body[at]! & 15];
    const bytes = body.subarray(at + 1, at + 1 + (is16Bit ? 128 : 64));
    assertWhole(
      body[at]! >> 4 < 2 && destination < 4 && bytes.length === (is16Bit ? 128 : 64),
      'a quantisation table is cut short or misplaced',
    );
    const values = Uint16Array.from({ length: 64 }, (_, i) => (is16Bit ? bytes[2 * i]! * 256 + bytes[2 * i + 1]! : bytes[i]!));
    assertWhole(!values.includes(0), 'a quantisation table holds a 0');
    assertWhole(!hasOddStep(values), 'a quantisation table holds a value that fits no other');
    tables.quantisers[destination] = values;
    at += 1 + bytes.length;
  }
}

/** SOS (T.81, B.2.3). @throws FaultError where it does not fit its frame. */
export function readScanHeader(body: Uint8Array, frame: JpegFrame): ScanHeader {
  const count = body[0] ?? 0;
  assertWhole(count >= 1 && count <= 4 && body.length >= 4 + 2 * count, 'a scan header does not fit its components');
  const components = Array.from({ length: count }, (_, i) => {
    const component = frame.components.find(({ id }) => id === body[1 + 2 * i]);
    assertWhole(component !== undefined, 'a scan names a component that the frame lacks');
    const selectors = body[2 + 2 * i]!;
    return { component, dc: selectors >> 4, ac: selectors & 15 };
  });
  assertWhole(new Set(components.map(({ component }) => component)).size === count, 'a scan names a component twice');
  if (!frame.isProgressive) return { components, first: 0, last: 63, highBit: 0, lowBit: 0 };
  const [first, last, bits] = [body[1 + 2 * count]!, body[2 + 2 * count]!, body[3 + 2 * count]!];
  const [highBit, lowBit] = [bits >> 4, bits & 15];
  assertWhole(first === 0 ? last === 0 : first <= last && last < 64 && count === 1, 'a progressive scan has no valid band');
  assertWhole(lowBit <= 13 && (highBit === 0 || highBit === lowBit + 1), 'a progressive scan has no valid precision');
  return { components, first, last, highBit, lowBit };
}

/** @returns The table, or the one that decoders put in its place where a sequential picture has none. */
export function findTable(tables: JpegTables, kind: 'dc' | 'ac', destination: number, isProgressive: boolean): HuffmanTable {
  const table = tables[kind][destination] ?? (isProgressive ? null : standardTable(kind, destination));
  assertWhole(table !== null, 'a Huffman table is missing');
  return table;
}
