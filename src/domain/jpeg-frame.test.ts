import { describe, expect, it } from 'vitest';
import { readQuantisers, type JpegTables } from './jpeg-frame';
import { randomOf } from './testdata/damage';

/** [64], zigzag: which coefficient, row by row, comes at each place (T.81, figure A.6). */
// prettier-ignore
const ZIGZAG = [
  0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14, 21, 28,
  35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63,
];

/** Tables row by row. T.81, K.1: luma and chroma. */
// prettier-ignore
const LUMA = [
  16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22, 29, 51, 87, 80, 62,
  18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92, 49, 64, 78, 87, 103, 121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99,
];
const CHROMA = [17, 18, 24, 47, 18, 21, 26, 66, 24, 26, 56, 99, 47, 66, 99, 99];
/** Photoshop's "low", as Pillow's presets have it: coarse in the middle, finer towards the end. */
// prettier-ignore
const FALLING = [
  18, 14, 14, 21, 30, 35, 34, 17, 14, 16, 16, 19, 26, 23, 12, 12, 14, 16, 17, 21, 23, 12, 12, 12, 21, 19, 21, 23, 12, 12, 12, 12,
  30, 26, 23, 12, 12, 12, 12, 12, 35, 23, 12, 12, 12, 12, 12, 12, 34, 12, 12, 12, 12, 12, 12, 12, 17, 12, 12, 12, 12, 12, 12, 12,
];
/** A rule of Watson's kind (1993): steep, from 7 to 255. */
const STEEP = Array.from({ length: 64 }, (_, i) => Math.min(255, 7 + ((i & 7) + (i >> 3)) ** 2 * 3));

const chroma = Array.from({ length: 64 }, (_, i) => ((i & 7) < 4 && i >> 3 < 4 ? CHROMA[(i >> 3) * 4 + (i & 7)]! : 99));

/** libjpeg's scaling. @param quality - 1-100. */
function scale(table: readonly number[], quality: number): number[] {
  const percent = quality < 50 ? 5000 / quality : 200 - 2 * quality;
  return table.map((value) => Math.min(255, Math.max(1, Math.floor((value * percent + 50) / 100))));
}

function isTaken(zigzag: readonly number[]): boolean {
  const tables: JpegTables = { dc: [], ac: [], quantisers: [], restartInterval: 0 };
  try {
    readQuantisers(Uint8Array.from([0, ...zigzag]), tables);
    return true;
  } catch {
    return false;
  }
}

const inZigzag = (table: readonly number[]): number[] => ZIGZAG.map((at) => table[at]!);

describe('a quantisation table', () => {
  it("is taken of T.81's at every quality, and of every other rule known", () => {
    for (let quality = 1; quality <= 100; quality++) {
      expect([quality, isTaken(inZigzag(scale(LUMA, quality))), isTaken(inZigzag(scale(chroma, quality)))]).toEqual([
        quality,
        true,
        true,
      ]);
    }
    for (const table of [FALLING, STEEP, new Array<number>(64).fill(16)]) expect(isTaken(inZigzag(table))).toBe(true);
  });

  it('is refused where some of it is overwritten, but for a few', () => {
    const random = randomOf(20_265);
    const below = (limit: number): number => Math.floor(random() * limit);
    let [count, unnoticed] = [0, 0];
    for (let run = 0; run < 2000; run++) {
      const table = inZigzag(scale(run % 2 === 0 ? LUMA : chroma, 60 + below(35)));
      const [at, length] = [below(64), 1 + below(16)];
      for (let i = at; i < Math.min(64, at + length); i++) table[i] = 1 + below(255);
      count++;
      if (isTaken(table)) unnoticed++;
    }
    expect(unnoticed / count).toBeLessThan(0.15);
  });
});
