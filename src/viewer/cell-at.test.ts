import { expect, test } from 'vitest';
import { cellAt } from './cell-at';

const GRID = { columns: 4, rows: 2 };
const SIDE = 8;
const GAP = 2;
/** Of one canvas pixel's middle, as a share of the atlas. */
const at = (x: number, y: number): [number, number] => [(x + 0.5) / 40, (y + 0.5) / 20];

test.each([
  { x: 1, y: 1, place: 0, cell: { x: 0, y: 0 } },
  { x: 8, y: 8, place: 0, cell: { x: 7, y: 7 } },
  { x: 11, y: 1, place: 1, cell: { x: 0, y: 0 } },
  { x: 35, y: 14, place: 7, cell: { x: 4, y: 3 } },
])('canvas pixel $x, $y', ({ x, y, place, cell }) => {
  expect(cellAt(GRID, 8, SIDE, GAP, ...at(x, y))).toEqual({ place, cell });
});

test('a gap belongs to its nearest value', () => {
  expect(cellAt(GRID, 8, SIDE, GAP, ...at(0, 9))?.cell).toEqual({ x: 0, y: 7 });
  expect(cellAt(GRID, 8, SIDE, GAP, ...at(39, 19))?.cell).toEqual({ x: 7, y: 7 });
});

test('nothing lies outside or past the last map', () => {
  expect(cellAt(GRID, 7, SIDE, GAP, ...at(35, 14))).toBeNull();
  expect(cellAt(GRID, 8, SIDE, GAP, 1, 0)).toBeNull();
  expect(cellAt(GRID, 8, SIDE, GAP, -0.1, 0)).toBeNull();
});
