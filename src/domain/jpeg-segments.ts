/** The front of a JPEG file: its size and where its picture data begin (ITU-T T.81, B.1 and B.2). */
import { ascii } from './ascii';
import { ByteWalker, type ByteSource } from './byte-source';

interface JpegStart {
  /** As the frame header says it, before orientation. null: none before the first scan. */
  readonly frame: { readonly width: number; readonly height: number } | null;
  /** Offset of the first start-of-scan marker. null: none. */
  readonly scanAt: number | null;
  /** Where the first EXIF lies, its name passed over; the end is exclusive. null: none before the first scan. */
  readonly exif: { readonly from: number; readonly to: number } | null;
}

export const SOS = 0xda;
export const EOI = 0xd9;
const APP1 = 0xe1;
const EXIF_NAME = 'Exif\0\0';

/** Start of frame: C0 to CF but for DHT (C4), JPG (C8) and DAC (CC). */
export function isFrameMarker(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}

/** TEM, RST0-7 and SOI stand alone; a stuffed 00 is no marker. Fill bytes (FF) are stepped over one by one. */
export function standsAlone(marker: number): boolean {
  return marker === 0x00 || marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8);
}

/**
 * Walks the segments to the first scan. Bytes between segments are skipped, as decoders do. Thumbnails lie inside
 * their segment and are stepped over.
 */
export async function findJpegStart(source: ByteSource): Promise<JpegStart> {
  const walker = new ByteWalker(source, 2);
  let frame: JpegStart['frame'] = null;
  let exif: JpegStart['exif'] = null;
  for (;;) {
    await walker.seek(0xff);
    const head = await walker.peek(4 + EXIF_NAME.length);
    const marker = head[1];
    if (marker === undefined || marker === EOI) return { frame, scanAt: null, exif };
    if (marker === SOS) return { frame, scanAt: walker.at, exif };
    if (marker === 0xff) walker.at += 1;
    else if (standsAlone(marker)) walker.at += 2;
    else {
      if (isFrameMarker(marker) && head.length >= 9) {
        // length (2 bytes), precision (1), lines (2), samples a line (2)
        const [height, width] = [head[5]! * 256 + head[6]!, head[7]! * 256 + head[8]!];
        if (width > 0 && height > 0) frame ??= { width, height };
      }
      const next = walker.at + 2 + Math.max(2, (head[2] ?? 0) * 256 + (head[3] ?? 0));
      if (marker === APP1 && ascii(head, 4, EXIF_NAME.length) === EXIF_NAME) exif ??= { from: walker.at + head.length, to: next };
      walker.at = next;
    }
  }
}
