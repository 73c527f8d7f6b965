import { expect, it } from 'vitest';
import { smoothMap } from './smooth-map';

it('has each cell’s value at its centre and straight lines between, never beyond the range', () => {
  const side = 8;
  const values = Float32Array.from({ length: side * side }, (_, i) => ((i * 37) % 64) / 4);
  const smooth = smoothMap(values, side);
  const factor = smooth.side / side;
  expect(factor % 2).toBe(1);
  expect(smooth.side).toBeGreaterThanOrEqual(512);
  const at = (row: number, column: number): number => smooth.values[row * smooth.side + column]!;
  const centre = (cell: number): number => cell * factor + (factor - 1) / 2;
  for (let row = 0; row < side; row += 1) {
    for (let column = 0; column < side; column += 1) {
      expect(at(centre(row), centre(column))).toBeCloseTo(values[row * side + column]!, 4);
    }
  }
  const [left, right] = [values[8]!, values[9]!];
  for (const step of [13, 32, 50]) {
    expect(at(centre(1), centre(0) + step)).toBeCloseTo(left + ((right - left) * step) / factor, 4);
  }
  expect(at(0, 0)).toBeCloseTo(values[0]!, 4);
  expect(smooth.values.reduce((most, value) => Math.max(most, value))).toBeLessThanOrEqual(Math.max(...values) + 1e-4);
});

it('leaves a fine map as it is, and bears a map of one cell', () => {
  const fine = new Float32Array(64 * 64).fill(2);
  expect(smoothMap(fine, 64).values).toBe(fine);
  expect(new Set(smoothMap(Float32Array.of(3), 1).values)).toEqual(new Set([3]));
});
