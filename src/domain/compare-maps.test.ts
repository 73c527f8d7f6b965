import { describe, expect, it } from 'vitest';
import { compareMaps, orderComparison } from './compare-maps';

/** Three maps of 2x2; worked out by hand. */
const A = Float32Array.of(1, 2, 3, 4, /**/ 0, 0, 0, 0, /**/ 1, 2, 3, 5);
const B = Float32Array.of(2, 4, 6, 8, /**/ 1, 2, 3, 4, /**/ 5, 1, 4, 0);
const COMPARED = compareMaps(A, B, 3);

describe('compareMaps', () => {
  it('gives correlation, mean absolute difference and both means', () => {
    expect(COMPARED.correlation[0]).toBeCloseTo(1, 12);
    // Deviations -1.75 -0.75 0.25 2.25 and 2.5 -1.5 1.5 -2.5: products sum to -8.5, squares to 8.75 and 17.
    expect(COMPARED.correlation[2]).toBeCloseTo(-8.5 / Math.sqrt(8.75 * 17), 12);
    expect([...COMPARED.difference]).toEqual([2.5, 2.5, (4 + 1 + 1 + 5) / 4]);
    expect([...COMPARED.meanA]).toEqual([2.5, 0, 2.75]);
    expect([...COMPARED.meanB]).toEqual([5, 2.5, 2.5]);
  });

  it('has no correlation where a map is the same everywhere, on either photo, whatever rounding leaves', () => {
    expect(COMPARED.correlation[1]).toBeNaN();
    expect(compareMaps(B, A, 3).correlation[1]).toBeNaN();
    const area = 1000;
    const flat = new Float32Array(area).fill(0.1);
    expect(
      compareMaps(
        flat,
        Float32Array.from(flat, (_, i) => i),
        1,
      ).correlation[0],
    ).toBeNaN();
  });

  it('does not depend on offset and size, but for the sign, and stays within -1 and 1', () => {
    const a = Float32Array.from({ length: 4096 }, (_, i) => 1000 + Math.sin(i));
    const turned = a.map((value) => -2 * value + 7);
    const { correlation } = compareMaps(a, turned, 1);
    expect(correlation[0]).toBeGreaterThanOrEqual(-1);
    expect(correlation[0]).toBeCloseTo(-1, 5);
    expect(compareMaps(a, a, 1).correlation[0]).toBeLessThanOrEqual(1);
  });

  it('refuses maps of different layers', () => {
    expect(() => compareMaps(A, B.subarray(4), 3)).toThrow(RangeError);
    expect(() => compareMaps(A, B, 5)).toThrow(RangeError);
  });
});

describe('orderComparison', () => {
  it('sorts either way, keeps the order of equals, and puts what is not defined last', () => {
    expect(orderComparison(COMPARED, 'index', false)).toEqual([0, 1, 2]);
    expect(orderComparison(COMPARED, 'index', true)).toEqual([2, 1, 0]);
    expect(orderComparison(COMPARED, 'correlation', false)).toEqual([2, 0, 1]);
    expect(orderComparison(COMPARED, 'correlation', true)).toEqual([0, 2, 1]);
    expect(orderComparison(COMPARED, 'difference', true)).toEqual([2, 0, 1]);
    expect(orderComparison(COMPARED, 'difference', false)).toEqual([0, 1, 2]);
  });
});
