/** How far the AUC of a sample may be off, in closed form: quick enough to follow a batch as it grows. */
import { meanRanks, rocAuc } from './metrics';

/** Of the standard normal distribution: 95 % lie within. */
const Z_95 = 1.959963984540054;

/** Sample variance. */
function variance(values: readonly number[]): number {
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
}

/**
 * 95 % interval of `rocAuc` by DeLong, DeLong and Clarke-Pearson 1988 (doi:10.2307/2531595), from mid-ranks as Sun and Xu 2014
 * (doi:10.1109/LSP.2014.2337313) compute it, cut off at 0 and 1.
 * @param labels - true for malignant.
 * @returns null where it says nothing: a class with fewer than two pictures, no overlap of the classes' scores, a score that
 * is NaN.
 */
export function aucInterval(labels: readonly boolean[], scores: readonly number[]): readonly [number, number] | null {
  const auc = rocAuc(labels, scores);
  if (Number.isNaN(auc)) return null; // a score that is no number has no rank
  const ranks = meanRanks(scores);
  /** For each picture of a class: how many of all stand below it, less those of its own class. */
  const winsOf = (label: boolean): readonly number[] => {
    const own = scores.map((_, i) => i).filter((i) => labels[i] === label);
    const ownRanks = meanRanks(own.map((i) => scores[i]!));
    return own.map((i, k) => ranks[i]! - ownRanks[k]!);
  };
  const [malignant, benign] = [winsOf(true), winsOf(false)];
  if (malignant.length < 2 || benign.length < 2) return null;
  const squared =
    variance(malignant) / benign.length ** 2 / malignant.length + variance(benign) / malignant.length ** 2 / benign.length;
  if (squared === 0) return null;
  const half = Z_95 * Math.sqrt(squared);
  return [Math.max(0, auc - half), Math.min(1, auc + half)];
}
