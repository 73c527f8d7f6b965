import { describe, expect, it } from 'vitest';
import { colourIndex, colourRanges, differenceRanges } from './colour-scale';
import { separateMaps } from './layer-maps';

/** Two maps of 2x2: 0, 1, 2, 3 and 10, 10, 10, 10. */
const OWN = separateMaps(Float32Array.from([0, 10, 1, 10, 2, 10, 3, 10]), 2, 2);
const OTHER = separateMaps(Float32Array.from([-4, 20, 1, 10, 2, 10, 3, 10]), 2, 2);

describe('colourRanges', () => {
  it('scales each map, the layer or both photos', () => {
    expect(colourRanges('map', OWN, OTHER)).toEqual({ low: Float32Array.of(0, 10), high: Float32Array.of(3, 10) });
    expect(colourRanges('layer', OWN, OTHER)).toEqual({ low: Float32Array.of(0, 0), high: Float32Array.of(10, 10) });
    expect(colourRanges('both', OWN, OTHER)).toEqual({ low: Float32Array.of(-4, -4), high: Float32Array.of(20, 20) });
    expect(colourRanges('both', OWN, null)).toEqual(colourRanges('layer', OWN, null));
  });

  it("does the tutorial's normalisation", () => {
    const { low, high } = colourRanges('tutorial', OWN, null);
    const values = [0, 1, 2, 3];
    const deviation = Math.sqrt(1.25);
    for (const value of values) {
      const shown = Math.min(1, Math.max(0, ((value - 1.5) / (deviation + 1e-5)) * 0.1 + 0.5));
      expect(colourIndex(value, low[0]!, high[0]!)).toBe(Math.round(shown * 255));
    }
    // A constant map is all mean: the middle of the scale.
    expect(colourIndex(10, low[1]!, high[1]!)).toBe(128);
  });
});

describe('differenceRanges', () => {
  it('is symmetric about 0', () => {
    const difference = separateMaps(Float32Array.from([-4, 10, 0, 0, 0, 0, 1, 0]), 2, 2);
    expect(differenceRanges('map', difference)).toEqual({ low: Float32Array.of(-4, -10), high: Float32Array.of(4, 10) });
    expect(differenceRanges('layer', difference)).toEqual({ low: Float32Array.of(-10, -10), high: Float32Array.of(10, 10) });
  });
});

describe('colourIndex', () => {
  it('clips, and gives a constant map the first colour', () => {
    expect([colourIndex(-1, 0, 2), colourIndex(1, 0, 2), colourIndex(9, 0, 2), colourIndex(5, 5, 5)]).toEqual([0, 128, 255, 0]);
  });
});
