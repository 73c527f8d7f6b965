import { expect, it } from 'vitest';
import { occlude, occluderPx, OCCLUSION_SIDE } from './occlusion';

const INPUT_PX = 128;

const PICTURE = Uint8Array.from({ length: INPUT_PX * INPUT_PX * 3 }, (_, i) => (i % 3 === 0 ? 200 : (i * 7) % 100));

function coveredPixels(cell: number): readonly { readonly x: number; readonly y: number }[] {
  const covered = occlude(PICTURE, INPUT_PX, cell);
  const pixels = [];
  for (let i = 0; i < INPUT_PX * INPUT_PX; i++) {
    if (covered[i * 3 + 1] !== PICTURE[i * 3 + 1]) pixels.push({ x: i % INPUT_PX, y: Math.floor(i / INPUT_PX) });
  }
  return pixels;
}

it('covers a square around the cell with the mean colour and leaves the rest', () => {
  const cell = 5 * OCCLUSION_SIDE + 9;
  const pixels = coveredPixels(cell);
  const xs = pixels.map(({ x }) => x);
  const ys = pixels.map(({ y }) => y);
  expect([Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)]).toEqual([60, 91, 28, 59]);
  const covered = occlude(PICTURE, INPUT_PX, cell);
  const at = (40 * INPUT_PX + 70) * 3;
  expect(covered[at]).toBe(200);
  expect(covered[at + 1]).toBe(Math.round(PICTURE.filter((_, i) => i % 3 === 1).reduce((a, b) => a + b, 0) / INPUT_PX ** 2));
});

it('is cut at the border', () => {
  const pixels = coveredPixels(0);
  expect(Math.max(...pixels.map(({ x }) => x))).toBe(4 + occluderPx(INPUT_PX) / 2 - 1);
  expect(Math.min(...pixels.map(({ y }) => y))).toBe(0);
});

it('covers a quarter of a side of any input', () => {
  const small = new Uint8Array(32 * 32 * 3);
  small[0] = 255;
  const covered = occlude(small, 32, 0);
  expect(occluderPx(32)).toBe(8);
  expect(covered[0]).toBe(0);
});
