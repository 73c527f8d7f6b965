import { expect, it } from 'vitest';
import { scaleBarLength } from './scale-bar';

it('is a round number, at most half and at least a fifth of what it measures', () => {
  expect([1, 2, 10, 30, 128, 399, 400, 642, 3024].map(scaleBarLength)).toEqual([0.5, 1, 5, 10, 50, 100, 200, 200, 1000]);
  for (let extent = 0.7; extent < 5000; extent *= 1.13) {
    const share = scaleBarLength(extent) / extent;
    expect(share, String(extent)).toBeLessThanOrEqual(0.5);
    expect(share, String(extent)).toBeGreaterThanOrEqual(0.2);
  }
});
