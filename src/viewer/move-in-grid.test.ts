import { expect, test } from 'vitest';
import { moveInGrid } from './move-in-grid';

const COLUMNS = 8;
const CHANNELS = 60;

test.each([
  ['ArrowRight', 7, 8],
  ['ArrowRight', 59, 59],
  ['ArrowLeft', 8, 7],
  ['ArrowLeft', 0, 0],
  ['ArrowDown', 3, 11],
  ['ArrowUp', 11, 3],
  ['Home', 33, 0],
  ['End', 33, 59],
])('%s leads from %i to %i', (key, from, to) => {
  expect(moveInGrid(key, from, COLUMNS, CHANNELS)).toBe(to);
});

test('up and down stay in their column', () => {
  expect(moveInGrid('ArrowDown', 53, COLUMNS, CHANNELS)).toBe(53);
  expect(moveInGrid('ArrowUp', 5, COLUMNS, CHANNELS)).toBe(5);
});

test('other keys are left to the browser', () => {
  expect(moveInGrid('Tab', 5, COLUMNS, CHANNELS)).toBeNull();
});
