/**
 * The resampler: an antialiasing triangle filter in double precision, step for step the arithmetic of
 * training/resample.py (same order of additions, no rounding between the passes), so that the network sees the same
 * bytes here as in training. A browser's canvas never resamples.
 */
import { LensError } from './errors';
import type { SquareCrop } from './geometry';

/** The taps of one output sample: source indices first..first+weights.length-1. */
interface Taps {
  readonly first: number;
  readonly weights: Float64Array;
}

/**
 * Output sample i is centred at start + (i + 0.5) * length / outSide; the filter's half width is
 * max(1, length / outSide) source pixels. Taps outside the photo are dropped and the rest scaled to sum 1.
 */
function triangleTaps(sourcePx: number, start: number, length: number, outSide: number): Taps[] {
  const scale = length / outSide;
  const support = Math.max(scale, 1);
  return Array.from({ length: outSide }, (_, i) => {
    const centre = start + (i + 0.5) * scale;
    const low = Math.max(0, Math.floor(centre - support));
    const high = Math.min(sourcePx - 1, Math.ceil(centre + support));
    const weights: number[] = [];
    let first = -1;
    let total = 0;
    for (let j = low; j <= high; j++) {
      const weight = 1 - Math.abs(j + 0.5 - centre) / support;
      if (weight > 0) {
        if (first < 0) first = j;
        weights.push(weight);
        total += weight;
      }
    }
    if (first < 0) throw new LensError('unexpected', 'the crop lies outside the photo');
    return { first, weights: Float64Array.from(weights, (w) => w / total) };
  });
}

function tapsRange(taps: readonly Taps[]): [number, number] {
  return [Math.min(...taps.map((t) => t.first)), Math.max(...taps.map((t) => t.first + t.weights.length))];
}

/** Consumes a photo's rows in bands, so that a huge photo never lies in memory whole. */
interface SquareResampler {
  /** The part of the photo that is needed, in source pixels; the ends are exclusive. */
  readonly firstRow: number;
  readonly endRow: number;
  readonly firstColumn: number;
  readonly endColumn: number;
  /**
   * Takes `rowCount` rows from `fromRow` on, each holding columns firstColumn..endColumn-1.
   * @param rgba - [rowCount, endColumn - firstColumn, 4], 0-255, opaque. Bands must come in order, without gaps.
   */
  addRows(rgba: Uint8ClampedArray | Uint8Array, fromRow: number, rowCount: number): void;
  /** @returns RGB bytes [outSide, outSide, 3]. @throws LensError `unexpected` if rows are missing. */
  finish(): Uint8Array<ArrayBuffer>;
}

/**
 * Prepares the resampling of a square of a photo.
 * @param crop - source pixels, may be fractional and may reach over the border.
 * @throws LensError `unexpected` if the crop lies outside the photo.
 */
export function createSquareResampler(width: number, height: number, crop: SquareCrop, outSide: number): SquareResampler {
  const across = triangleTaps(width, crop.x, crop.size, outSide);
  const down = triangleTaps(height, crop.y, crop.size, outSide);
  const [firstColumn, endColumn] = tapsRange(across);
  const [firstRow, endRow] = tapsRange(down);
  const columns = endColumn - firstColumn;
  const sums = new Float64Array(outSide * outSide * 3);
  const line = new Float64Array(outSide * 3);
  let nextRow = firstRow;
  let openFrom = 0; // output rows before this one have had all their taps

  function resampleLine(rgba: Uint8ClampedArray | Uint8Array, offset: number): void {
    for (let i = 0; i < outSide; i++) {
      const { first, weights } = across[i]!;
      let r = 0;
      let g = 0;
      let b = 0;
      let at = offset + (first - firstColumn) * 4;
      for (let t = 0; t < weights.length; t++, at += 4) {
        const w = weights[t]!;
        r += w * rgba[at]!;
        g += w * rgba[at + 1]!;
        b += w * rgba[at + 2]!;
      }
      line[i * 3] = r;
      line[i * 3 + 1] = g;
      line[i * 3 + 2] = b;
    }
  }

  function addLine(row: number): void {
    for (let i = openFrom; i < outSide; i++) {
      const { first, weights } = down[i]!;
      if (row < first) break; // taps start later the further down
      const w = weights[row - first];
      if (w === undefined) {
        if (i === openFrom) openFrom++;
        continue;
      }
      const to = i * outSide * 3;
      for (let k = 0; k < line.length; k++) sums[to + k] = sums[to + k]! + w * line[k]!;
    }
  }

  return {
    firstRow,
    endRow,
    firstColumn,
    endColumn,
    addRows(rgba, fromRow, rowCount) {
      if (fromRow !== nextRow || rgba.length !== rowCount * columns * 4) {
        throw new LensError('unexpected', `band of rows ${fromRow}+${rowCount} does not fit at ${nextRow}`);
      }
      for (let y = 0; y < rowCount; y++) {
        resampleLine(rgba, y * columns * 4);
        addLine(fromRow + y);
      }
      nextRow += rowCount;
    },
    finish() {
      if (nextRow < endRow) throw new LensError('unexpected', `rows ${nextRow} to ${endRow} are missing`);
      const rgb = new Uint8Array(sums.length);
      for (let i = 0; i < rgb.length; i++) rgb[i] = Math.min(255, Math.max(0, Math.floor(sums[i]! + 0.5)));
      return rgb;
    },
  };
}

/**
 * Resamples a square of a whole photo.
 * @param rgba - [height, width, 4], 0-255, opaque.
 * @returns RGB bytes [outSide, outSide, 3].
 */
export function resampleSquare(
  rgba: Uint8ClampedArray | Uint8Array,
  width: number,
  height: number,
  crop: SquareCrop,
  outSide: number,
): Uint8Array<ArrayBuffer> {
  const resampler = createSquareResampler(width, height, crop, outSide);
  const { firstRow, endRow, firstColumn, endColumn } = resampler;
  for (let row = firstRow; row < endRow; row++) {
    resampler.addRows(rgba.subarray((row * width + firstColumn) * 4, (row * width + endColumn) * 4), row, 1);
  }
  return resampler.finish();
}
