import { describe, expect, it } from 'vitest';
import { calibrate, decideVerdict } from './score';

describe('calibrate', () => {
  it('is the sigmoid of the scaled logit', () => {
    expect(calibrate(0, { slope: 1, offset: 0 })).toBe(0.5);
    expect(calibrate(2, { slope: 0.5, offset: -3 })).toBeCloseTo(1 / (1 + Math.exp(2)), 15);
  });

  it('does not overflow', () => {
    expect(calibrate(1e6, { slope: 1, offset: 0 })).toBe(1);
    expect(calibrate(-1e6, { slope: 1, offset: 0 })).toBe(0);
    expect(calibrate(-700, { slope: 1, offset: 0 })).toBeGreaterThan(0);
  });
});

it('decideVerdict: the threshold itself is malignant, any reason is "can\'t say"', () => {
  expect(decideVerdict(0.3, 0.3, [])).toBe('malignant');
  expect(decideVerdict(0.2999, 0.3, [])).toBe('benign');
  expect(decideVerdict(0.9, 0.3, ['too-dark'])).toBe('cant-say');
  expect(decideVerdict(NaN, 0.3, [])).toBe('cant-say');
});
