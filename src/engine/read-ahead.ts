/** Photos are decoded while others are computed, as far as the memory for it goes. */
import { LensError } from '../domain/errors';
import { readPhoto, type ReadPhoto } from './analyse';
import type { DecodePhoto } from './decode';
import type { AnalyseRequest } from './protocol';

/**
 * What decoded pictures may take before their turn, all together: two of 16 megapixels. The one whose turn it is comes on
 * top, 400 MB at most (domain/photo-limits.ts; of a larger JPEG, which is scaled down, 256); phones end a page that takes a
 * gigabyte. Besides, the search for damage holds a photo's file twice while it is read (50 MB at most each).
 */
const READ_AHEAD_BYTES = 128 * 2 ** 20;
const BYTES_PER_PIXEL = 4;
export const READ_AHEAD_PIXELS = READ_AHEAD_BYTES / BYTES_PER_PIXEL;

/**
 * @returns A function that starts reading a photo where there is room, and gives one to be called, once, when the photo's turn
 * comes: it yields what was read, or reads it then. A photo whose number of pixels is not known waits for its turn. What it
 * throws is what `readPhoto` throws.
 * @param inputSide - of the network that is loaded now; null: none is, so that a photo waits for its turn.
 */
export function createPhotoReader(
  decode: DecodePhoto,
  inputSide: () => number | null,
): (request: AnalyseRequest) => () => Promise<ReadPhoto> {
  let aheadPixels = 0;

  async function readNow(request: AnalyseRequest): Promise<ReadPhoto> {
    const side = inputSide();
    if (side === null) throw new LensError('unexpected', 'no model is loaded');
    return readPhoto(decode, side, request);
  }

  return (request) => {
    const pixels = request.sourcePixels ?? Infinity;
    const side = inputSide();
    if (side === null || aheadPixels + pixels > READ_AHEAD_PIXELS) return () => readNow(request);
    aheadPixels += pixels;
    const reading = readPhoto(decode, side, request).finally(() => {
      aheadPixels -= pixels;
    });
    reading.catch(() => undefined); // told when its turn comes
    return () => reading;
  };
}
