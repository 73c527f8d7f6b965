/** The batch export (RFC 4180). */
import type { ErrorCode } from './errors';
import type { ReasonCode } from './photo-quality';
import type { Verdict } from './score';

/** One photo of a batch: a score, or an error. */
export interface BatchRow {
  readonly file: string;
  readonly probability: number | null;
  readonly logit: number | null;
  readonly verdict: Verdict | null;
  readonly reasons: readonly ReasonCode[];
  readonly width: number | null;
  readonly height: number | null;
  readonly ms: number | null;
  readonly error: ErrorCode | null;
}

const COLUMNS = ['file', 'probability', 'logit', 'verdict', 'reasons', 'width', 'height', 'ms', 'error'] as const;

/** A file name that a spreadsheet would run as a formula gets a leading apostrophe (OWASP, "CSV Injection"). */
export function guardFormula(name: string): string {
  return /^[=+\-@\t\r]/.test(name) ? `'${name}` : name;
}

/** Quotes a cell where RFC 4180 asks for it. */
function formatText(text: string): string {
  const safe = guardFormula(text);
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function formatCell(value: BatchRow[(typeof COLUMNS)[number]]): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  return formatText(typeof value === 'string' ? value : value.join(' '));
}

/** A header line and one line a row, CRLF, numbers in full precision. */
export function formatBatchCsv(rows: readonly BatchRow[]): string {
  return [COLUMNS.join(','), ...rows.map((row) => COLUMNS.map((c) => formatCell(row[c])).join(','))]
    .map((line) => `${line}\r\n`)
    .join('');
}
