/** Which rows of a batch are shown, and in what order. */
import type { BatchRow } from './csv';
import type { Label } from './label-look-up';
import type { ErrorFacts } from './errors';
import type { NoteCode } from './photo-quality';

/** What chooses the squares of a batch: the largest centred ones, the search for the lesion, or a table. */
export const CROP_WAYS = ['centre', 'find-lesion', 'table'] as const;
export type CropWay = (typeof CROP_WAYS)[number];

/** Which square of the pictures from now on is scored. */
export interface BatchCropFacts {
  readonly way: CropWay;
  /** The table in force; null: none was read. */
  readonly table: { readonly fileName: string; readonly pictures: number } | null;
  /** Why the last table could not be used, and its line; null: not of one line. The table before it stays in force. */
  readonly error: (ErrorFacts & { readonly line: number | null }) | null;
}

/** Why a picture has its largest centred square instead. */
export type CropNote = 'not-found' | 'not-in-table';

/** The class that a person's own model gives the highest value. */
export interface PredictedClass {
  readonly name: string;
  /** All that the model has. Each in lower case, as in `BatchEntry.labelClass`. */
  readonly among: readonly string[];
}

/** One file of a batch. */
export interface BatchEntry {
  readonly id: number;
  readonly file: string;
  /** Inside the folder that was chosen; the name alone where there is none. */
  readonly path: string;
  /** null while the file waits. */
  readonly row: BatchRow | null;
  readonly notes: readonly NoteCode[];
  /** undefined: not labelled. */
  readonly label: Label | undefined;
  /** What a table calls it besides, as a diagnosis, in lower case; null: nothing. */
  readonly labelClass: string | null;
  /** null: the model has no classes but malignant or not, or there is no score. */
  readonly predicted: PredictedClass | null;
  readonly cropWay: CropWay;
  /** null: its square is as `cropWay` says, or it has none yet. */
  readonly cropNote: CropNote | null;
}

export const BATCH_FILTERS = ['all', 'malignant', 'benign', 'cant-say', 'errors', 'wrong'] as const;
export type BatchFilter = (typeof BATCH_FILTERS)[number];

export type BatchOrder =
  'added' | 'file' | 'file-down' | 'score-high' | 'score-low' | 'verdict' | 'label' | 'notes' | 'wrong-first';

export interface BatchView {
  readonly filter: BatchFilter;
  readonly order: BatchOrder;
  /** Part of a file's path, any case; '' shows all. */
  readonly text: string;
  /** Called malignant from this probability on: decides what is wrong. null: none is known, so nothing is. */
  readonly threshold: number | null;
}

/**
 * How far on the wrong side of the threshold a labelled score lies, in probability; negative on the right side, -Infinity
 * without a label, a score or a threshold.
 */
function wrongness({ row, label }: BatchEntry, threshold: number | null): number {
  // Without a verdict, as a person's own model's, nothing is wrong.
  const probability = row === null || row.verdict === null ? null : row.probability;
  if (threshold === null || probability === null || label === undefined || label === null) return -Infinity;
  return label ? threshold - probability : probability - threshold;
}

/** The alarm line that the scores were held against; null: there are no scores. */
export function lineOfScores(entries: readonly BatchEntry[]): number | null {
  return entries.find(({ row }) => row !== null && row.threshold !== null)?.row?.threshold ?? null;
}

export function isWrong(entry: BatchEntry, threshold: number | null): boolean {
  const by = wrongness(entry, threshold);
  // A score at the threshold is called malignant.
  return by > 0 || (by === 0 && entry.label === false);
}

function passes(entry: BatchEntry, { filter, text, threshold }: BatchView): boolean {
  if (text !== '' && !entry.path.toLowerCase().includes(text.toLowerCase())) return false;
  switch (filter) {
    case 'all':
      return true;
    case 'errors':
      return entry.row !== null && entry.row.error !== null;
    case 'wrong':
      return isWrong(entry, threshold);
    case 'malignant':
    case 'benign':
    case 'cant-say':
      return entry.row?.verdict === filter;
  }
}

const collator = new Intl.Collator('en', { numeric: true });

const LABEL_ORDER: readonly BatchEntry['label'][] = [true, false, null, undefined];

/** How much there is to note: an error more than a reason against a verdict, that more than a mere note. */
function gravity({ row, notes }: BatchEntry): number {
  if (row === null) return -1;
  return row.error !== null ? 3 : row.reasons.length > 0 ? 2 : notes.length > 0 ? 1 : 0;
}

/** Rows without a score come last in every order by score. */
function compare(order: BatchOrder, threshold: number | null): (a: BatchEntry, b: BatchEntry) => number {
  const score = ({ row }: BatchEntry, missing: number): number => row?.probability ?? missing;
  switch (order) {
    case 'added':
      return (a, b) => a.id - b.id;
    case 'file':
      return (a, b) => collator.compare(a.path, b.path);
    case 'file-down':
      return (a, b) => collator.compare(b.path, a.path);
    case 'score-high':
      return (a, b) => score(b, -1) - score(a, -1);
    case 'score-low':
      return (a, b) => score(a, 2) - score(b, 2);
    case 'verdict':
      return (a, b) => collator.compare(a.row?.verdict ?? 'zz', b.row?.verdict ?? 'zz');
    case 'label':
      return (a, b) => LABEL_ORDER.indexOf(a.label) - LABEL_ORDER.indexOf(b.label);
    case 'notes':
      return (a, b) => gravity(b) - gravity(a);
    case 'wrong-first':
      // Infinity minus infinity is not a number: those keep their places.
      return (a, b) => {
        const [x, y] = [wrongness(a, threshold), wrongness(b, threshold)];
        return x === y ? 0 : y - x;
      };
  }
}

/** The rows to show; equal ones keep the order in which they were added. */
export function viewBatch(entries: readonly BatchEntry[], view: BatchView): readonly BatchEntry[] {
  return entries.filter((entry) => passes(entry, view)).sort(compare(view.order, view.threshold));
}
