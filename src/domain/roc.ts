/** What a labelled batch says of the model: curve, errors at a threshold, calibration. */

export interface RocPoint {
  /** Called malignant from this probability on; Infinity at (0, 0). */
  readonly threshold: number;
  /** Share of benign pictures called malignant, 0-1. */
  readonly falsePositiveRate: number;
  /** Share of malignant pictures called malignant, 0-1. */
  readonly truePositiveRate: number;
}

/**
 * The receiver operating characteristic (Fawcett 2006, doi:10.1016/j.patrec.2005.10.010, algorithm 1): one point for each
 * different score, from (0, 0) to (1, 1).
 * @param labels - true for malignant. Empty where a class is missing.
 */
export function rocCurve(labels: readonly boolean[], scores: readonly number[]): readonly RocPoint[] {
  const positives = labels.filter(Boolean).length;
  const negatives = labels.length - positives;
  if (positives === 0 || negatives === 0) return [];
  const order = scores.map((_, i) => i).sort((a, b) => scores[b]! - scores[a]!);
  const points: RocPoint[] = [{ threshold: Infinity, falsePositiveRate: 0, truePositiveRate: 0 }];
  let [truePositives, falsePositives] = [0, 0];
  for (let k = 0; k < order.length;) {
    const threshold = scores[order[k]!]!;
    for (; k < order.length && scores[order[k]!] === threshold; k++) {
      if (labels[order[k]!] === true) truePositives++;
      else falsePositives++;
    }
    points.push({
      threshold,
      falsePositiveRate: falsePositives / negatives,
      truePositiveRate: truePositives / positives,
    });
  }
  return points;
}

/** Counts of pictures; "positive" is "called malignant". */
export interface Confusion {
  readonly truePositives: number;
  readonly falseNegatives: number;
  readonly falsePositives: number;
  readonly trueNegatives: number;
}

/** @param threshold - A probability at or above it is called malignant, as everywhere in the app. */
export function confusionAt(labels: readonly boolean[], scores: readonly number[], threshold: number): Confusion {
  const count = (isMalignant: boolean, isCalled: boolean): number =>
    labels.filter((label, i) => label === isMalignant && scores[i]! >= threshold === isCalled).length;
  return {
    truePositives: count(true, true),
    falseNegatives: count(true, false),
    falsePositives: count(false, true),
    trueNegatives: count(false, false),
  };
}

/** 0-1; NaN where the class is missing. */
export interface Rates {
  /** Share of the malignant pictures called malignant. */
  readonly sensitivity: number;
  /** Share of the benign pictures called benign. */
  readonly specificity: number;
}

export function ratesOf({ truePositives, falseNegatives, falsePositives, trueNegatives }: Confusion): Rates {
  return {
    sensitivity: truePositives / (truePositives + falseNegatives),
    specificity: trueNegatives / (trueNegatives + falsePositives),
  };
}

export interface ReliabilityBin {
  /** Of the bin's pictures: mean probability and share of malignant ones, 0-1. */
  readonly meanProbability: number;
  readonly malignantShare: number;
  readonly count: number;
}

/** Equal-width bins that hold a picture, lowest first (Guo et al. 2017, arXiv:1706.04599). */
export function reliabilityBins(
  labels: readonly boolean[],
  probabilities: readonly number[],
  bins = 15,
): readonly ReliabilityBin[] {
  const sums = Array.from({ length: bins }, () => ({ probability: 0, malignant: 0, count: 0 }));
  probabilities.forEach((p, i) => {
    const bin = sums[Math.min(bins - 1, Math.floor(p * bins))]!;
    bin.probability += p;
    bin.malignant += labels[i] === true ? 1 : 0;
    bin.count += 1;
  });
  return sums
    .filter(({ count }) => count > 0)
    .map(({ probability, malignant, count }) => ({
      meanProbability: probability / count,
      malignantShare: malignant / count,
      count,
    }));
}
