import { expect, test } from 'vitest';
import { barAt, moveInStrip } from './bar-layout';

test('a point has a bar, at the edges too', () => {
  expect([-0.1, 0, 0.5, 0.999, 1].map((at) => barAt(at, 10))).toEqual([0, 0, 5, 9, 9]);
});

test('keys move and stop at the ends', () => {
  expect(moveInStrip('ArrowRight', 3, 10)).toBe(4);
  expect(moveInStrip('ArrowDown', 0, 10)).toBe(0);
  expect(moveInStrip('PageUp', 3, 10)).toBe(9);
  expect(moveInStrip('End', 3, 10)).toBe(9);
  expect(moveInStrip('Tab', 3, 10)).toBeNull();
});
