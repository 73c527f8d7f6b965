import { describe, expect, it } from 'vitest';
import { blurLightly, climb, drawNoise, shiftAround } from './ascent-image';

const SIDE = 8;
const sum = (image: Float32Array): number => image.reduce((a, b) => a + b, 0);

describe('drawNoise', () => {
  it('is grey, near mid-grey, and the same for the same seed only', () => {
    const image = drawNoise(SIDE, 5);
    for (let i = 0; i < image.length; i += 3) expect([image[i + 1], image[i + 2]]).toEqual([image[i], image[i]]);
    expect(Math.min(...image)).toBeGreaterThan(100);
    expect(Math.max(...image)).toBeLessThan(155);
    expect(new Set(image).size).toBe(SIDE * SIDE);
    expect(drawNoise(SIDE, 5)).toEqual(image);
    expect(drawNoise(SIDE, 6)).not.toEqual(image);
  });
});

describe('shiftAround', () => {
  it('moves right and down, and brings in what left', () => {
    const image = new Float32Array(SIDE * SIDE * 3);
    image[(1 * SIDE + 7) * 3 + 2] = 9; // row 1, last column, blue
    const moved = shiftAround(image, SIDE, 2, -3);
    expect(moved[(6 * SIDE + 1) * 3 + 2]).toBe(9);
    expect(sum(moved)).toBe(9);
  });

  it.each([
    [0, 0],
    [3, 5],
    [-4, 2],
    [-8, 8],
    [19, -21],
  ])('is undone by its opposite: %d, %d', (dx, dy) => {
    const image = drawNoise(SIDE, 1);
    expect(shiftAround(shiftAround(image, SIDE, dx, dy), SIDE, -dx, -dy)).toEqual(image);
  });
});

describe('blurLightly', () => {
  it('spreads a point to its 3x3 neighbours and keeps the mean', () => {
    const image = new Float32Array(SIDE * SIDE * 3);
    image[0] = 100; // red in the corner: it spreads around the edges too
    const blurred = blurLightly(image, SIDE);
    expect(blurred.filter((v) => v > 0)).toHaveLength(9);
    expect(blurred[0]).toBeCloseTo(64, 4);
    expect(blurred[3]).toBeCloseTo(8, 4);
    expect(blurred[(7 * SIDE + 7) * 3]).toBeCloseTo(1, 4);
    expect(sum(blurred)).toBeCloseTo(100, 3);
  });
});

describe('climb', () => {
  it("makes a step of the wanted size whatever the gradient's", () => {
    const image = new Float32Array(4).fill(100);
    for (const size of [1e-9, 1, 1e6]) {
      const moved = climb(image, Float32Array.of(size, -size, size, -size), 6);
      expect([...moved].map(Math.round)).toEqual([106, 94, 106, 94]);
    }
  });

  it("stays in the bytes' range, and where there is no gradient", () => {
    expect([...climb(Float32Array.of(254, 1), Float32Array.of(1, -1), 6)]).toEqual([255, 0]);
    expect([...climb(Float32Array.of(254, 1), new Float32Array(2), 6)]).toEqual([254, 1]);
  });
});
