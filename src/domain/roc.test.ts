import { describe, expect, it } from 'vitest';
import { rocAuc } from './metrics';
import { confusionAt, ratesOf, reliabilityBins, rocCurve } from './roc';

const LABELS = [true, false, true, false, true, false];
const SCORES = [0.9, 0.8, 0.8, 0.3, 0.2, 0.1];

describe('rocCurve', () => {
  it('has one point a score, ties together', () => {
    expect(rocCurve(LABELS, SCORES)).toEqual([
      { threshold: Infinity, falsePositiveRate: 0, truePositiveRate: 0 },
      { threshold: 0.9, falsePositiveRate: 0, truePositiveRate: 1 / 3 },
      { threshold: 0.8, falsePositiveRate: 1 / 3, truePositiveRate: 2 / 3 },
      { threshold: 0.3, falsePositiveRate: 2 / 3, truePositiveRate: 2 / 3 },
      { threshold: 0.2, falsePositiveRate: 2 / 3, truePositiveRate: 1 },
      { threshold: 0.1, falsePositiveRate: 1, truePositiveRate: 1 },
    ]);
  });

  it('has the area that the Mann-Whitney statistic gives', () => {
    const points = rocCurve(LABELS, SCORES);
    const area = points.reduce((sum, point, i) => {
      const before = points[i - 1];
      if (before === undefined) return sum;
      return (
        sum + ((point.falsePositiveRate - before.falsePositiveRate) * (point.truePositiveRate + before.truePositiveRate)) / 2
      );
    }, 0);
    expect(area).toBeCloseTo(rocAuc(LABELS, SCORES), 12);
  });

  it('is empty where a class is missing', () => {
    expect(rocCurve([true, true], [0.1, 0.9])).toEqual([]);
    expect(rocCurve([], [])).toEqual([]);
  });
});

it('confusionAt counts a score at the threshold as malignant', () => {
  expect(confusionAt(LABELS, SCORES, 0.8)).toEqual({ truePositives: 2, falseNegatives: 1, falsePositives: 1, trueNegatives: 2 });
  expect(confusionAt(LABELS, SCORES, 0.81)).toEqual({ truePositives: 1, falseNegatives: 2, falsePositives: 0, trueNegatives: 3 });
});

it('ratesOf is NaN where a class is missing', () => {
  expect(ratesOf(confusionAt(LABELS, SCORES, 0.8))).toEqual({ sensitivity: 2 / 3, specificity: 2 / 3 });
  expect(ratesOf(confusionAt([true], [0.5], 0.5))).toEqual({ sensitivity: 1, specificity: NaN });
});

it('reliabilityBins leaves empty bins out and puts 1 into the last', () => {
  expect(reliabilityBins([true, false, true], [1, 0.05, 0.07], 10)).toEqual([
    { meanProbability: 0.060000000000000005, malignantShare: 0.5, count: 2 },
    { meanProbability: 1, malignantShare: 1, count: 1 },
  ]);
});
