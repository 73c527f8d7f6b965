import { expect, test } from 'vitest';
import { fitGrid } from './fit-grid';

test.each([
  { channels: 64, widthCss: 600, heightCss: 600, columns: 8, rows: 8 },
  { channels: 256, widthCss: 600, heightCss: 600, columns: 16, rows: 16 },
  { channels: 128, widthCss: 600, heightCss: 1200, columns: 8, rows: 16 },
  { channels: 512, widthCss: 600, heightCss: 1200, columns: 16, rows: 32 },
])('$channels maps in $widthCss x $heightCss', ({ channels, widthCss, heightCss, columns, rows }) => {
  expect(fitGrid(channels, widthCss, heightCss)).toEqual({ columns, rows });
});

test('stays inside the height and has a place for every map', () => {
  for (const channels of [64, 128, 256, 512]) {
    for (const widthCss of [300, 440, 671, 1003]) {
      const { columns, rows } = fitGrid(channels, widthCss, 700);
      expect(columns * rows).toBeGreaterThanOrEqual(channels);
      expect((widthCss / columns) * rows).toBeLessThanOrEqual(700);
    }
  }
});

test('never has more columns than maps', () => {
  expect(fitGrid(64, 300, 1)).toEqual({ columns: 64, rows: 1 });
});

test('tiles that would be too small to be looked at are larger, and the atlas higher', () => {
  expect(fitGrid(512, 660, 690, 41)).toEqual({ columns: 16, rows: 32 });
  expect(fitGrid(128, 660, 690, 41)).toEqual(fitGrid(128, 660, 690));
});
