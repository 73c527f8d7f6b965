/** public/model/<version>/manifest.json: the facts about the shipped model that Python and TypeScript share. */

import type { NetworkShape } from './network';
import type { OwnModel } from './own-model';
import type { OwnSettings } from './own-settings';
import type { PictureKind, ProbeLimits } from './probes';

export interface ManifestFile {
  /** Path relative to the manifest. */
  readonly path: string;
  readonly sizeBytes: number;
  /** Lower-case hex. */
  readonly sha256: string;
}

/** p = sigmoid(slope * logit + offset) (Platt 1999), fitted on the validation split. */
export interface Calibration {
  readonly slope: number;
  readonly offset: number;
}

/** What one threshold cost on a set: threshold on the calibrated probability, sensitivity, specificity, each 0-1. */
export type CurveRow = readonly [threshold: number, sensitivity: number, specificity: number];

export interface TestMetrics {
  /** What was scored, for instance "HAM10000 test split". */
  readonly name: string;
  /** False where the set took part in choosing or calibrating (a validation split). */
  readonly heldOut: boolean;
  readonly images: number;
  readonly malignant: number;
  readonly auc: number;
  /** 95 % bootstrap interval. */
  readonly aucCi95: readonly [number, number];
  /** At the manifest's threshold. */
  readonly sensitivity: number;
  readonly specificity: number;
  /** Expected calibration error, 15 bins. */
  readonly ece: number;
  readonly kind?: PictureKind;
  /** Thresholds ascend; of two rows the later one has no higher sensitivity and no lower specificity. At most 101. */
  readonly curve?: readonly CurveRow[];
}

export interface ModelManifest {
  readonly format: 'lesion-lens-model';
  readonly version: string;
  /** The weights' (model.json, of tfjs's layers format, first, then its shards) and golden.json. */
  readonly files: readonly ManifestFile[];
  readonly input: {
    /** (byte / 255 - mean[c]) / std[c], RGB. */
    readonly mean: readonly [number, number, number];
    readonly std: readonly [number, number, number];
  };
  readonly network: NetworkShape;
  readonly calibration: Calibration;
  /** Of kinds of photos of which validation said that one of their own helps. */
  readonly calibrations: Partial<Readonly<Record<PictureKind, Calibration>>>;
  /** Where its probes stand, one of `files`, and what their answers mean; null: it has none. */
  readonly probes: { readonly path: string; readonly limits: ProbeLimits } | null;
  /** Largest standard deviation of the eight views' calibrated scores that a verdict may have, by kind of photo; without one: any. */
  readonly viewLimits: Partial<Readonly<Record<PictureKind, number>>>;
  /** On the calibrated probability: at or above it the verdict is "malignant". */
  readonly threshold: number;
  readonly metrics: readonly TestMetrics[];
  /**
   * What rounding the weights changed on the test images: the largest of any image's probability, and of any set's AUC.
   * int8: most kernels are int8 times a float16 scale of each output, all else is float16.
   */
  readonly quantisation: { readonly dtype: 'float16' | 'int8'; readonly maxScoreChange: number; readonly aucChange: number };
  readonly trainingData: readonly { readonly name: string; readonly licence: string; readonly source: string }[];
  readonly licence: string;
  /** A person's own model; of the one that ships there is none. */
  readonly own?: { readonly facts: OwnModel; readonly settings: OwnSettings };
}

/** One golden input: a synthetic picture (see golden-input.ts) and what the network answers in float32. */
export interface GoldenCase {
  readonly input: 'gradient' | 'checker' | 'lesion' | 'noise';
  /** SHA-256 of the input's RGB bytes, side * side * 3, so that both languages prove they drew the same picture. */
  readonly inputSha256: string;
  readonly logit: number;
  readonly layers: readonly {
    readonly name: string;
    readonly mean: number;
    readonly max: number;
    /** Exact activations at [row, column, channel]. */
    readonly samples: readonly { readonly at: readonly [number, number, number]; readonly value: number }[];
  }[];
}

export interface GoldenFile {
  readonly version: string;
  readonly cases: readonly GoldenCase[];
}
