import { expect, test } from 'vitest';
import { laplacianAt, lumaOf } from './luma';

test('luma weighs the channels as BT.601 has it', () => {
  expect([lumaOf(255, 0, 0), lumaOf(0, 255, 0), lumaOf(0, 0, 255)]).toEqual([0.299 * 255, 0.587 * 255, 0.114 * 255]);
  expect(lumaOf(255, 255, 255)).toBeCloseTo(255, 9);
});

test('the Laplacian is 0 on a slope and 4 times the height under a peak', () => {
  const slope = Float64Array.from({ length: 9 }, (_, i) => 3 * (i % 3) + 5 * Math.floor(i / 3));
  expect(laplacianAt(slope, 4, 3)).toBe(0);
  expect(laplacianAt(Float32Array.from([0, 0, 0, 0, 7, 0, 0, 0, 0]), 4, 3)).toBe(-28);
});
