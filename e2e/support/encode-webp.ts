import type { Page } from '@playwright/test';

/** A picture as the browser's canvas writes WebP; quality 1 is lossless. */
export function canvasWebp(page: Page, picture: Buffer, quality: number): Promise<Buffer> {
  return canvasFile(page, picture, 'image/webp', quality);
}

/** A picture, as the browser decodes it, written by its canvas. */
export async function canvasFile(page: Page, picture: Buffer, type: 'image/webp' | 'image/png', quality = 1): Promise<Buffer> {
  const base64 = await page.evaluate(
    async ([encoded, kind, wanted]) => {
      const bitmap = await createImageBitmap(new Blob([Uint8Array.from(atob(encoded), (c) => c.charCodeAt(0))]));
      const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
      canvas.getContext('2d')?.drawImage(bitmap, 0, 0);
      const bytes = new Uint8Array(await (await canvas.convertToBlob({ type: kind, quality: wanted })).arrayBuffer());
      return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
    },
    [picture.toString('base64'), type, quality] as const,
  );
  return Buffer.from(base64, 'base64');
}

/** Puts EXIF behind the pixels of a WebP that a canvas wrote, opaque (RFC 9649, 2.7). */
export function addWebpExif(webp: Buffer, exif: Buffer, width: number, height: number): Buffer {
  const chunk = (name: string, body: Buffer): Buffer => {
    const head = Buffer.alloc(8);
    head.write(name, 'latin1');
    head.writeUInt32LE(body.length, 4);
    return Buffer.concat([head, body, Buffer.alloc(body.length % 2)]);
  };
  const extended = Buffer.alloc(10);
  extended[0] = 0x08; // there is EXIF
  extended.writeUIntLE(width - 1, 4, 3);
  extended.writeUIntLE(height - 1, 7, 3);
  const at = [webp.indexOf('VP8L'), webp.indexOf('VP8 ')].find((found) => found > 0) ?? 12;
  const pixels = webp.subarray(at, at + 8 + webp.readUInt32LE(at + 4));
  const padded = Buffer.concat([pixels, Buffer.alloc(pixels.length % 2)]);
  return chunk('RIFF', Buffer.concat([Buffer.from('WEBP', 'latin1'), chunk('VP8X', extended), padded, chunk('EXIF', exif)]));
}
