/** What a labelled batch says of its models, as a record for other programs. */
import { aucInterval } from './auc-interval';
import type { BatchEntry } from './batch-view';
import { expectedCalibrationError, rocAuc } from './metrics';
import { confusionAt, ratesOf } from './roc';

/** Grows when a field changes its name or its meaning; a field that is only new leaves it as it is. */
const FORMAT = 1;

/** The scored pictures of both classes; the lists go side by side. */
export interface LabelledScores {
  /** true for malignant. */
  readonly labels: readonly boolean[];
  /** Calibrated, 0-1. */
  readonly probabilities: readonly number[];
  /** Of these, those for which the app says "can't say"; in every figure they count by their score. */
  readonly undecided: number;
}

export function labelledScores(entries: readonly BatchEntry[]): LabelledScores {
  const scored = entries.flatMap(({ label, row }) =>
    typeof label === 'boolean' && row !== null && row.probability !== null
      ? [{ label, probability: row.probability, verdict: row.verdict }]
      : [],
  );
  return {
    labels: scored.map(({ label }) => label),
    probabilities: scored.map(({ probability }) => probability),
    undecided: scored.filter(({ verdict }) => verdict === 'cant-say').length,
  };
}

export interface MeasuredModel {
  /** Its version, or the name of a person's own. */
  readonly version: string;
  /** See `modelFingerprint`. */
  readonly sha256: string | null;
  /** Scored pictures of a known label that are this model's. */
  readonly n: number;
}

/**
 * Names are those of the JSON file. Rates are 0-1, in full precision; null where there is none, as a class is missing. "Called
 * malignant" is a score at or above the threshold, a "can't say" included.
 */
export interface BatchMetrics {
  readonly format: number;
  /** The one model that all these scores are from; null: they are from several, see `models`. */
  readonly model: Omit<MeasuredModel, 'n'> | null;
  readonly models: readonly MeasuredModel[];
  /** Scored pictures labelled benign or malignant: what the figures are of. */
  readonly n: number;
  readonly malignant: number;
  readonly benign: number;
  /** The alarm line. */
  readonly threshold: number;
  readonly auc: number | null;
  /** See `aucInterval`. */
  readonly auc_ci95: readonly [number, number] | null;
  readonly auc_ci95_method: 'DeLong';
  readonly sensitivity: number | null;
  readonly specificity: number | null;
  /** See `expectedCalibrationError`. */
  readonly ece: number | null;
  readonly ece_bins: number;
  readonly confusion: {
    readonly true_positives: number;
    readonly false_negatives: number;
    readonly false_positives: number;
    readonly true_negatives: number;
  };
  /** Of the `n` pictures. */
  readonly cant_say: number;
  readonly cant_say_rate: number | null;
  /** Where the labels have classes. */
  readonly classes?: readonly ClassRates[];
  /** Where a person's own model has classes of the labels. */
  readonly predictions?: PredictionRates;
}

/** How often the class with the highest output is that of the label (top-1), of pictures whose class the model has. */
export interface PredictionRates {
  readonly n: number;
  readonly correct: number;
  readonly accuracy: number;
  readonly classes: readonly {
    readonly class: string;
    /** Pictures of this class. */
    readonly n: number;
    /** Pictures that the model takes for it, rightly or not. */
    readonly predicted: number;
    readonly correct: number;
    /** correct / n: sensitivity; null without pictures. */
    readonly recall: number | null;
    /** correct / predicted; null where the model takes none for it. */
    readonly precision: number | null;
  }[];
}

/** Of the scored pictures of one class, those labelled as neither included. */
export interface ClassRates {
  readonly class: string;
  /** How the table's class counts in the figures; null: as neither, or not always the same. */
  readonly label: 'malignant' | 'benign' | null;
  readonly n: number;
  readonly called_malignant: number;
  readonly called_malignant_rate: number;
  /** Of all `n`, whatever their score. */
  readonly cant_say: number;
  readonly cant_say_rate: number;
  /** Calibrated. */
  readonly mean_score: number;
}

const ECE_BINS = 15;

const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);

