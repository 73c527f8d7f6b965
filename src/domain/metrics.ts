/** Figures of merit; the twin of training/metrics.py. */

/** @throws RangeError if the lists differ in length. */
function checkLengths(labels: readonly boolean[], values: readonly unknown[]): void {
  if (labels.length !== values.length) throw new RangeError(`${labels.length} labels, ${values.length} values`);
}

/** Mean rank (1-based) of each score, ties sharing theirs. @param scores - none NaN: it has no rank. */
export function meanRanks(scores: readonly number[]): Float64Array {
  const order = scores.map((_, i) => i).sort((a, b) => scores[a]! - scores[b]!);
  const ranks = new Float64Array(scores.length);
  for (let from = 0; from < order.length;) {
    let to = from;
    while (to < order.length && scores[order[to]!] === scores[order[from]!]) to++;
    for (let i = from; i < to; i++) ranks[order[i]!] = (from + 1 + to) / 2;
    from = to;
  }
  return ranks;
}

/**
 * Area under the ROC curve by the Mann-Whitney statistic; ties count half.
 * @param labels - true for malignant.
 * @returns 0-1; NaN where a class is missing or a score is NaN.
 */
export function rocAuc(labels: readonly boolean[], scores: readonly number[]): number {
  checkLengths(labels, scores);
  if (scores.some(Number.isNaN)) return NaN; // it has no rank
  const ranks = meanRanks(scores);
  const positives = labels.filter(Boolean).length;
  const negatives = labels.length - positives;
  if (positives === 0 || negatives === 0) return NaN;
  const sum = labels.reduce((total, label, i) => (label ? total + ranks[i]! : total), 0);
  return (sum - (positives * (positives + 1)) / 2) / (positives * negatives);
}

/** Mulberry32: a small seeded generator of numbers in [0, 1). */
function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** AUC of a resample given how often each image was drawn; `order` sorts by score, `scores` finds ties. */
function weightedAuc(
  order: readonly number[],
  scores: readonly number[],
  labels: readonly boolean[],
  count: Uint32Array,
): number {
  let positives = 0;
  let negativesBelow = 0;
  let wins = 0;
  for (let from = 0; from < order.length;) {
    let tiedPositives = 0;
    let tiedNegatives = 0;
    const score = scores[order[from]!];
    for (; from < order.length && scores[order[from]!] === score; from++) {
      const i = order[from]!;
      if (labels[i]) tiedPositives += count[i]!;
      else tiedNegatives += count[i]!;
    }
    wins += tiedPositives * (negativesBelow + tiedNegatives / 2);
    negativesBelow += tiedNegatives;
    positives += tiedPositives;
  }
  return wins / (positives * negativesBelow);
}

/** 95 % percentile bootstrap interval of the AUC over images. [NaN, NaN] where a class is missing or a score is NaN. */
export function aucCi95(labels: readonly boolean[], scores: readonly number[], rounds = 2000, seed = 1): [number, number] {
  checkLengths(labels, scores);
  if (scores.some(Number.isNaN)) return [NaN, NaN];
  const random = createRandom(seed);
  const order = scores.map((_, i) => i).sort((a, b) => scores[a]! - scores[b]!);
  const values: number[] = [];
  const count = new Uint32Array(labels.length);
  for (let round = 0; round < rounds; round++) {
    count.fill(0);
    for (let i = 0; i < count.length; i++) {
      const pick = Math.floor(random() * count.length);
      count[pick] = count[pick]! + 1;
    }
    const auc = weightedAuc(order, scores, labels, count);
    if (Number.isFinite(auc)) values.push(auc);
  }
  values.sort((a, b) => a - b);
  return [quantile(values, 0.025), quantile(values, 0.975)];
}

/** Linear interpolation between order statistics. @param sorted - ascending. NaN for an empty list. */
function quantile(sorted: readonly number[], q: number): number {
  if (sorted.length === 0) return NaN;
  const at = q * (sorted.length - 1);
  const low = Math.floor(at);
  return sorted[low]! + (sorted[Math.ceil(at)]! - sorted[low]!) * (at - low);
}

/** Expected calibration error over equal-width bins (Guo et al. 2017, arXiv:1706.04599), 0-1. NaN for no images. */
export function expectedCalibrationError(labels: readonly boolean[], probabilities: readonly number[], bins = 15): number {
  checkLengths(labels, probabilities);
  if (labels.length === 0) return NaN;
  const gap = new Float64Array(bins); // sum of (label - probability) in each bin
  probabilities.forEach((p, i) => {
    const bin = Math.min(bins - 1, Math.floor(p * bins));
    gap[bin] = gap[bin]! + (labels[i] ? 1 : 0) - p;
  });
  return gap.reduce((total, g) => total + Math.abs(g), 0) / labels.length;
}

/** Shares of malignant images called malignant and of benign ones called benign; NaN where a class is missing. */
export function sensitivitySpecificity(
  labels: readonly boolean[],
  calledMalignant: readonly boolean[],
): { sensitivity: number; specificity: number } {
  checkLengths(labels, calledMalignant);
  const share = (label: boolean): number => {
    const calls = calledMalignant.filter((_, i) => labels[i] === label);
    return calls.filter((called) => called === label).length / calls.length;
  };
  return { sensitivity: share(true), specificity: share(false) };
}
