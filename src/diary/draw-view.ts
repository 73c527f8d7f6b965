import type { CropChoice } from '../domain/geometry';

const QUALITY = 0.9;

/**
 * The chosen square of a photo as a JPEG of at most `maxPx` a side, turned as it was analysed. Drawn anew: nothing of the
 * file's metadata comes along.
 * @throws Error where the browser cannot decode the photo or encode the picture.
 */
export async function drawView(photo: Blob, { crop, quarterTurns }: CropChoice, maxPx: number): Promise<Uint8Array<ArrayBuffer>> {
  const bitmap = await createImageBitmap(photo, { imageOrientation: 'from-image' });
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
    context.drawImage(bitmap, crop.x, crop.y, crop.size, crop.size, -side / 2, -side / 2, side, side);
    const blob = await new Promise<Blob | null>((resolve) => {
      canvas.toBlob(resolve, 'image/jpeg', QUALITY);
    });
    if (blob === null) throw new Error('no JPEG');
    return new Uint8Array(await blob.arrayBuffer());
  } finally {
    bitmap.close();
  }
}
