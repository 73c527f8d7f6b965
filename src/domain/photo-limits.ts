/** The largest photo that the app takes. */

export const MAX_FILE_BYTES = 50 * 1024 * 1024;
/** Width times height; intake asks the file's header, the decoder the picture itself. */
export const MAX_PIXELS = 100_000_000;
