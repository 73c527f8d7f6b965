import { describe, expect, it } from 'vitest';
import { countDead, meanAbsolute, orderFilters, valuesAt, type OrderBasis } from './filter-order';
import { separateMaps } from './layer-maps';

/** Four maps of 1x2: (1, 1), (0, 0), (0, 3), (1, 1). */
const MAPS = separateMaps(Float32Array.from([1, 0, 0, 1, 1, 0, 3, 1]), 1, 4 * 2);
const STATISTICS = {
  min: Float32Array.of(1, 0, 0, 1),
  max: Float32Array.of(1, 0, 3, 1),
  mean: Float32Array.of(1, 0, 1.5, 1),
  deviation: Float32Array.of(0, 0, 1.5, 0),
  active: Float32Array.of(1, 0, 0.5, 1),
};
const BASIS: OrderBasis = { statistics: STATISTICS, difference: null, correlation: null, effect: null, spot: null };

describe('orderFilters', () => {
  it('sorts greatest first and keeps the order of equals', () => {
    expect([...orderFilters('index', BASIS, false)]).toEqual([0, 1, 2, 3]);
    expect([...orderFilters('mean', BASIS, false)]).toEqual([2, 0, 3, 1]);
    expect([...orderFilters('active', BASIS, false)]).toEqual([0, 3, 2, 1]);
  });

  it('sorts effects by size, whatever their sign, unmeasured ones last', () => {
    const effect = Float32Array.of(Number.NaN, 0.5, -2, Number.NaN);
    expect([...orderFilters('effect', { ...BASIS, effect }, false)]).toEqual([2, 1, 0, 3]);
  });

  it('sorts the least correlated first, those without a correlation last', () => {
    const correlation = Float64Array.of(0.5, Number.NaN, -0.2, 1);
    expect([...orderFilters('correlation', { ...BASIS, correlation }, false)]).toEqual([2, 0, 3, 1]);
  });

  it('hides dead maps, and falls back to the index where a basis is missing', () => {
    expect([...orderFilters('difference', BASIS, true)]).toEqual([0, 2, 3]);
    expect(countDead(STATISTICS)).toBe(1);
  });
});

it('measures differences and spots', () => {
  expect([...meanAbsolute(Float32Array.of(-1, 3, 0, 0), 2)]).toEqual([2, 0]);
  expect([...valuesAt(Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8), 2, 2, 1, 0)]).toEqual([2, 6]);
  expect(MAPS.values.length).toBe(8);
});
