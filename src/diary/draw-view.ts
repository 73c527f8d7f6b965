import { cropInCopy } from '../domain/crop';
import type { CropChoice, SourceSize } from '../domain/geometry';

const QUALITY = 0.9;

/**
 * The chosen square of a photo as a JPEG of at most `maxPx` a side, turned as it was analysed. Drawn anew: nothing of the
 * file's metadata comes along.
 * @param shown - The photo or a scaled copy of it. @param source - The photo's own size, in whose pixels the choice is.
 * @throws Error where the browser cannot decode the photo or encode the picture.
 */
export async function drawView(
  shown: Blob,
  source: SourceSize,
  { crop, quarterTurns }: CropChoice,
  maxPx: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const bitmap = await createImageBitmap(shown, { imageOrientation: 'from-image' });
  try {
    const side = Math.max(1, Math.min(maxPx, Math.round(crop.size)));
    const canvas = document.createElement('canvas');
    canvas.width = side;
    canvas.height = side;
    const context = canvas.getContext('2d');
    if (context === null) throw new Error('no 2d context');
    // JPEG has no transparency.
    context.fillStyle = '#ffffff';
    context.fillRect(0, 0, side, side);
    context.imageSmoothingQuality = 'high';
    context.translate(side / 2, side / 2);
    context.rotate((quarterTurns * Math.PI) / 2);
    const { x, y, size } = cropInCopy(crop, source, bitmap);
    context.drawImage(bitmap, x, y, size, size, -side / 2, -side / 2, side, side);
    const blob = await new Promise<Blob | null>((resolve) => {
      canvas.toBlob(resolve, 'image/jpeg', QUALITY);
    });
    if (blob === null) throw new Error('no JPEG');
    return new Uint8Array(await blob.arrayBuffer());
  } finally {
    bitmap.close();
  }
}
