/** The door: what is no photo, or too big, stops here, before anything decodes it. */
import { imageSize } from 'image-size';
import { sourceOfBytes, type ByteSource } from '../domain/byte-source';
import { LensError } from '../domain/errors';
import { readOrientation, type Orientation } from '../domain/exif-orientation';
import { isComplete } from '../domain/image-end';
import { isZipName } from '../domain/file-names';
import { isZip, sniffImageType, sniffUnsupportedType, type ImageType } from '../domain/image-file';
import { findJpegStart } from '../domain/jpeg-segments';
import { MAX_FILE_BYTES, MAX_JPEG_PIXELS, MAX_PIXELS } from '../domain/photo-limits';

const ZIP_HEAD_BYTES = 4;
/** Holds the size of every kind but JPEG, whose metadata may be longer. */
const HEAD_BYTES = 256 * 1024;

export interface AcceptedPhoto {
  /** The bytes that were checked, in memory: what becomes of the file on the disk changes nothing any more. */
  readonly blob: Blob;
  /** File name; '' for a Blob without one. Shown, never sent or stored. */
  readonly name: string;
  readonly type: ImageType;
  readonly sizeBytes: number;
  /** As the header says it, before orientation; null where the header could not be read. */
  readonly headerSize: { readonly width: number; readonly height: number } | null;
  /** That of the file where browsers may overlook it, else 1. */
  readonly orientation: Orientation;
}

/** @throws LensError `file-unreadable`: it was changed, moved or deleted since it was chosen, or is a folder. */
async function readBytes(file: Blob): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(await file.arrayBuffer());
  } catch (error) {
    throw new LensError('file-unreadable', error instanceof Error ? error.name : '');
  }
}

/** image-size reads the 32-bit sizes of newer BMP headers also where an OS/2 header has two 16-bit ones. */
function readCoreBmpSize(head: Uint8Array): { width: number; height: number } {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  return { width: view.getUint16(18, true), height: view.getUint16(20, true) };
}

/** null is not fatal: the decoder has the last word, on the size too. */
async function readHeaderSize(type: ImageType, head: Uint8Array, source: ByteSource): Promise<AcceptedPhoto['headerSize']> {
  if (type === 'jpeg') return (await findJpegStart(source)).frame;
  try {
    const { width, height } = type === 'bmp' && head[14] === 12 ? readCoreBmpSize(head) : imageSize(head);
    return width > 0 && height > 0 ? { width, height } : null;
  } catch {
    return null;
  }
}

/**
 * Checks a file by its bytes, which are read once; name and MIME type are not trusted.
 * @throws LensError `file-empty`, `file-is-zip`, `file-too-large` (over 50 MB), `file-unreadable`, `file-not-image`,
 * `image-unsupported` (a picture that browsers don't read), `image-too-many-pixels` (over 100 megapixels, of
 * JPEG over 200, from the header), `file-truncated`.
 */
export async function acceptPhoto(file: Blob): Promise<AcceptedPhoto> {
  const name = 'name' in file ? String(file.name) : '';
  // However large: a diary may be larger than a photo.
  if (isZipName({ name, type: file.type }) && isZip(await readBytes(file.slice(0, ZIP_HEAD_BYTES)))) {
    throw new LensError('file-is-zip');
  }
  if (file.size > MAX_FILE_BYTES) throw new LensError('file-too-large', `${file.size} bytes`);
  // Also where it says that it is empty: so says Chromium of a file that is gone.
  const bytes = await readBytes(file);
  if (bytes.length === 0) throw new LensError('file-empty');
  const head = bytes.subarray(0, HEAD_BYTES);
  const type = sniffImageType(head);
  if (type === null) {
    const known = sniffUnsupportedType(head);
    throw known ? new LensError('image-unsupported', known) : new LensError('file-not-image');
  }
  const source = sourceOfBytes(bytes);
  const headerSize = await readHeaderSize(type, head, source);
  if (headerSize && headerSize.width * headerSize.height > (type === 'jpeg' ? MAX_JPEG_PIXELS : MAX_PIXELS)) {
    throw new LensError('image-too-many-pixels', `${headerSize.width} x ${headerSize.height}`);
  }
  if (!(await isComplete(type, source))) throw new LensError('file-truncated', type);
  const blob = new Blob([bytes], { type: file.type });
  const orientation = await readOrientation(type, source);
  return { blob, name, type, sizeBytes: bytes.length, headerSize, orientation };
}
