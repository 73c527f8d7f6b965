import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { centreSquare } from './crop';
import type { SourcePx, SourceSize, SquareCrop } from './geometry';
import { createSquareResampler, resampleSquare } from './resample';
import { drawTestPicture } from './testdata/draw-test-picture';
import { VECTORS } from './testdata/vectors';

function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function cropOf(x: number, y: number, size: number): SquareCrop {
  return { x: x as SourcePx, y: y as SourcePx, size: size as SourcePx };
}

function dropAlpha(rgba: Uint8ClampedArray): Uint8Array {
  return Uint8Array.from({ length: (rgba.length / 4) * 3 }, (_, i) => rgba[Math.floor(i / 3) * 4 + (i % 3)]!);
}

/** Feeds a resampler in bands of the given heights (repeated), cut to the column window. */
function resampleInBands(rgba: Uint8ClampedArray, width: number, height: number, crop: SquareCrop, bands: number[]) {
  const resampler = createSquareResampler(width, height, crop, 32);
  const { firstRow, endRow, firstColumn, endColumn } = resampler;
  for (let row = firstRow, i = 0; row < endRow; i++) {
    const rows = Math.min(bands[i % bands.length]!, endRow - row);
    const columns = endColumn - firstColumn;
    const band = new Uint8ClampedArray(rows * columns * 4);
    for (let y = 0; y < rows; y++) {
      const from = ((row + y) * width + firstColumn) * 4;
      band.set(rgba.subarray(from, from + columns * 4), y * columns * 4);
    }
    resampler.addRows(band, row, rows);
    row += rows;
  }
  return resampler.finish();
}

describe('resampleSquare gives the bytes of training/resample.py', () => {
  it.each(VECTORS.resample)('$name', (vector) => {
    const { width, height, outSide } = vector;
    const rgba = drawTestPicture(vector.picture, width, height);
    expect(sha256Of(dropAlpha(rgba))).toBe(vector.pictureSha256);

    const crop = cropOf(vector.crop.x, vector.crop.y, vector.crop.size);
    if (vector.isCentreSquare) expect(centreSquare({ width, height } as SourceSize)).toEqual(crop);

    const out = resampleSquare(rgba, width, height, crop, outSide);
    expect(out.length).toBe(outSide * outSide * 3);
    if (vector.base64 !== undefined) expect([...out]).toEqual([...Buffer.from(vector.base64, 'base64')]);
    for (const [at, value] of vector.samples ?? []) expect([at, out[at]]).toEqual([at, value]);
    expect(sha256Of(out)).toBe(vector.sha256);
  });
});

describe('createSquareResampler', () => {
  const [width, height] = [211, 157];
  const rgba = drawTestPicture('hash', width, height);

  it.each([[[1]], [[7]], [[64, 1, 13]], [[1000]]])('gives the same bytes from bands of %j rows', (bands) => {
    const crop = cropOf(20.3, 11.6, 120.9);
    expect(resampleInBands(rgba, width, height, crop, bands)).toEqual(resampleSquare(rgba, width, height, crop, 32));
  });

  it('asks for no more of the photo than the crop and the filter reach', () => {
    const { firstRow, endRow, firstColumn, endColumn } = createSquareResampler(1000, 800, cropOf(500, 300, 256), 128);
    // scale 2: each side reaches 1 source pixel beyond the crop
    expect([firstColumn, endColumn, firstRow, endRow]).toEqual([499, 757, 299, 557]);
    const whole = createSquareResampler(1000, 800, cropOf(100, 0, 800), 128);
    expect([whole.firstRow, whole.endRow]).toEqual([0, 800]);
  });

  it('ignores what lies outside the window', () => {
    const crop = cropOf(60, 50, 64);
    const { firstRow, endRow, firstColumn, endColumn } = createSquareResampler(width, height, crop, 16);
    const spoilt = rgba.map((v, i) => {
      const [x, y] = [(i >> 2) % width, Math.floor((i >> 2) / width)];
      return x < firstColumn || x >= endColumn || y < firstRow || y >= endRow ? 255 - v : v;
    });
    expect(resampleSquare(spoilt, width, height, crop, 16)).toEqual(resampleSquare(rgba, width, height, crop, 16));
  });

  it('refuses bands out of order, of the wrong size, and an early finish', () => {
    const resampler = createSquareResampler(8, 8, cropOf(0, 0, 8), 4);
    expect(() => resampler.finish()).toThrow('missing');
    expect(() => resampler.addRows(new Uint8ClampedArray(8 * 4), 1, 1)).toThrow('does not fit');
    expect(() => resampler.addRows(new Uint8ClampedArray(7 * 4), 0, 1)).toThrow('does not fit');
  });

  it.each([cropOf(100, 0, 10), cropOf(0, -30, 10), cropOf(NaN, 0, 10)])('refuses a crop outside: %j', (crop) => {
    expect(() => createSquareResampler(20, 20, crop, 8)).toThrow('outside');
  });
});

it('leaves a picture of the right size as it is', () => {
  const rgba = drawTestPicture('hash', 128, 128);
  expect(resampleSquare(rgba, 128, 128, cropOf(0, 0, 128), 128)).toEqual(dropAlpha(rgba));
});
