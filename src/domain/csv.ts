/** What a batch exports as CSV (RFC 4180). */
import type { ErrorCode } from './errors';
import type { ReasonCode } from './photo-quality';
import type { Backend } from './loaded-model';
import type { PhotoKind } from './probes';
import type { Verdict } from './score';

/** One photo of a batch: a score, or an error. */
export interface BatchRow {
  readonly file: string;
  readonly probability: number | null;
  readonly logit: number | null;
  /** null: there is no score, or it is the raw output of a person's own model, of which no verdict may be said. */
  readonly verdict: Verdict | null;
  readonly reasons: readonly ReasonCode[];
  readonly width: number | null;
  readonly height: number | null;
  readonly ms: number | null;
  readonly error: ErrorCode | null;
  /** The alarm line that the verdict is from; null without a verdict. */
  readonly threshold: number | null;
  /** What took the photo, as far as the model tells; null without a score. */
  readonly kind: PhotoKind | null;
  /** Whether the verdict rests on the eight views of its square, as a single photo's does; null without a verdict. */
  readonly views: boolean | null;
  /** Its version, or the name of a person's own; null without a score. */
  readonly model: string | null;
  /** See `modelFingerprint`. */
  readonly model_sha256: string | null;
  /** "x y size" in the photo's pixels; null without a score. */
  readonly crop: string | null;
  readonly backend: Backend | null;
}

/** With what a table or a folder said of it: "benign", "malignant" or nothing. */
export type LabelledRow = BatchRow & {
  readonly label?: 'benign' | 'malignant' | null;
  /** The class that a table of labels gave it, as a diagnosis; null or left out: none. */
  readonly class?: string | null;
};

const COLUMNS = [
  'file',
  'probability',
  'logit',
  'verdict',
  'reasons',
  'width',
  'height',
  'ms',
  'error',
  'threshold',
  'kind',
  'views',
  'model',
  'model_sha256',
  'crop',
  'backend',
  'label',
] as const;

type Column = (typeof COLUMNS)[number] | 'class';

/** A file name that a spreadsheet would run as a formula gets a leading apostrophe (OWASP, "CSV Injection"). */
export function guardFormula(name: string): string {
  return /^[=+\-@\t\r]/.test(name) ? `'${name}` : name;
}

/** Quotes a cell where RFC 4180 asks for it. */
function formatText(text: string): string {
  const safe = guardFormula(text);
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function formatCell(value: LabelledRow[Column]): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return String(value);
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return formatText(typeof value === 'string' ? value : value.join(' '));
}

/** Without it Excel takes UTF-8 for the system's own encoding, and spoils names with other letters than ASCII's. */
const BYTE_ORDER_MARK = '\ufeff';

/**
 * A byte order mark, a header line and one line a row, CRLF, numbers in full precision. The columns are a contract, with `class`
 * after them where a row has one; the mark is no part of the first one's name, so a reader takes it off (`bom` of csv-parse,
 * Python's `utf-8-sig`).
 */
export function formatBatchCsv(rows: readonly LabelledRow[]): string {
  const hasClasses = rows.some((row) => typeof row.class === 'string');
  const columns: readonly Column[] = hasClasses ? [...COLUMNS, 'class'] : COLUMNS;
  const lines = [columns.join(','), ...rows.map((row) => columns.map((c) => formatCell(row[c])).join(','))];
  return BYTE_ORDER_MARK + lines.map((line) => `${line}\r\n`).join('');
}

/** One picture's line of a table of activations. */
export interface ActivationRow {
  readonly file: string;
  readonly values: Float32Array;
}

/**
 * A table of activations, piece by piece, as it may be large: a byte order mark and the header ("file,LAYER_0,LAYER_1,..."), then
 * a line a row, CRLF. Each number is the shortest decimal that gives the same float32 by way of a double.
 * @param count - columns of numbers; each row has as many.
 */
export function* formatActivationsCsv(layer: string, count: number, rows: Iterable<ActivationRow>): Generator<string> {
  const header = ['file', ...Array.from({ length: count }, (_, k) => formatText(`${layer}_${k}`))];
  yield `${BYTE_ORDER_MARK}${header.join(',')}\r\n`;
  for (const { file, values } of rows) yield `${formatText(file)},${values.join(',')}\r\n`;
}
