/** An uncompressed picture that every browser reads, for pixels of a kind that it does not. */

const HEADER_BYTES = 54;

/**
 * RGBA [height, width, 4] -> a BMP file (BITMAPFILEHEADER and BITMAPINFOHEADER, 24 bits, rows from the bottom, each padded
 * to 4 bytes). What is transparent lies on white.
 */
export function encodeBmp({
  width,
  height,
  rgba,
}: {
  readonly width: number;
  readonly height: number;
  readonly rgba: Uint8Array;
}): Uint8Array<ArrayBuffer> {
  const rowBytes = Math.ceil((width * 3) / 4) * 4;
  const file = new Uint8Array(HEADER_BYTES + rowBytes * height);
  const header = new DataView(file.buffer);
  header.setUint16(0, 0x424d); // "BM"
  header.setUint32(2, file.length, true);
  header.setUint32(10, HEADER_BYTES, true);
  header.setUint32(14, 40, true);
  header.setInt32(18, width, true);
  header.setInt32(22, height, true);
  header.setUint16(26, 1, true); // planes
  header.setUint16(28, 24, true); // bits a pixel
  header.setUint32(34, rowBytes * height, true);
  for (let y = 0, from = 0; y < height; y++) {
    let to = HEADER_BYTES + (height - 1 - y) * rowBytes;
    for (let x = 0; x < width; x++, from += 4, to += 3) {
      const alpha = rgba[from + 3]!;
      file[to] = onWhite(rgba[from + 2]!, alpha);
      file[to + 1] = onWhite(rgba[from + 1]!, alpha);
      file[to + 2] = onWhite(rgba[from]!, alpha);
    }
  }
  return file;
}

function onWhite(value: number, alpha: number): number {
  return alpha === 255 ? value : Math.round((value * alpha + 255 * (255 - alpha)) / 255);
}
