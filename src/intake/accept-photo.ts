/** The door: what is no photo, or too big, stops here, before anything decodes it. */
import { imageSize } from 'image-size';
import { LensError } from '../domain/errors';
import { isComplete, sniffImageType, sniffUnsupportedType, type ImageType } from '../domain/image-file';

export const MAX_FILE_BYTES = 50 * 1024 * 1024;
export const MAX_PIXELS = 100_000_000;
/** Enough for the size in any header but that of a JPEG behind large metadata; the decoder checks again. */
const HEADER_BYTES = 512 * 1024;

export interface AcceptedPhoto {
  readonly blob: Blob;
  /** File name; '' for a Blob without one. Shown, never sent or stored. */
  readonly name: string;
  readonly type: ImageType;
  readonly sizeBytes: number;
  /** As the header says it, before orientation; null where the header could not be read. */
  readonly headerSize: { readonly width: number; readonly height: number } | null;
}

function readHeaderSize(head: Uint8Array): AcceptedPhoto['headerSize'] {
  try {
    const { width, height } = imageSize(head);
    return width > 0 && height > 0 ? { width, height } : null;
  } catch {
    return null; // not fatal: the decoder has the last word
  }
}

/**
 * Checks a file by its bytes; name and MIME type are not trusted.
 * @throws LensError `file-empty`, `file-too-large` (over 50 MB), `file-not-image`, `image-unsupported` (a picture that
 * browsers don't read), `file-truncated`, `image-too-many-pixels` (over 100 megapixels, from the header).
 */
export async function acceptPhoto(file: Blob): Promise<AcceptedPhoto> {
  if (file.size === 0) throw new LensError('file-empty');
  if (file.size > MAX_FILE_BYTES) throw new LensError('file-too-large', `${file.size} bytes`);
  const bytes = new Uint8Array(await file.arrayBuffer());
  const head = bytes.subarray(0, HEADER_BYTES);
  const type = sniffImageType(head);
  if (type === null) {
    const known = sniffUnsupportedType(head);
    throw known ? new LensError('image-unsupported', known) : new LensError('file-not-image');
  }
  const headerSize = readHeaderSize(head);
  if (headerSize && headerSize.width * headerSize.height > MAX_PIXELS) {
    throw new LensError('image-too-many-pixels', `${headerSize.width} x ${headerSize.height}`);
  }
  if (!isComplete(type, bytes)) throw new LensError('file-truncated', type);
  return { blob: file, name: 'name' in file ? String(file.name) : '', type, sizeBytes: file.size, headerSize };
}
