/** Photos are decoded while others are computed, as far as the memory for it goes. */
import { readPhoto, type ReadPhoto } from './analyse';
import type { DecodePhoto } from './decode';
import type { AnalyseRequest } from './protocol';

/**
 * What decoded pictures may take before their turn, all together: two of 16 megapixels. The one whose turn it is comes on
 * top, 400 MB at most (domain/photo-limits.ts); phones end a page that takes a gigabyte.
 */
const READ_AHEAD_BYTES = 128 * 2 ** 20;
const BYTES_PER_PIXEL = 4;
export const READ_AHEAD_PIXELS = READ_AHEAD_BYTES / BYTES_PER_PIXEL;

/**
 * @returns A function that starts reading a photo where there is room, and gives one to be called, once, when the photo's turn
 * comes: it yields what was read, or reads it then. A photo whose number of pixels is not known waits for its turn. What it
 * throws is what `readPhoto` throws.
 */
export function createPhotoReader(decode: DecodePhoto): (request: AnalyseRequest) => () => Promise<ReadPhoto> {
  let aheadPixels = 0;
  return (request) => {
    const pixels = request.sourcePixels ?? Infinity;
    if (aheadPixels + pixels > READ_AHEAD_PIXELS) return () => readPhoto(decode, request);
    aheadPixels += pixels;
    const reading = readPhoto(decode, request).finally(() => {
      aheadPixels -= pixels;
    });
    reading.catch(() => undefined); // told when its turn comes
    return () => reading;
  };
}