/** The figures that the screen shows, at the same threshold. @param threshold - the alarm line, 0-1. */
export function measureBatch(entries: readonly BatchEntry[], threshold: number): BatchMetrics {
  const { labels, probabilities, undecided } = labelledScores(entries);
  const confusion = confusionAt(labels, probabilities, threshold);
  const { sensitivity, specificity } = ratesOf(confusion);
  const models = modelsOf(entries);
  const [first, ...others] = models;
  const malignant = labels.filter(Boolean).length;
  const classes = ratesByClass(entries, threshold);
  const predictions = ratePredictions(entries);
  return {
    format: FORMAT,
    model: first === undefined || others.length > 0 ? null : { version: first.version, sha256: first.sha256 },
    models,
    n: labels.length,
    malignant,
    benign: labels.length - malignant,
    threshold,
    auc: finite(rocAuc(labels, probabilities)),
    auc_ci95: aucInterval(labels, probabilities),
    auc_ci95_method: 'DeLong',
    sensitivity: finite(sensitivity),
    specificity: finite(specificity),
    ece: finite(expectedCalibrationError(labels, probabilities, ECE_BINS)),
    ece_bins: ECE_BINS,
    confusion: {
      true_positives: confusion.truePositives,
      false_negatives: confusion.falseNegatives,
      false_positives: confusion.falsePositives,
      true_negatives: confusion.trueNegatives,
    },
    cant_say: undecided,
    cant_say_rate: finite(undecided / labels.length),
    ...(classes.length > 0 && { classes }),
    ...(predictions && { predictions }),
  };
}

/** One for each class that has a scored picture, the largest first, then by name. Empty where the labels have none. */
export function ratesByClass(entries: readonly BatchEntry[], threshold: number): readonly ClassRates[] {
  const byClass = new Map<string, BatchEntry[]>();
  for (const entry of entries) {
    if (entry.labelClass === null || (entry.row?.probability ?? null) === null) continue;
    const members = byClass.get(entry.labelClass);
    if (members === undefined) byClass.set(entry.labelClass, [entry]);
    else members.push(entry);
  }
  return [...byClass]
    .map(([name, members]) => rateClass(name, members, threshold))
    .sort((a, b) => b.n - a.n || (a.class < b.class ? -1 : 1));
}

function rateClass(name: string, members: readonly BatchEntry[], threshold: number): ClassRates {
  const n = members.length;
  const scores = members.map(({ row }) => row?.probability ?? 0);
  const called = scores.filter((score) => score >= threshold).length;
  const undecided = members.filter(({ row }) => row?.verdict === 'cant-say').length;
  const [label, ...others] = new Set(members.map((entry) => entry.label ?? null));
  return {
    class: name,
    label: typeof label !== 'boolean' || others.length > 0 ? null : label ? 'malignant' : 'benign',
    n,
    called_malignant: called,
    called_malignant_rate: called / n,
    cant_say: undecided,
    cant_say_rate: undecided / n,
    mean_score: scores.reduce((sum, score) => sum + score, 0) / n,
  };
}

/** null: no picture has both a class and a model that has this class. Classes that are neither labelled nor predicted are left out. */
export function ratePredictions(entries: readonly BatchEntry[]): PredictionRates | null {
  const pairs = entries.flatMap(({ labelClass, predicted }) =>
    labelClass !== null && predicted?.among.includes(labelClass) === true ? [[labelClass, predicted.name] as const] : [],
  );
  if (pairs.length === 0) return null;
  const names = [...new Set(pairs.flat())].sort((a, b) => (a < b ? -1 : 1));
  const correct = pairs.filter(([label, predicted]) => label === predicted).length;
  return {
    n: pairs.length,
    correct,
    accuracy: correct / pairs.length,
    classes: names.map((name) => {
      const n = pairs.filter(([label]) => label === name).length;
      const predicted = pairs.filter(([, prediction]) => prediction === name).length;
      const right = pairs.filter(([label, prediction]) => label === name && prediction === name).length;
      return { class: name, n, predicted, correct: right, recall: finite(right / n), precision: finite(right / predicted) };
    }),
  };
}

/** In the order in which they first scored. */
function modelsOf(entries: readonly BatchEntry[]): readonly MeasuredModel[] {
  const models = new Map<string, MeasuredModel>();
  for (const { label, row } of entries) {
    if (typeof label !== 'boolean' || row === null || row.probability === null) continue;
    const [version, sha256] = [row.model ?? '', row.model_sha256];
    const key = JSON.stringify([version, sha256]);
    models.set(key, { version, sha256, n: (models.get(key)?.n ?? 0) + 1 });
  }
  return [...models.values()];
}

/** The JSON file. */
export function formatMetrics(metrics: BatchMetrics): string {
  return `${JSON.stringify(metrics, null, 2)}\n`;
}
