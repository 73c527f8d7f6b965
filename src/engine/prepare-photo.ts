/** Decoded photo -> the picture that the network sees, or a small copy of the whole. */
import { centreSquare, clampCrop, cropInCopy } from '../domain/crop';
import { turnSquareRgb } from '../domain/crop-turn';
import { LensError } from '../domain/errors';
import type { Thumbnail } from '../domain/find-lesion';
import type { QuarterTurns, SquareCrop } from '../domain/geometry';
import { createSquareResampler } from '../domain/resample';
import type { PixelSource } from './decode';

/** Pixels read at a time: 4 MB of RGBA. */
const BAND_PIXELS = 2 ** 20;

export interface PreparedPhoto {
  /** The square that was used: the wanted one, moved and shrunk into the photo. */
  readonly crop: SquareCrop;
  /** RGB bytes [side, side, 3]. */
  readonly inputRgb: Uint8Array<ArrayBuffer>;
}

/**
 * @param side - of the network's input, in pixels.
 * @param wanted - null: the largest centred square.
 * @throws LensError `unexpected` if the crop is not of numbers.
 */
export function preparePhoto(
  photo: PixelSource,
  side: number,
  wanted: SquareCrop | null,
  quarterTurns: QuarterTurns = 0,
): PreparedPhoto {
  if (wanted !== null && ![wanted.x, wanted.y, wanted.size].every(Number.isFinite)) {
    throw new LensError('unexpected', 'the crop is not of numbers');
  }
  const { size, sourceSize = size } = photo;
  const crop = wanted === null ? centreSquare(sourceSize) : clampCrop(wanted, sourceSize);
  const resampler = createSquareResampler(size.width, size.height, cropInCopy(crop, sourceSize, size), side);
  const { firstRow, endRow, firstColumn, endColumn } = resampler;
  const columns = endColumn - firstColumn;
  const bandRows = Math.max(1, Math.floor(BAND_PIXELS / columns));
  for (let row = firstRow; row < endRow; row += bandRows) {
    const rows = Math.min(bandRows, endRow - row);
    resampler.addRows(photo.readPixels(firstColumn, row, columns, rows), row, rows);
  }
  return { crop, inputRgb: turnSquareRgb(resampler.finish(), side, quarterTurns) };
}

/**
 * A copy no longer than `maxSidePx`, for looking at, not for the network: every pixel of the photo goes, whole, to the mean
 * of one pixel of the copy. A photo that is small enough is copied as it is.
 */
export function prepareThumbnail(photo: PixelSource, maxSidePx: number): Thumbnail {
  const { width: fromWidth, height: fromHeight } = photo.size;
  const scale = Math.min(1, maxSidePx / Math.max(fromWidth, fromHeight));
  const width = Math.max(1, Math.round(fromWidth * scale));
  const height = Math.max(1, Math.round(fromHeight * scale));
  const columnOf = Int32Array.from({ length: fromWidth }, (_, x) => Math.floor(((x + 0.5) * width) / fromWidth) * 4);
  const sums = new Float64Array(width * height * 4);
  const bandRows = Math.max(1, Math.floor(BAND_PIXELS / fromWidth));
  for (let top = 0; top < fromHeight; top += bandRows) {
    const rows = Math.min(bandRows, fromHeight - top);
    const pixels = photo.readPixels(0, top, fromWidth, rows);
    for (let row = 0, from = 0; row < rows; row++) {
      const start = Math.floor(((top + row + 0.5) * height) / fromHeight) * width * 4;
      for (let x = 0; x < fromWidth; x++, from += 4) {
        const to = start + columnOf[x]!;
        sums[to] = sums[to]! + pixels[from]!;
        sums[to + 1] = sums[to + 1]! + pixels[from + 1]!;
        sums[to + 2] = sums[to + 2]! + pixels[from + 2]!;
        sums[to + 3] = sums[to + 3]! + 1;
      }
    }
  }
  const rgba = new Uint8ClampedArray(sums.length);
  for (let i = 0; i < sums.length; i += 4) {
    for (let c = 0; c < 3; c++) rgba[i + c] = sums[i + c]! / sums[i + 3]!;
    rgba[i + 3] = 255;
  }
  return { width, height, rgba, source: photo.sourceSize ?? photo.size };
}
