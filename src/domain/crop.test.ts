import { expect, it } from 'vitest';
import {
  centreSquare,
  clampCrop,
  cropInCopy,
  defaultChoice,
  formatCrop,
  isSameChoice,
  MIN_CROP_PX,
  moveCrop,
  parseCrop,
  scaleCrop,
  wholePixelCrop,
} from './crop';
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

it('wholePixelCrop rounds, inside the photo', () => {
  expect(wholePixelCrop(crop(3.4, 3.6, 50.5), size(200, 150))).toEqual(crop(3, 4, 51));
  expect(wholePixelCrop(crop(0, 49.5, 101), size(101, 200))).toEqual(crop(0, 50, 101));
  expect(wholePixelCrop(crop(160, 110, 60), size(200, 150))).toEqual(crop(140, 90, 60));
});

it('cropInCopy is the same place in a smaller copy, and the same numbers in one as large', () => {
  expect(cropInCopy(crop(10, 20, 40), size(200, 150), size(100, 75))).toEqual(crop(5, 10, 20));
  expect(cropInCopy(crop(10.3, 20.7, 40.1), size(201, 151), size(201, 151))).toEqual(crop(10.3, 20.7, 40.1));
});

it('moveCrop stops at the edges and keeps the size', () => {
  expect(moveCrop(crop(10, 10, 50), 5, -4, size(200, 150))).toEqual(crop(15, 6, 50));
  expect(moveCrop(crop(10, 10, 50), -500, 500, size(200, 150))).toEqual(crop(0, 100, 50));
});

it('scaleCrop keeps the middle where it can', () => {
  expect(scaleCrop(crop(50, 50, 40), 1.5, size(200, 150))).toEqual(crop(40, 40, 60));
  expect(scaleCrop(crop(50, 50, 40), 0.5, size(200, 150))).toEqual(crop(60, 60, 20));
  expect(scaleCrop(crop(0, 0, 40), 2, size(200, 150))).toEqual(crop(0, 0, 80));
  expect(scaleCrop(crop(50, 50, 40), 100, size(200, 150))).toEqual(crop(0, 0, 150));
  expect(scaleCrop(crop(50, 50, 40), 0.001, size(200, 150))).toEqual(crop(62, 62, MIN_CROP_PX));
});

it('names a square in full precision, and knows it again', () => {
  for (const square of [crop(25, 0, 150), crop(0.1 + 0.2, 1 / 3, 1e3)]) expect(parseCrop(formatCrop(square))).toEqual(square);
  expect(formatCrop(crop(25, 0.5, 150))).toBe('25 0.5 150');
  for (const none of [null, '', '1 2', 'a b c']) expect(parseCrop(none)).toBeNull();
});

it('isSameChoice compares numbers', () => {
  const choice = { crop: crop(1, 2, 3), quarterTurns: 0 } as const;
  expect(isSameChoice(choice, { crop: crop(1, 2, 3), quarterTurns: 0 })).toBe(true);
  expect(isSameChoice(choice, { crop: crop(1, 2, 4), quarterTurns: 0 })).toBe(false);
  expect(isSameChoice(choice, { crop: crop(1, 2, 3), quarterTurns: 1 })).toBe(false);
  expect(isSameChoice(defaultChoice(size(200, 150)), { crop: crop(25, 0, 150), quarterTurns: 0 })).toBe(true);
});
