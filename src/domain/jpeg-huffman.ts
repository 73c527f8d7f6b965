/** Huffman tables of JPEG (ITU-T T.81, annexes C, F.2.2.3 and K.3), for looking symbols up. */
import { assertWhole } from './fault';

/** Codes up to this length are found in one step; those of real files are longer once in some hundred symbols. */
export const FAST_BITS = 10;
const MAX_CODE_BITS = 16;

export interface HuffmanTable {
  /** By the next FAST_BITS bits: symbol * 32 + length of its code; 0: the code is longer, or there is none. */
  readonly fast: Uint16Array;
  /** By length 1-16: the first code of the next length, shifted to 16 bits; codes of this length are below it. */
  readonly limits: Int32Array;
  /** By length 1-16: what to add to a code of this length to have its symbol's place. */
  readonly offsets: Int32Array;
  readonly symbols: Uint8Array;
}

/**
 * @param counts - How many codes there are of each length, 1 to 16 bits.
 * @param symbols - In the order of their codes.
 * @throws FaultError where the counts ask for more codes than there are (T.81, C.2).
 */
export function buildHuffmanTable(counts: Uint8Array, symbols: Uint8Array): HuffmanTable {
  const fast = new Uint16Array(1 << FAST_BITS);
  const limits = new Int32Array(MAX_CODE_BITS + 1);
  const offsets = new Int32Array(MAX_CODE_BITS + 1);
  let [code, next] = [0, 0];
  for (let length = 1; length <= MAX_CODE_BITS; length++) {
    const count = counts[length - 1]!;
    offsets[length] = next - code;
    for (let i = 0; i < count; i++, code++, next++) {
      if (length > FAST_BITS) continue;
      const first = code << (FAST_BITS - length);
      fast.fill((symbols[next]! << 5) | length, first, first + (1 << (FAST_BITS - length)));
    }
    assertWhole(code <= 1 << length, 'a Huffman table has more codes than fit');
    limits[length] = code << (MAX_CODE_BITS - length);
    code <<= 1;
  }
  return { fast, limits, offsets, symbols };
}

/**
 * For codes that `fast` lacks.
 * @param window - The next bits, from the highest on; 16 of them count.
 * @returns symbol * 32 + length, as `fast` has it; 0: no code begins so.
 */
export function findLongCode({ limits, offsets, symbols }: HuffmanTable, window: number): number {
  const bits = window >>> 16;
  for (let length = FAST_BITS + 1; length <= MAX_CODE_BITS; length++) {
    if (bits >= limits[length]!) continue;
    return (symbols[(bits >>> (MAX_CODE_BITS - length)) + offsets[length]!]! << 5) | length;
  }
  return 0;
}

/** Values that T.81's tables of AC symbols end with: run 1-15 and size, in rising order, from those given on. */
function withRest(first: readonly number[]): Uint8Array {
  const rest: number[] = [];
  for (let run = 0; run < 16; run++) {
    for (let size = 1; size <= 10; size++) {
      const symbol = (run << 4) | size;
      if (!first.includes(symbol)) rest.push(symbol);
    }
  }
  return Uint8Array.from([...first, ...rest]);
}

const DC_SYMBOLS = Uint8Array.from({ length: 12 }, (_, size) => size);

// prettier-ignore
const LUMA_AC_FIRST = [
  0x01, 0x02, 0x03, 0x00, 0x04, 0x11, 0x05, 0x12, 0x21, 0x31, 0x41, 0x06, 0x13, 0x51, 0x61, 0x07, 0x22, 0x71, 0x14, 0x32,
  0x81, 0x91, 0xa1, 0x08, 0x23, 0x42, 0xb1, 0xc1, 0x15, 0x52, 0xd1, 0xf0, 0x24, 0x33, 0x62, 0x72, 0x82,
];
// prettier-ignore
const CHROMA_AC_FIRST = [
  0x00, 0x01, 0x02, 0x03, 0x11, 0x04, 0x05, 0x21, 0x31, 0x06, 0x12, 0x41, 0x51, 0x07, 0x61, 0x71, 0x13, 0x22, 0x32, 0x81,
  0x08, 0x14, 0x42, 0x91, 0xa1, 0xb1, 0xc1, 0x09, 0x23, 0x33, 0x52, 0xf0, 0x15, 0x62, 0x72, 0xd1, 0x0a, 0x16, 0x24, 0x34,
  0xe1, 0x25, 0xf1,
];

/**
 * The tables that T.81, K.3 proposes, for luma (destination 0) and chroma (1): frames of motion JPEG, as dermatoscopes
 * that are webcams save them, leave their tables out, and decoders put these in.
 */
export function standardTable(kind: 'dc' | 'ac', destination: number): HuffmanTable | null {
  if (destination > 1) return null;
  const counts = {
    dc: [
      [0, 1, 5, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0],
      [0, 3, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0],
    ],
    ac: [
      [0, 2, 1, 3, 3, 2, 4, 3, 5, 5, 4, 4, 0, 0, 1, 125],
      [0, 2, 1, 2, 4, 4, 3, 4, 7, 5, 4, 4, 0, 1, 2, 119],
    ],
  }[kind][destination]!;
  const symbols = kind === 'dc' ? DC_SYMBOLS : withRest(destination === 0 ? LUMA_AC_FIRST : CHROMA_AC_FIRST);
  return buildHuffmanTable(Uint8Array.from(counts), symbols);
}
