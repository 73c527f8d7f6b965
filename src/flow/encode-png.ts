import { crc32 } from '../domain/crc32';

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/**
 * RGBA bytes -> a PNG file. Our own, because a canvas may change pixels on the way (privacy browsers do), and because
 * `CompressionStream` works off the main thread.
 * @param rgba - [height, width, 4].
 */
export async function encodePng(rgba: Uint8ClampedArray<ArrayBuffer>, width: number, height: number): Promise<Blob> {
  const header = new Uint8Array(13);
  const fields = new DataView(header.buffer);
  fields.setUint32(0, width);
  fields.setUint32(4, height);
  fields.setUint8(8, 8); // bits a channel
  fields.setUint8(9, 6); // colour type RGBA
  const rowBytes = width * 4;
  const rows = new Uint8Array(height * (rowBytes + 1)); // each row begins with its filter type, 0: none
  for (let y = 0; y < height; y += 1) {
    rows.set(rgba.subarray(y * rowBytes, (y + 1) * rowBytes), y * (rowBytes + 1) + 1);
  }
  const zlib = new Blob([rows]).stream().pipeThrough(new CompressionStream('deflate'));
  const pixels = new Uint8Array(await new Response(zlib).arrayBuffer());
  const parts = [new Uint8Array(SIGNATURE), chunk('IHDR', header), chunk('IDAT', pixels), chunk('IEND', new Uint8Array(0))];
  return new Blob(parts, { type: 'image/png' });
}

/** Length, type, data, CRC-32 of type and data. */
function chunk(type: string, data: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(12 + data.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, data.length);
  for (let i = 0; i < 4; i += 1) bytes[4 + i] = type.charCodeAt(i);
  bytes.set(data, 8);
  view.setUint32(8 + data.length, crc32(bytes.subarray(4, 8 + data.length)));
  return bytes;
}
