import { describe, expect, it } from 'vitest';
import { mapOf, separateMaps } from './layer-maps';

/** Two pixels a side, three maps: a ramp, a dead one, a constant one. */
const ACTIVATIONS = Float32Array.from([0, 0, 5, 1, 0, 5, 2, 0, 5, 4, 0, 5]);

describe('separateMaps', () => {
  it('puts map after map and measures each', () => {
    const maps = separateMaps(ACTIVATIONS, 2, 3);
    expect([...maps.values]).toEqual([0, 1, 2, 4, 0, 0, 0, 0, 5, 5, 5, 5]);
    expect([...maps.min]).toEqual([0, 0, 5]);
    expect([...maps.max]).toEqual([4, 0, 5]);
    expect([...maps.mean]).toEqual([1.75, 0, 5]);
    expect([...maps.active]).toEqual([0.75, 0, 1]);
    expect(maps.deviation[0]).toBeCloseTo(Math.sqrt(21 / 4 - 1.75 ** 2), 6);
    expect([...maps.deviation.subarray(1)]).toEqual([0, 0]);
  });

  it('puts every value of a large layer in its place', () => {
    const [side, channels] = [13, 10]; // 169 pixels: not a whole number of blocks
    const activations = Float32Array.from({ length: side * side * channels }, (_, i) => ((i * 7919) % 1009) - 500);
    const { values } = separateMaps(activations, side, channels);
    for (let k = 0; k < channels; k++) {
      const map = Float32Array.from({ length: side * side }, (_, p) => activations[p * channels + k]!);
      expect(mapOf({ values, side, channels }, k)).toEqual(map);
    }
  });

  it('refuses a wrong length and a filter that is not there', () => {
    expect(() => separateMaps(ACTIVATIONS, 2, 4)).toThrow(RangeError);
    expect(() => mapOf({ values: new Float32Array(12), side: 2, channels: 3 }, 3)).toThrow(RangeError);
  });
});
