/** Decoded photo -> the 128x128 picture that the network sees. */
import { centreSquare, clampCrop } from '../domain/crop';
import { LensError } from '../domain/errors';
import type { SquareCrop } from '../domain/geometry';
import { createSquareResampler } from '../domain/resample';
import type { DecodedPhoto } from './decode';

/** Pixels read at a time: 4 MB of RGBA. */
const BAND_PIXELS = 2 ** 20;

export interface PreparedPhoto {
  /** The square that was used: the wanted one, moved and shrunk into the photo. */
  readonly crop: SquareCrop;
  /** RGB bytes [128, 128, 3]. */
  readonly inputRgb: Uint8Array<ArrayBuffer>;
}

/** @param wanted - null: the largest centred square. @throws LensError `unexpected` if the crop is not of numbers. */
export function preparePhoto(photo: DecodedPhoto, wanted: SquareCrop | null): PreparedPhoto {
  if (wanted !== null && ![wanted.x, wanted.y, wanted.size].every(Number.isFinite)) {
    throw new LensError('unexpected', 'the crop is not of numbers');
  }
  const { width, height } = photo.size;
  const crop = wanted === null ? centreSquare(photo.size) : clampCrop(wanted, photo.size);
  const resampler = createSquareResampler(width, height, crop);
  const { firstRow, endRow, firstColumn, endColumn } = resampler;
  const columns = endColumn - firstColumn;
  const bandRows = Math.max(1, Math.floor(BAND_PIXELS / columns));
  for (let row = firstRow; row < endRow; row += bandRows) {
    const rows = Math.min(bandRows, endRow - row);
    resampler.addRows(photo.readPixels(firstColumn, row, columns, rows), row, rows);
  }
  return { crop, inputRgb: resampler.finish() };
}
