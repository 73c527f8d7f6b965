/** From the network's logit to what the person reads. */
import type { Calibration } from './manifest';
import type { ReasonCode } from './photo-quality';

export type Verdict = 'benign' | 'malignant' | 'cant-say';

/** Calibrated probability of malignant: sigmoid(slope * logit + offset) (Platt 1999), safe against overflow. */
export function calibrate(logit: number, { slope, offset }: Calibration): number {
  const z = slope * logit + offset;
  if (z >= 0) return 1 / (1 + Math.exp(-z));
  const e = Math.exp(z);
  return e / (1 + e);
}

/** Any reason against trusting the score gives "can't say"; a score that is no number does too. */
export function decideVerdict(probability: number, threshold: number, reasons: readonly ReasonCode[]): Verdict {
  if (reasons.length > 0 || !Number.isFinite(probability)) return 'cant-say';
  return probability >= threshold ? 'malignant' : 'benign';
}
