/** The largest photo that the app takes. */

export const MAX_FILE_BYTES = 50 * 1024 * 1024;
/** Width times height; intake asks the file's header, the decoder the picture itself. */
export const MAX_PIXELS = 100_000_000;
/** Of JPEG, which is read scaled down where it has more than MAX_PIXELS (engine/scaled-jpeg.ts): phones of 108 and 200 megapixels. */
export const MAX_JPEG_PIXELS = 200_000_000;
/** To at most so many pixels it is scaled down, for the network and for the screen: twice of both lie in memory meanwhile. */
export const MAX_SCALED_PIXELS = 32_000_000;
export const MAX_SHOWN_PIXELS = 13_000_000;
