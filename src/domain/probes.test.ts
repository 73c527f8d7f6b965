import { describe, expect, it } from 'vitest';
import { kindOf, readTraits, type Probes } from './probes';

const PROBES: Probes = {
  layers: ['block1_conv1'],
  mean: [1, 2],
  deviation: [0.5, 2],
  clip: 3,
  unlike: { weights: [2, -1], bias: 0.5 },
  phone: { weights: [0, 1], bias: -1 },
};

describe('probes', () => {
  it('are linear in the standardised square roots of the means', () => {
    // z = (sqrt(2.25) - 1) / 0.5 = 1, (sqrt(16) - 2) / 2 = 1.
    expect(readTraits(Float32Array.of(2.25, 16), PROBES)).toEqual({ unlike: 0.5 + 2 - 1, phone: 0 });
  });

  it('count what is far off no more than the clip', () => {
    // z = (sqrt(400) - 1) / 0.5 = 38, so 3; (0 - 2) / 2 = -1.
    expect(readTraits(Float32Array.of(400, 0), PROBES)).toEqual({ unlike: 0.5 + 6 + 1, phone: -2 });
  });

  it('take as many features as they have', () => {
    expect(() => readTraits(new Float32Array(3), PROBES)).toThrow(RangeError);
  });

  it('name the kind of a photo, or none', () => {
    const limits = { unlike: 1, phone: [-1, 2] } as const;
    expect([-1.1, -1, 0, 2, 2.1].map((phone) => kindOf({ unlike: 0, phone }, limits))).toEqual([
      'dermatoscope',
      'unknown',
      'unknown',
      'unknown',
      'phone',
    ]);
  });
});
