/**
 * A photo's file -> its pixels, as the browser decodes them: oriented, not colour-managed, on white. HEIC, where the
 * browser does not read it, is decoded by heic.ts.
 */
import { encodeBmp } from '../domain/bmp';
import { sourceOfBytes, type ByteSource } from '../domain/byte-source';
import { LensError } from '../domain/errors';
import { readJpegOrientation } from '../domain/exif-orientation';
import type { Fault } from '../domain/fault';
import { findDamage, isCheckable } from '../domain/find-damage';
import type { SourcePx, SourceSize } from '../domain/geometry';
import { sniffImageType, type ImageType } from '../domain/image-file';
import { findJpegStart } from '../domain/jpeg-segments';
import { MAX_PIXELS, MAX_SCALED_PIXELS, MAX_SHOWN_PIXELS } from '../domain/photo-limits';
import { decodeHeic, type HeicPixels } from './heic';
import { createTurnReader, turnSource } from './orientation';
import { createTrustedChoice, measureReadBack } from './read-back';
import { createScaledDecoder, decodeAt } from './scaled-jpeg';

/** Pixels that are read a part at a time, so that they never lie in memory twice. */
export interface PixelSource {
  /** Of what is read. */
  readonly size: SourceSize;
  /** Of the photo, where what is read is a scaled copy of it. */
  readonly sourceSize?: SourceSize;
  /** @returns RGBA [height, width, 4], opaque, one pixel of the photo each. */
  readPixels(x: number, y: number, width: number, height: number): Uint8ClampedArray;
  /** Frees the pixels. Must be called. */
  close(): void;
}

export interface DecodedPhoto extends PixelSource {
  /** How far this browser alters what is read, in grey levels (read-back.ts). */
  readonly noise: number;
}

export type DecodePhoto = (photo: Blob, isWhole?: boolean) => Promise<DecodedPhoto>;
export type MakeShowable = (photo: Blob) => Promise<Blob>;
export type EncodeFrame = (frame: ImageBitmap) => Promise<Blob>;

const SNIFF_BYTES = 64;
/** Read whole even where only its head is needed. */
const SMALL_BYTES = 4 * 2 ** 20;

/** Rows that are read at once. */
const BAND_ROWS = 64;

/** Of a JPEG that is too large to be decoded whole. */
const decodeScaled = createScaledDecoder(decodeAt);

/** Takes the bitmap over. */
type OpenBitmap = (bitmap: ImageBitmap) => PixelSource | Promise<PixelSource>;

const chooseWay = createTrustedChoice<OpenBitmap>([openByCanvas, openByFrame], (open) =>
  measureReadBack(async (picture) => {
    const bitmap = await createBitmap(picture);
    if (bitmap === null) throw new LensError('image-unsupported', 'bmp');
    return openOrClose(open, bitmap);
  }),
);

const readTurn = createTurnReader(async (picture) => {
  const bitmap = await createBitmap(picture);
  if (bitmap === null) throw new LensError('image-decode-failed', 'no picture');
  const { width, height } = bitmap;
  bitmap.close();
  return { width, height };
});

/**
 * @param isWhole - It was decoded before, so that its bytes are not looked through again.
 * @throws LensError `image-unsupported` (a kind that this browser does not read), `image-decode-failed`,
 * `image-too-many-pixels`, `image-damaged` (part of its data is missing or overwritten), `file-unreadable`, `pixels-altered`;
 * of HEIC also those of heic.ts.
 */
export async function decodePhoto(photo: Blob, isWhole = false): Promise<DecodedPhoto> {
  const bytes = await openBytes(photo, isWhole);
  const large = await findLargeJpeg(bytes);
  if (large !== null) return { ...(await openScaled(photo, bytes, large, MAX_SCALED_PIXELS, isWhole)), noise: 0 };
  const bitmap = await (isWhole ? openBitmap(photo) : decodeChecked(photo, bytes, openBitmap));
  // libheif's pixels pass no canvas.
  if (bitmap === null) return { ...sourceOf(await decodeHeic(photo, MAX_PIXELS)), noise: 0 };
  const stored = await openTrusted(bitmap);
  try {
    return { ...turnSource(stored, await readTurn(bytes)), noise: stored.noise };
  } catch (error) {
    stored.close();
    throw error;
  }
}

/**
 * The file's bytes: at once, as each read of a part asks another process, but where it is large and little of it will be looked at.
 * @throws LensError `file-unreadable`.
 */
async function openBytes(photo: Blob, isWhole: boolean): Promise<ByteSource> {
  if (isWhole && photo.size > SMALL_BYTES) {
    return { sizeBytes: photo.size, read: async (from, to) => new Uint8Array(await photo.slice(from, to).arrayBuffer()) };
  }
  try {
    return sourceOfBytes(new Uint8Array(await photo.arrayBuffer()));
  } catch (error) {
    if (error instanceof DOMException) throw new LensError('file-unreadable', error.name);
    throw error;
  }
}

