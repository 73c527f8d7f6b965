import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { lumaOf } from './luma';
import { drawSyntheticLesion, type SyntheticLesionKind } from './synthetic-lesion';

const SIDE = 128;
const pictures = {
  regular: drawSyntheticLesion('regular', SIDE),
  irregular: drawSyntheticLesion('irregular', SIDE),
};

function lumaAt(rgba: Uint8ClampedArray, x: number, y: number): number {
  const at = (y * SIDE + x) * 4;
  return lumaOf(rgba[at]!, rgba[at + 1]!, rgba[at + 2]!);
}

/** Columns and rows of pixels clearly darker than skin, inside the middle square (hairs lie mostly outside). */
function spotOf(rgba: Uint8ClampedArray): [x: number, y: number][] {
  const spot: [number, number][] = [];
  for (let y = 22; y < 106; y++) for (let x = 22; x < 106; x++) if (lumaAt(rgba, x, y) < 145) spot.push([x, y]);
  return spot;
}

/** Share of the spot without a partner when it is turned by half a circle about its own middle. */
function asymmetryOf(spot: readonly (readonly [number, number])[]): number {
  const mean = (axis: 0 | 1): number => spot.reduce((sum, p) => sum + p[axis], 0) / spot.length;
  const [mx, my] = [mean(0), mean(1)];
  const taken = new Set(spot.map(([x, y]) => y * SIDE + x));
  const alone = spot.filter(([x, y]) => !taken.has(Math.round(2 * my - y) * SIDE + Math.round(2 * mx - x)));
  return alone.length / spot.length;
}

/** Standard deviation of the spot's luma. */
function spreadOf(rgba: Uint8ClampedArray): number {
  const values = spotOf(rgba).map(([x, y]) => lumaAt(rgba, x, y));
  const mean = values.reduce((a, b) => a + b) / values.length;
  return Math.sqrt(values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / values.length);
}

describe.each<SyntheticLesionKind>(['regular', 'irregular'])('%s', (kind) => {
  const rgba = pictures[kind];

  it('is opaque, of the size asked for, the same every time', () => {
    expect(rgba.length).toBe(SIDE * SIDE * 4);
    expect(rgba.every((v, i) => i % 4 !== 3 || v === 255)).toBe(true);
    expect(drawSyntheticLesion(kind, SIDE)).toEqual(rgba);
  });

  it('has a spot in the middle and light skin around', () => {
    expect(lumaAt(rgba, 64, 64)).toBeLessThan(140);
    for (const [x, y] of [
      [4, 4],
      [123, 64],
      [64, 123],
    ] as const)
      expect(lumaAt(rgba, x, y)).toBeGreaterThan(160);
    const share = spotOf(rgba).length / SIDE ** 2;
    expect(share).toBeGreaterThan(0.08);
    expect(share).toBeLessThan(0.4);
  });

  it('shows the same picture at another size', () => {
    const large = drawSyntheticLesion(kind, SIDE * 2);
    const lumaOfBlock = (x: number, y: number): number => {
      let sum = 0;
      for (let i = 0; i < 4; i++) {
        const at = ((2 * y + (i >> 1)) * SIDE * 2 + 2 * x + (i & 1)) * 4;
        sum += lumaOf(large[at]!, large[at + 1]!, large[at + 2]!) / 4;
      }
      return sum;
    };
    let difference = 0;
    for (let y = 0; y < SIDE; y++) for (let x = 0; x < SIDE; x++) difference += Math.abs(lumaOfBlock(x, y) - lumaAt(rgba, x, y));
    expect(difference / SIDE ** 2).toBeLessThan(6);
  });
});

it('the irregular one is lopsided and of many shades, the regular one is not', () => {
  const [regular, irregular] = [asymmetryOf(spotOf(pictures.regular)), asymmetryOf(spotOf(pictures.irregular))];
  expect(regular).toBeLessThan(0.1);
  expect(irregular).toBeGreaterThan(2 * regular);
  expect(spreadOf(pictures.irregular)).toBeGreaterThan(1.5 * spreadOf(pictures.regular));
});

it('keeps its bytes: samples and their scores must not change unnoticed', () => {
  const digest = (rgba: Uint8ClampedArray): string => createHash('sha256').update(rgba).digest('hex').slice(0, 16);
  expect([digest(pictures.regular), digest(pictures.irregular)]).toEqual(['b82c46eaf38551bb', 'aa8786f7dee4d5c2']);
});
