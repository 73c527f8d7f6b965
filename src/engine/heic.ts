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
  const context = heif.heif_context_alloc();
  if (context === null) throw new LensError('out-of-memory', 'no HEIF context');
  try {
    const read = heif.heif_context_read_from_memory(context, bytes);
    if (read.code !== heif.heif_error_code.heif_error_Ok) throw failure(heif, read);
    return await decodePrimary(heif, context, maxPixels);
  } catch (error) {
    if (error instanceof LensError) throw error;
    // The module's own memory ran out, or it aborted: nothing in it can be trusted any more.
    loading = null;
    const message = error instanceof Error ? error.message : String(error);
    throw new LensError(/memory|OOM/i.test(message) ? 'out-of-memory' : 'image-decode-failed', message);
  } finally {
    if (loading !== null) heif.heif_context_free(context);
  }
}

async function decodePrimary(heif: Libheif, context: object, maxPixels: number): Promise<HeicPixels> {
  const handle = heif.heif_js_context_get_primary_image_handle(context);
  if (handle === null || 'code' in handle) throw failure(heif, handle);
  try {
    const width = heif.heif_image_handle_get_width(handle);
    const height = heif.heif_image_handle_get_height(handle);
    if (width * height > maxPixels) throw new LensError('image-too-many-pixels', `${width} x ${height}`);
    return await decodePixels(heif, handle);
  } finally {
    heif.heif_image_handle_release(handle);
  }
}

async function decodePixels(heif: Libheif, handle: object): Promise<HeicPixels> {
  const decoded = await heif.heif_js_decode_image2(
    handle,
    heif.heif_colorspace.heif_colorspace_RGB,
    heif.heif_chroma.heif_chroma_interleaved_RGBA,
  );
  if (decoded === null || decoded.code !== undefined) throw failure(heif, decoded);
  const channel = decoded.channels.find(({ id }) => id === heif.heif_channel.heif_channel_interleaved);
  if (channel === undefined) throw failure(heif, null);
  // What was decoded has the last word on its size.
  const { width, height, stride, data } = channel;
  const rgba = new Uint8Array(width * height * 4);
  for (let y = 0; y < height; y++) rgba.set(data.subarray(y * stride, y * stride + width * 4), y * width * 4);
  heif.heif_image_release(decoded.image);
  return { width, height, rgba };
}

/** A codec that this libheif was built without is no damage: HEIF may hold other kinds of picture than HEVC. */
function failure({ heif_error_code: codes }: Libheif, error: LibheifError | null): LensError {
  const lacks = error?.code === codes.heif_error_Plugin_loading_error || error?.code === codes.heif_error_Unsupported_filetype;
  return new LensError(lacks ? 'image-unsupported' : 'image-decode-failed', error?.message ?? '');
}
