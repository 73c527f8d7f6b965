import { describe, expect, it } from 'vitest';
import { findCell, fractalNoise, hashPoint, valueNoise } from './lattice-noise';

const GRID = Array.from({ length: 2500 }, (_, i) => [i % 50, Math.floor(i / 50)] as const);

it('hashPoint is spread evenly over 0..1, and differs by place and seed', () => {
  const values = GRID.map(([x, y]) => hashPoint(x - 25, y - 25, 3));
  const tenths = Array.from({ length: 10 }, (_, t) => values.filter((v) => Math.floor(v * 10) === t).length);
  expect(Math.min(...tenths)).toBeGreaterThan(190);
  expect(Math.max(...tenths)).toBeLessThan(310);
  expect(hashPoint(1, 2, 3)).not.toBe(hashPoint(2, 1, 3));
  expect(hashPoint(1, 2, 3)).not.toBe(hashPoint(1, 2, 4));
});

describe('valueNoise', () => {
  it('is the hash at lattice points and between its neighbours elsewhere', () => {
    expect(valueNoise(-3, 4, 9)).toBe(hashPoint(-3, 4, 9));
    const corners = [hashPoint(-3, 4, 9), hashPoint(-2, 4, 9), hashPoint(-3, 5, 9), hashPoint(-2, 5, 9)];
    const middle = valueNoise(-2.5, 4.5, 9);
    expect(middle).toBeCloseTo(corners.reduce((a, b) => a + b) / 4, 12);
  });

  it('does not jump', () => {
    const steps = Array.from(
      { length: 600 },
      (_, i) => valueNoise((i - 299) / 100, 0.3, 1) - valueNoise((i - 300) / 100, 0.3, 1),
    );
    expect(Math.max(...steps.map(Math.abs))).toBeLessThan(0.02);
  });
});

it('fractalNoise stays in 0..1 around a half', () => {
  const values = GRID.map(([x, y]) => fractalNoise(x * 0.37, y * 0.41, 5, 4));
  expect(Math.min(...values)).toBeGreaterThan(0);
  expect(Math.max(...values)).toBeLessThan(1);
  expect(Math.abs(values.reduce((a, b) => a + b) / values.length - 0.5)).toBeLessThan(0.05);
});

it('findCell: cells meet at borders and have one number each', () => {
  const cells = Array.from({ length: 10_000 }, (_, i) => findCell(i / 1000, 0.5, 7));
  expect(Math.max(...cells.map((c) => c.nearest))).toBeLessThan(Math.SQRT2);
  expect(Math.min(...cells.map((c) => c.border))).toBeGreaterThanOrEqual(0);
  const crossings = cells.slice(1).flatMap((c, i) => (c.id === cells[i]!.id ? [] : Math.min(c.border, cells[i]!.border)));
  expect(crossings.length).toBeGreaterThan(5);
  expect(Math.max(...crossings)).toBeLessThan(0.003);
});
