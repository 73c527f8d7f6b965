import { expect, test } from 'vitest';
import { layOut } from './lay-out';

const ROOM = { widthCss: 900, windowHeightCss: 900 };

test("the mosaic has the tutorial's columns, and no more height than a window and a bit", () => {
  const { grid, widthCss } = layOut('mosaic', 128, 128, ROOM);
  expect(grid).toEqual({ columns: 8, rows: 16 });
  expect((widthCss / 8) * 16).toBeCloseTo(990, 6);
  expect(layOut('mosaic', 256, 256, ROOM)).toEqual({ grid: { columns: 16, rows: 16 }, widthCss: 900 });
});

test('the mosaic keeps its columns when silent maps are hidden, and a phone gives it all of its width', () => {
  expect(layOut('mosaic', 512, 100, ROOM).grid).toEqual({ columns: 16, rows: 7 });
  expect(layOut('mosaic', 512, 512, { ...ROOM, widthCss: 328 }).widthCss).toBe(328);
});

test('a layer without a map to show still has a grid', () => {
  expect(layOut('mosaic', 128, 0, ROOM).grid.rows).toBe(1);
  expect(layOut('fit', 128, 0, ROOM).grid.rows).toBe(1);
});
