/** Pictures for the shared vectors, by integer formulas; the twin of draw_picture in training/tests/make_vectors.py. */

export type TestPicture = 'ripple' | 'hash' | 'checker' | 'white' | 'black';

function sampleAt(kind: TestPicture, x: number, y: number, c: number): number {
  switch (kind) {
    case 'ripple':
      return 37 * x + 91 * y + 53 * c + 7 * ((x * y) % 29);
    case 'hash':
      return (((x * x * 7 + y * y * 13 + x * y * 3 + c * 101 + 17) % 8191) * 31) >> 5;
    case 'checker':
      return 255 * ((x + y) & 1);
    case 'white':
      return 255;
    case 'black':
      return 0;
  }
}

/** @returns RGBA [height, width, 4], opaque. */
export function drawTestPicture(kind: TestPicture, width: number, height: number): Uint8ClampedArray<ArrayBuffer> {
  const out = new Uint8ClampedArray(width * height * 4);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at += 4) {
      for (let c = 0; c < 3; c++) out[at + c] = sampleAt(kind, x, y, c) & 255;
      out[at + 3] = 255;
    }
  }
  return out;
}
