/** From what was measured of a photo to what is said of it: the kind of photo, the calibrated score, the verdict, the reasons. */
import { rangeOfViews, VIEW_COUNT, type ViewRange } from './eight-views';
import type { Calibration, ModelManifest } from './manifest';
import type { ReasonCode } from './photo-quality';
import { kindOf, type PhotoKind, type PhotoTraits, type PictureKind } from './probes';
import { calibrate, decideVerdict, type Verdict } from './score';

/** What was measured of one photo, and what the person said of it. */
export interface Evidence {
  /** Before calibration. */
  readonly logit: number;
  /** null: the model has no probes. */
  readonly traits: PhotoTraits | null;
  /** Against trusting any score of this picture (photo-quality.ts). */
  readonly qualityReasons: readonly ReasonCode[];
  /** What the person says took it; null: nothing. */
  readonly saidKind: PictureKind | null;
  /** Logits of the square's views, the upright one first. None: still to come; fewer than all: they could not be computed. */
  readonly viewLogits: readonly number[];
}

export interface Judgement {
  readonly kind: PhotoKind;
  /** 0-1, calibrated for its kind of photo. */
  readonly probability: number;
  /** The line: at or above it the verdict is malignant. */
  readonly threshold: number;
  readonly reasons: readonly ReasonCode[];
  readonly verdict: Verdict;
  /** Of all views; null: not computed yet. */
  readonly viewRange: ViewRange | null;
}

/** @param line - the person's; null: the model's own. */
export function judge(evidence: Evidence, manifest: ModelManifest, line: number | null): Judgement {
  const { logit, traits, qualityReasons, saidKind, viewLogits } = evidence;
  const { probes } = manifest;
  const kind = saidKind ?? foundKind(traits, manifest);
  const calibration = calibrationOf(kind, manifest);
  const threshold = line ?? manifest.threshold;
  const viewRange = viewLogits.length < VIEW_COUNT ? null : rangeOfViews(viewLogits.map((view) => calibrate(view, calibration)));
  // What a person's own model can be trusted with is theirs to know.
  const reasons = manifest.own ? [] : [...qualityReasons];
  if (traits !== null && probes !== null && traits.unlike > probes.limits.unlike) reasons.push('unlike-training');
  if (viewRange !== null && viewRange.deviation > viewLimitOf(kind, manifest)) reasons.push('views-disagree');
  const probability = calibrate(logit, calibration);
  return { kind, probability, threshold, reasons, verdict: decideVerdict(probability, threshold, reasons), viewRange };
}

/** How the photo was taken, by the model's probes. */
export function foundKind(traits: PhotoTraits | null, { probes }: Pick<ModelManifest, 'probes'>): PhotoKind {
  return traits === null || probes === null ? 'unknown' : kindOf(traits, probes.limits);
}

/** Of an unknown kind the larger one: what is not known is no reason. */
function viewLimitOf(kind: PhotoKind, { viewLimits }: ModelManifest): number {
  const { dermatoscope = Infinity, phone = Infinity } = viewLimits;
  return kind === 'unknown' ? Math.max(dermatoscope, phone) : { dermatoscope, phone }[kind];
}

/** The kind's own where validation said that it helps. */
export function calibrationOf(kind: PhotoKind, { calibration, calibrations }: ModelManifest): Calibration {
  return kind === 'unknown' ? calibration : (calibrations[kind] ?? calibration);
}
