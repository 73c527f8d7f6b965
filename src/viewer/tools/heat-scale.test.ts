import { expect, test } from 'vitest';
import { heatScale } from './heat-scale';

const values = Float32Array.of(-2, 1, Number.NaN, 4, -1);

test('the range begins at zero where the rest is cut off, and says how much that is', () => {
  expect(heatScale(values, 'relu')).toEqual({
    low: 0,
    high: 4,
    min: -2,
    max: 4,
    peak: 3,
    negativeCells: 2,
    negativeSum: -3,
  });
});

test('a diverging range has zero in its middle', () => {
  expect(heatScale(values, 'diverging')).toMatchObject({ low: -4, high: 4 });
  expect(heatScale(Float32Array.of(-5, 1), 'diverging')).toMatchObject({ low: -5, high: 5 });
});

test('nothing computed yet, and nothing above zero', () => {
  expect(heatScale(Float32Array.of(Number.NaN), 'diverging')).toMatchObject({ min: 0, max: 0, peak: null });
  expect(heatScale(Float32Array.of(-1, -2), 'relu')).toMatchObject({ low: 0, high: 0, max: -1 });
});
