/**
 * HEIC for browsers that do not read it (all but Safari): libheif, with its HEVC decoder libde265, compiled to WASM by
 * libheif-js (both LGPL-3.0, used unchanged as a separate file). It is asked for when the first such picture comes, from
 * the app's own origin, and needs no `eval`: a content policy of `script-src 'self' 'wasm-unsafe-eval'` is enough.
 */
// eslint-disable-next-line @typescript-eslint/triple-slash-reference -- an ambient declaration cannot be imported
/// <reference path="./wasm-url.d.ts" />
import { LensError } from '../domain/errors';
import type { CreateLibheif, Libheif, LibheifError } from './libheif-types';

export interface HeicPixels {
  readonly width: number;
  readonly height: number;
  /** RGBA [height, width, 4], alpha not premultiplied. */
  readonly rgba: Uint8Array<ArrayBuffer>;
}

let loading: Promise<Libheif> | null = null;

async function loadLibheif(): Promise<Libheif> {
  const [{ default: create }, { default: wasmUrl }] = await Promise.all([
    import('libheif-js/libheif-wasm/libheif.js'),
    import('libheif-js/libheif-wasm/libheif.wasm?url'),
  ]);
  const response = await fetch(wasmUrl);
  if (!response.ok) throw new Error(`${response.status}`);
  return (create as CreateLibheif)({ wasmBinary: await response.arrayBuffer() });
}

/** One decoder serves all pictures; a load that failed is tried anew with the next. */
async function libheif(): Promise<Libheif> {
  loading ??= loadLibheif();
  try {
    return await loading;
  } catch (error) {
    loading = null;
    throw new LensError('heic-decoder-missing', error instanceof Error ? error.message : String(error));
  }
}

/**
 * The file's primary picture, with the rotation and mirroring that the file asks for (`irot`, `imir`) applied by libheif;
 * an EXIF orientation beside them only repeats them and is not looked at. Colours are the file's own: an ICC profile is
 * not applied, as for any other kind of picture.
 * @throws LensError `heic-decoder-missing`, `image-decode-failed`, `image-unsupported` (a codec other than HEVC),
 * `image-too-many-pixels` or `out-of-memory`.
 */
export async function decodeHeic(file: Blob, maxPixels: number): Promise<HeicPixels> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const heif = await libheif();
  const own = loading;
  /** Frees what is held of the module's memory, the last first. */
  let held: (() => void)[] = [];
  const hold = (free: () => void): void => void held.unshift(free);
  try {
    return await decodePrimary(heif, bytes, maxPixels, hold);
  } catch (error) {
    if (error instanceof LensError) throw error;
    // The module's own memory ran out, or it aborted: nothing in it can be trusted any more, its freeing neither. Its memory
    // goes with it as a whole.
    held = [];
    if (loading === own) loading = null;
    const message = error instanceof Error ? error.message : String(error);
    throw new LensError(/memory|OOM/i.test(message) ? 'out-of-memory' : 'image-decode-failed', message);
  } finally {
    for (const free of held) free();
  }
}

/** @param hold - is told how to free each thing as soon as there is one. */
async function decodePrimary(
  heif: Libheif,
  bytes: Uint8Array,
  maxPixels: number,
  hold: (free: () => void) => void,
): Promise<HeicPixels> {
  const context = heif.heif_context_alloc();
  if (context === null) throw new LensError('out-of-memory', 'no HEIF context');
  hold(() => heif.heif_context_free(context));
  const read = heif.heif_context_read_from_memory(context, bytes);
  if (read.code !== heif.heif_error_code.heif_error_Ok) throw failure(heif, read);
  const handle = heif.heif_js_context_get_primary_image_handle(context);
  if (handle === null || 'code' in handle) throw failure(heif, handle);
  hold(() => heif.heif_image_handle_release(handle));
  assertFits(heif.heif_image_handle_get_width(handle), heif.heif_image_handle_get_height(handle), maxPixels);
  const decoded = await heif.heif_js_decode_image2(
    handle,
    heif.heif_colorspace.heif_colorspace_RGB,
    heif.heif_chroma.heif_chroma_interleaved_RGBA,
  );
  if (decoded === null || decoded.code !== undefined) throw failure(heif, decoded);
  hold(() => heif.heif_image_release(decoded.image));
  const channel = decoded.channels.find(({ id }) => id === heif.heif_channel.heif_channel_interleaved);
  if (channel === undefined) throw failure(heif, null);
  // What was decoded has the last word on its size.
  const { width, height, stride, data } = channel;
  assertFits(width, height, maxPixels);
  const rgba = allocate(width * height * 4);
  for (let y = 0; y < height; y++) rgba.set(data.subarray(y * stride, y * stride + width * 4), y * width * 4);
  return { width, height, rgba };
}

function assertFits(width: number, height: number, maxPixels: number): void {
  if (width * height > maxPixels) throw new LensError('image-too-many-pixels', `${width} x ${height}`);
}

/** Outside the module: that there is no room is no fault of it. */
function allocate(sizeBytes: number): Uint8Array<ArrayBuffer> {
  try {
    return new Uint8Array(sizeBytes);
  } catch (error) {
    throw new LensError('out-of-memory', error instanceof Error ? error.message : String(error));
  }
}

/** A codec that this libheif was built without is no damage: HEIF may hold other kinds of picture than HEVC. */
function failure({ heif_error_code: codes }: Libheif, error: LibheifError | null): LensError {
  const lacks = error?.code === codes.heif_error_Plugin_loading_error || error?.code === codes.heif_error_Unsupported_filetype;
  return new LensError(lacks ? 'image-unsupported' : 'image-decode-failed', error?.message ?? '');
}
