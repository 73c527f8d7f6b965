import { expect, test } from 'vitest';
import { countMeasured, greatest, orderByValue, strongest } from './top-list';

const values = Float32Array.of(1, -3, Number.NaN, 2, 3);

test('strongest looks at the size, greatest at the value; what is not measured is left out', () => {
  expect(strongest(values, 3).map(({ index }) => index)).toEqual([1, 4, 3]);
  expect(greatest(values, 10)).toEqual([
    { index: 4, value: 3 },
    { index: 3, value: 2 },
    { index: 0, value: 1 },
    { index: 1, value: -3 },
  ]);
});

test('ties keep their order', () => {
  expect(orderByValue(Float32Array.of(0, 1, 0, 1))).toEqual([1, 3, 0, 2]);
});

test('NaN is not measured', () => {
  expect(countMeasured(values)).toBe(4);
});