/** @returns The stored size of a JPEG that is decoded at a smaller one; null: of all else. */
async function findLargeJpeg(bytes: ByteSource): Promise<SourceSize | null> {
  if ((await sniff(bytes)) !== 'jpeg') return null;
  const { frame } = await findJpegStart(bytes);
  return frame !== null && frame.width * frame.height > MAX_PIXELS ? (frame as SourceSize) : null;
}

/** A large JPEG's scaled copy, upright; its pixels pass no canvas. */
async function openScaled(
  photo: Blob,
  bytes: ByteSource,
  stored: SourceSize,
  maxPixels: number,
  isWhole: boolean,
): Promise<PixelSource> {
  const decode = (file: Blob): Promise<HeicPixels> => decodeScaled(file, stored, maxPixels);
  const pixels = await (isWhole ? decode(photo) : decodeChecked(photo, bytes, decode));
  return turnSource({ ...sourceOf(pixels), sourceSize: stored }, await readJpegOrientation(bytes));
}

/** By the way that alters least. Takes the bitmap over. @throws LensError `pixels-altered`, `out-of-memory`. */
async function openTrusted(bitmap: ImageBitmap): Promise<DecodedPhoto> {
  const { way: open, noise } = await chooseWay().catch((error: unknown) => {
    bitmap.close();
    throw error;
  });
  return { ...(await openOrClose(open, bitmap)), noise };
}

async function openOrClose(open: OpenBitmap, bitmap: ImageBitmap): Promise<PixelSource> {
  try {
    return await open(bitmap);
  } catch (error) {
    bitmap.close();
    throw error;
  }
}

function openByCanvas(bitmap: ImageBitmap): PixelSource {
  return {
    size: { width: bitmap.width as SourcePx, height: bitmap.height as SourcePx },
    readPixels: (x, y, w, h) => readPixels(bitmap, x, y, w, h),
    close: () => bitmap.close(),
  };
}

/** Past the canvas, which some browsers alter (WebCodecs, VideoFrame.copyTo); holds all pixels at once. */
async function openByFrame(bitmap: ImageBitmap): Promise<PixelSource> {
  const { width, height } = bitmap;
  const frame = new VideoFrame(bitmap, { timestamp: 0 });
  try {
    const rgba = new Uint8Array(width * height * 4);
    await frame.copyTo(rgba, { format: 'RGBA', layout: [{ offset: 0, stride: width * 4 }] });
    bitmap.close();
    return sourceOf({ width, height, rgba });
  } finally {
    frame.close();
  }
}

/**
 * The same picture in a kind that this browser shows upright and decodes fast: the file itself or, of HEIC that it does not read and
 * of what it does not turn, its pixels as an uncompressed BMP, 3 bytes a pixel. Their scores are the same. Of a JPEG that is too
 * large to be decoded whole it is a smaller copy. Throws what `decodePhoto` throws; a file that it does not hand back itself was
 * looked through for damage.
 */
export async function makeShowable(photo: Blob): Promise<Blob> {
  const bytes = await openBytes(photo, false);
  const large = await findLargeJpeg(bytes);
  if (large !== null) return bmpOf(readAllPixels(await openScaled(photo, bytes, large, MAX_SHOWN_PIXELS, false)));
  const bitmap = await createBitmap(photo);
  bitmap?.close();
  if (bitmap !== null && (await readTurn(bytes)) === 1) return photo;
  return bmpOf(bitmap === null ? await decodeHeic(photo, MAX_PIXELS) : readAllPixels(await decodePhoto(photo)));
}

function bmpOf(pixels: HeicPixels): Blob {
  return new Blob([encodeBmp(pixels)], { type: 'image/bmp' });
}

/**
 * A camera's frame as a file, an uncompressed BMP, read by the way that alters least. Takes the frame over.
 * @throws LensError `pixels-altered`, `out-of-memory`.
 */
export async function encodeFrame(frame: ImageBitmap): Promise<Blob> {
  return bmpOf(readAllPixels(await openTrusted(frame)));
}

/** Closes the picture. */
function readAllPixels(decoded: PixelSource): HeicPixels {
  try {
    const { width, height } = decoded.size;
    const rgba = new Uint8Array(width * height * 4);
    for (let y = 0; y < height; y += BAND_ROWS) {
      rgba.set(decoded.readPixels(0, y, width, Math.min(BAND_ROWS, height - y)), y * width * 4);
    }
    return { width, height, rgba };
  } finally {
    decoded.close();
  }
}

