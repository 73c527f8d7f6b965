/** The part of libheif-js that heic.ts calls (Embind's wrappers of libheif/heif.h); its own types leave most of it open. */

/** Pointers into the module's memory. */
type Context = object;
type ImageHandle = object;
type DecodedImage = object;

export interface LibheifError {
  readonly code: object;
  readonly message?: string;
}

interface LibheifChannel {
  readonly id: object;
  readonly width: number;
  readonly height: number;
  /** Bytes from one row to the next. */
  readonly stride: number;
  /** A view of the module's memory: gone when the image is released. */
  readonly data: Uint8Array;
}

interface LibheifImage {
  readonly code?: undefined;
  readonly image: DecodedImage;
  readonly channels: readonly LibheifChannel[];
}

export interface Libheif {
  readonly heif_error_code: Readonly<
    Record<'heif_error_Ok' | 'heif_error_Unsupported_filetype' | 'heif_error_Plugin_loading_error', object>
  >;
  readonly heif_colorspace: { readonly heif_colorspace_RGB: object };
  readonly heif_chroma: { readonly heif_chroma_interleaved_RGBA: object };
  readonly heif_channel: { readonly heif_channel_interleaved: object };
  heif_context_alloc(): Context | null;
  heif_context_free(context: Context): void;
  heif_context_read_from_memory(context: Context, bytes: Uint8Array): LibheifError;
  heif_js_context_get_primary_image_handle(context: Context): ImageHandle | LibheifError | null;
  /** After the rotations, mirrorings and crops that the file asks for. */
  heif_image_handle_get_width(handle: ImageHandle): number;
  heif_image_handle_get_height(handle: ImageHandle): number;
  heif_image_handle_release(handle: ImageHandle): void;
  heif_js_decode_image2(
    handle: ImageHandle,
    colorspace: object,
    chroma: object,
  ): LibheifImage | LibheifError | null | Promise<LibheifImage | LibheifError | null>;
  heif_image_release(image: DecodedImage): void;
}

export type CreateLibheif = (options: { readonly wasmBinary: ArrayBuffer }) => Libheif;
