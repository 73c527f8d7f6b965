import { describe, expect, it } from 'vitest';
import { aucInterval } from './auc-interval';
import { aucCi95, rocAuc } from './metrics';

describe('aucInterval', () => {
  it('equals the sum by hand', () => {
    // Of three malignant pictures each beats 3, 2.5 and 1 of the three benign ones; these are beaten by 1.5, 2 and 3.
    // AUC 6.5/9; variances of the shares 0.1203704 and 0.0648148; their sum over 3 is 0.0617284, its root 0.2484520.
    const interval = aucInterval([true, false, true, false, true, false], [0.9, 0.8, 0.8, 0.3, 0.2, 0.1]);
    expect(interval?.[0]).toBeCloseTo(6.5 / 9 - 1.959964 * 0.248452, 5);
    expect(interval?.[1]).toBe(1);
  });

  it('is near the bootstrap on many pictures, and does not care how they are ordered', () => {
    const labels = Array.from({ length: 400 }, (_, i) => (i * 7919) % 10 < 3);
    const scores = labels.map((label, i) => ((i * 104_729) % 97) / 97 + (label ? 0.3 : 0));
    const interval = aucInterval(labels, scores)!;
    const bootstrap = aucCi95(labels, scores);
    expect(Math.abs(interval[0] - bootstrap[0])).toBeLessThan(0.01);
    expect(Math.abs(interval[1] - bootstrap[1])).toBeLessThan(0.01);
    expect((interval[0] + interval[1]) / 2).toBeCloseTo(rocAuc(labels, scores), 10);
    const reversed = aucInterval([...labels].reverse(), [...scores].reverse())!;
    expect(reversed[0]).toBeCloseTo(interval[0], 12);
  });

  it.each([
    ['one class', [true, true, true], [0.1, 0.2, 0.3]],
    ['one picture of a class', [true, false, false], [0.1, 0.2, 0.05]],
    ['no overlap', [true, true, false, false], [0.9, 0.8, 0.2, 0.1]],
    ['a score that is no number', [true, true, false, false], [0.9, NaN, 0.95, 0.1]],
    ['nothing', [], []],
  ])('says nothing of %s', (_, labels, scores) => {
    expect(aucInterval(labels, scores)).toBeNull();
  });

  it('is narrow on 10,000 pictures', () => {
    const labels = Array.from({ length: 10_000 }, (_, i) => i % 5 === 0);
    const scores = labels.map((label, i) => ((i * 7919) % 10_007) / 10_007 + (label ? 0.3 : 0));
    const [low, high] = aucInterval(labels, scores)!;
    expect(high - low).toBeLessThan(0.03);
  });
});
