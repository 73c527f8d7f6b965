/** What a line on the calibrated probability costs: how many malignant spots lie below it, how many harmless ones above. */
import type { CallRates } from './base-rate';
import type { ModelManifest, TestMetrics } from './manifest';
import type { PhotoKind } from './probes';

/**
 * Sensitivity and specificity at a threshold, never better than measured: between two rows of the curve the sensitivity is that
 * of the upper row and the specificity that of the lower one, as the true values lie between the rows' own. Below the first
 * row no specificity, above the last one no sensitivity is promised: both are 0 there.
 *
 * @param threshold - on the calibrated probability, 0-1.
 * @returns null: nothing was measured but at the model's own threshold.
 */
export function ratesAt({ curve }: Pick<TestMetrics, 'curve'>, threshold: number): CallRates | null {
  if (curve === undefined) return null;
  const above = curve.find(([at]) => at >= threshold);
  const below = curve.findLast(([at]) => at <= threshold);
  return { sensitivity: above?.[1] ?? 0, specificity: below?.[2] ?? 0 };
}

/** The line that a picture was held against, and the model that drew its own. */
export interface DrawnLine {
  readonly manifest: Pick<ModelManifest, 'threshold' | 'metrics'>;
  /** On the calibrated probability, 0-1: at or above it lies above the line. */
  readonly threshold: number;
  readonly kind: PhotoKind;
}

/**
 * The next whole hundredth in that direction, and further ones: the steps of a keyboard.
 * @param steps - negative: down. The line stays within 0-1.
 */
export function stepLine(threshold: number, steps: number): number {
  // A hundredth that arithmetic has moved by a hair counts as one.
  const at = threshold * 100;
  const start = steps > 0 ? Math.floor(at + 1e-9) : Math.ceil(at - 1e-9);
  return Math.min(100, Math.max(0, start + steps)) / 100;
}

export interface MeasuredLine {
  /** Of the set, for instance "HAM10000 test split". */
  readonly set: string;
  readonly rates: CallRates;
}

/**
 * What the line costs on the first set of pictures of this kind that took no part in training or choosing; where there is none
 * of this kind, on the first such set of any.
 * @returns null: the model was not measured at this line.
 */
export function measureLine({ manifest, threshold, kind }: DrawnLine): MeasuredLine | null {
  const sets = manifest.metrics.filter(({ heldOut }) => heldOut);
  const metrics = sets.find((set) => set.kind === kind) ?? sets[0];
  if (metrics === undefined) return null;
  const { name, sensitivity, specificity } = metrics;
  const rates = threshold === manifest.threshold ? { sensitivity, specificity } : ratesAt(metrics, threshold);
  return rates === null ? null : { set: name, rates };
}
