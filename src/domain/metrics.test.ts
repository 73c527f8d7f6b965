import { describe, expect, it } from 'vitest';
import { aucCi95, expectedCalibrationError, rocAuc, sensitivitySpecificity } from './metrics';

/** Every pair compared: the definition. */
function aucByPairs(labels: readonly boolean[], scores: readonly number[]): number {
  let wins = 0;
  let pairs = 0;
  labels.forEach((positive, i) =>
    labels.forEach((other, j) => {
      if (!positive || other) return;
      pairs++;
      wins += scores[i]! > scores[j]! ? 1 : scores[i] === scores[j] ? 0.5 : 0;
    }),
  );
  return wins / pairs;
}

const labels = Array.from({ length: 200 }, (_, i) => (i * 7919) % 10 < 3);
const scores = labels.map((label, i) => Math.round(((i * 104729) % 97) / 9 + (label ? 3 : 0)));

describe('rocAuc', () => {
  it('equals the definition, ties included', () => {
    expect(rocAuc(labels, scores)).toBeCloseTo(aucByPairs(labels, scores), 12);
  });

  it('knows perfect, inverted and one-class', () => {
    expect(rocAuc([false, true], [1, 2])).toBe(1);
    expect(rocAuc([false, true], [2, 1])).toBe(0);
    expect(rocAuc([true, true], [1, 2])).toBeNaN();
  });
});

describe('aucCi95', () => {
  it('holds the estimate, repeats itself and narrows with more images', () => {
    const [low, high] = aucCi95(labels, scores, 500);
    expect(low).toBeLessThan(rocAuc(labels, scores));
    expect(high).toBeGreaterThan(rocAuc(labels, scores));
    expect(aucCi95(labels, scores, 500)).toEqual([low, high]);
    const four = <T>(list: T[]): T[] => [...list, ...list, ...list, ...list];
    const [low4, high4] = aucCi95(four(labels), four(scores), 500);
    expect((high4 - low4) / (high - low)).toBeGreaterThan(0.4);
    expect((high4 - low4) / (high - low)).toBeLessThan(0.6);
  });
});

it('expectedCalibrationError by hand', () => {
  expect(expectedCalibrationError([false, true, true], [0.02, 0.02, 1])).toBeCloseTo((2 / 3) * 0.48, 12);
});

it('sensitivitySpecificity', () => {
  expect(sensitivitySpecificity([true, true, false, false, false], [true, false, false, false, true])).toEqual({
    sensitivity: 0.5,
    specificity: 2 / 3,
  });
  expect(sensitivitySpecificity([true], [true]).specificity).toBeNaN();
});

it('gives what training/metrics.py gives for the same scores', () => {
  // Python: roc_auc 0.74232, auc_ci95 [0.6691, 0.8101] (another generator), ece 0.162934 and 0.178865 (10 bins)
  expect(rocAuc(labels, scores)).toBeCloseTo(0.7423214285714286, 14);
  const [low, high] = aucCi95(labels, scores);
  expect(Math.abs(low - 0.6691)).toBeLessThan(0.01);
  expect(Math.abs(high - 0.8101)).toBeLessThan(0.01);
  const probabilities = scores.map((s) => 1 / (1 + Math.exp(-(s - 7) / 2)));
  expect(expectedCalibrationError(labels, probabilities)).toBeCloseTo(0.16293427567172622, 14);
  expect(expectedCalibrationError(labels, probabilities, 10)).toBeCloseTo(0.17886449347618735, 14);
});

it('a score that is no number has no rank: NaN, and no endless loop', () => {
  expect(rocAuc([true, false], [NaN, 1])).toBeNaN();
  expect(aucCi95([true, false], [NaN, 1])).toEqual([NaN, NaN]);
  expect(aucCi95([true, true], [0, 1], 20)).toEqual([NaN, NaN]);
});

it('lists of unequal length are a mistake', () => {
  expect(() => rocAuc([true], [1, 2])).toThrow(RangeError);
  expect(() => expectedCalibrationError([true], [])).toThrow(RangeError);
  expect(() => sensitivitySpecificity([true], [])).toThrow(RangeError);
});

it('gives a narrow interval for 10,000 images', () => {
  const manyLabels = Array.from({ length: 10_000 }, (_, i) => i % 5 === 0);
  const manyScores = manyLabels.map((label, i) => ((i * 7919) % 10_007) / 10_007 + (label ? 0.3 : 0));
  const [low, high] = aucCi95(manyLabels, manyScores);
  expect(high - low).toBeLessThan(0.03);
});