/** The browser decodes on a thread of its own; the file's bytes are checked meanwhile. Throws what `decode` throws. */
async function decodeChecked<T extends ImageBitmap | HeicPixels | null>(
  photo: Blob,
  bytes: ByteSource,
  decode: (photo: Blob) => Promise<T>,
): Promise<T> {
  const [decoding, checking] = await Promise.allSettled([decode(photo), findFault(bytes)]);
  try {
    if (decoding.status === 'rejected' && isTooLarge(decoding.reason)) throw decoding.reason;
    if (checking.status === 'rejected') throw checking.reason;
    const fault = checking.value;
    // Whether or not the browser made a picture of it.
    if (fault !== null) throw new LensError(fault.kind === 'damaged' ? 'image-damaged' : 'image-unsupported', fault.detail);
    if (decoding.status === 'rejected') throw decoding.reason;
    return decoding.value;
  } catch (error) {
    if (decoding.status === 'fulfilled' && decoding.value && 'close' in decoding.value) decoding.value.close();
    throw error;
  }
}

function isTooLarge(error: unknown): boolean {
  return error instanceof LensError && error.code === 'image-too-many-pixels';
}

/** @returns null: as createBitmap. @throws LensError `image-too-many-pixels`, and what createBitmap throws. */
async function openBitmap(photo: Blob): Promise<ImageBitmap | null> {
  const bitmap = await createBitmap(photo);
  if (bitmap === null || bitmap.width * bitmap.height <= MAX_PIXELS) return bitmap;
  const size = `${bitmap.width} x ${bitmap.height}`;
  bitmap.close();
  throw new LensError('image-too-many-pixels', size);
}

async function sniff(bytes: ByteSource): Promise<ImageType | null> {
  return sniffImageType(await bytes.read(0, SNIFF_BYTES));
}

async function findFault(bytes: ByteSource): Promise<Fault | null> {
  const type = await sniff(bytes);
  return type !== null && isCheckable(type) ? findDamage(type, await bytes.read(0, bytes.sizeBytes)) : null;
}

/** @returns null: HEIC that this browser does not read, or that is damaged. */
async function createBitmap(photo: Blob): Promise<ImageBitmap | null> {
  try {
    return await createImageBitmap(photo, {
      imageOrientation: 'from-image', // the EXIF orientation; where the browser overlooks it, orientation.ts does it
      colorSpaceConversion: 'none', // the file's own numbers: training's decoder did not convert them either
    });
  } catch (error) {
    const type = sniffImageType(new Uint8Array(await photo.slice(0, SNIFF_BYTES).arrayBuffer()));
    if (type === 'heic') return null;
    throw new LensError(type === null ? 'image-unsupported' : 'image-decode-failed', String(error));
  }
}

function sourceOf({ width, height, rgba }: HeicPixels): PixelSource {
  return {
    size: { width: width as SourcePx, height: height as SourcePx },
    readPixels(left, top, columns, rows) {
      const pixels = new Uint8ClampedArray(columns * rows * 4);
      for (let y = 0, to = 0; y < rows; y++) {
        let from = ((top + y) * width + left) * 4;
        for (let x = 0; x < columns; x++, from += 4, to += 4) {
          const alpha = rgba[from + 3]!;
          for (let c = 0; c < 3; c++) pixels[to + c] = (rgba[from + c]! * alpha + 255 * (255 - alpha)) / 255;
          pixels[to + 3] = 255;
        }
      }
      return pixels;
    },
    close: () => undefined,
  };
}

/** One canvas for all photos: a fresh one's memory costs more than drawing in it. As large as what was asked of it so far. */
let sheet: OffscreenCanvasRenderingContext2D | null = null;

function takeSheet(width: number, height: number): OffscreenCanvasRenderingContext2D {
  if (sheet !== null && sheet.canvas.width >= width && sheet.canvas.height >= height) return sheet;
  // Without `willReadFrequently` a GPU canvas may be used, and its rounding with it.
  sheet = new OffscreenCanvas(width, height).getContext('2d', { alpha: false, willReadFrequently: true });
  if (sheet === null) throw new LensError('out-of-memory', 'no canvas to read the photo with');
  sheet.imageSmoothingEnabled = false;
  sheet.fillStyle = '#fff';
  return sheet;
}

/** Copies through a canvas at 1:1, where nothing is resampled: canvases resample differently everywhere. */
function readPixels(bitmap: ImageBitmap, x: number, y: number, width: number, height: number): Uint8ClampedArray {
  const context = takeSheet(width, height);
  try {
    context.fillRect(0, 0, width, height);
    context.drawImage(bitmap, x, y, width, height, 0, 0, width, height);
    return context.getImageData(0, 0, width, height).data;
  } catch (error) {
    sheet = null;
    throw error;
  }
}
