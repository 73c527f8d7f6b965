import { describe, expect, it } from 'vitest';
import { falseOmissionRate, naturalFrequencies, positivePredictiveValue } from './base-rate';

const RATES = { sensitivity: 0.9, specificity: 0.7 };

describe('predictive values by Bayes', () => {
  // By hand, of 10,000 spots: 300 malignant, 270 found, 30 missed; 9,700 benign, 2,910 false alarms, 6,790 called benign.
  it('are those reckoned by hand at 3 %', () => {
    expect(positivePredictiveValue(0.03, RATES)).toBeCloseTo(270 / 3180, 12);
    expect(falseOmissionRate(0.03, RATES)).toBeCloseTo(30 / 6820, 12);
  });

  it('at one half are the rates’ own ratio', () => {
    expect(positivePredictiveValue(0.5, RATES)).toBeCloseTo(0.9 / 1.2, 12);
    expect(falseOmissionRate(0.5, RATES)).toBeCloseTo(0.1 / 0.8, 12);
  });

  it('of nothing are no number', () => {
    expect(positivePredictiveValue(0, { sensitivity: 1, specificity: 1 })).toBeNaN();
    expect(positivePredictiveValue(0, RATES)).toBe(0);
    expect(positivePredictiveValue(1, RATES)).toBe(1);
    expect(falseOmissionRate(1, RATES)).toBe(1);
  });
});

describe('natural frequencies', () => {
  it('are whole and add up', () => {
    expect(naturalFrequencies(0.03, RATES)).toEqual({ of: 1000, malignant: 30, found: 27, missed: 3, falseAlarms: 291 });
    for (let percent = 0; percent <= 100; percent += 0.7) {
      const f = naturalFrequencies(percent / 100, { sensitivity: 0.929, specificity: 0.662 });
      expect(f.found + f.missed).toBe(f.malignant);
      expect(f.falseAlarms).toBeLessThanOrEqual(f.of - f.malignant);
    }
  });
});
