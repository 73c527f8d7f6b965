import { expect, it } from 'vitest';
import { centreSquare, clampCrop } from './crop';
import type { SourcePx, SourceSize, SquareCrop } from './geometry';

const size = (width: number, height: number): SourceSize => ({ width: width as SourcePx, height: height as SourcePx });
const crop = (x: number, y: number, side: number): SquareCrop => ({
  x: x as SourcePx,
  y: y as SourcePx,
  size: side as SourcePx,
});

it('centreSquare takes the short side', () => {
  expect(centreSquare(size(200, 150))).toEqual(crop(25, 0, 150));
  expect(centreSquare(size(101, 200))).toEqual(crop(0, 49.5, 101));
});

it('clampCrop moves and shrinks into the photo', () => {
  expect(clampCrop(crop(-5, 10, 50), size(200, 150))).toEqual(crop(0, 10, 50));
  expect(clampCrop(crop(180, 140, 50), size(200, 150))).toEqual(crop(150, 100, 50));
  expect(clampCrop(crop(0, 0, 500), size(200, 150))).toEqual(crop(0, 0, 150));
  expect(clampCrop(crop(9, 9, 1), size(200, 150))).toEqual(crop(9, 9, 16));
  expect(clampCrop(crop(0, 0, 1), size(8, 9))).toEqual(crop(0, 0, 8));
});
