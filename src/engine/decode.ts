/** A photo's file -> its pixels, as the browser decodes them: oriented, not colour-managed, on white. */
import { LensError } from '../domain/errors';
import type { SourcePx, SourceSize } from '../domain/geometry';
import { sniffImageType } from '../domain/image-file';

/** A decoded photo whose pixels are read a part at a time, so that they never lie in memory twice. */
export interface DecodedPhoto {
  readonly size: SourceSize;
  /** @returns RGBA [height, width, 4], opaque, one pixel of the photo each. */
  readPixels(x: number, y: number, width: number, height: number): Uint8ClampedArray;
  /** Frees the pixels. Must be called. */
  close(): void;
}

export type DecodePhoto = (photo: Blob) => Promise<DecodedPhoto>;

/** intake asks the header before; this asks the picture itself. */
const MAX_PIXELS = 100e6;
const SNIFF_BYTES = 64;

/**
 * @throws LensError `image-unsupported` (a kind that this browser does not read), `image-decode-failed` or
 * `image-too-many-pixels`.
 */
export async function decodePhoto(photo: Blob): Promise<DecodedPhoto> {
  const bitmap = await createBitmap(photo);
  const { width, height } = bitmap;
  if (width * height > MAX_PIXELS) {
    bitmap.close();
    throw new LensError('image-too-many-pixels', `${width} x ${height}`);
  }
  return {
    size: { width: width as SourcePx, height: height as SourcePx },
    readPixels: (x, y, w, h) => readPixels(bitmap, x, y, w, h),
    close: () => bitmap.close(),
  };
}

async function createBitmap(photo: Blob): Promise<ImageBitmap> {
  try {
    return await createImageBitmap(photo, {
      imageOrientation: 'from-image', // the EXIF orientation, applied here and nowhere else
      colorSpaceConversion: 'none', // the file's own numbers: training's decoder did not convert them either
    });
  } catch (error) {
    const type = sniffImageType(new Uint8Array(await photo.slice(0, SNIFF_BYTES).arrayBuffer()));
    const canBeRead = type !== null && type !== 'heic';
    throw new LensError(canBeRead ? 'image-decode-failed' : 'image-unsupported', String(error));
  }
}

/** Copies through a small canvas at 1:1, where nothing is resampled: canvases resample differently everywhere. */
function readPixels(bitmap: ImageBitmap, x: number, y: number, width: number, height: number): Uint8ClampedArray {
  // Without `willReadFrequently` a GPU canvas may be used, and its rounding with it.
  const context = new OffscreenCanvas(width, height).getContext('2d', { alpha: false, willReadFrequently: true });
  if (context === null) throw new LensError('out-of-memory', 'no canvas to read the photo with');
  context.imageSmoothingEnabled = false;
  context.fillStyle = '#fff';
  context.fillRect(0, 0, width, height);
  context.drawImage(bitmap, x, y, width, height, 0, 0, width, height);
  return context.getImageData(0, 0, width, height).data;
}
