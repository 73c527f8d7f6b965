/** The rows of a table about pictures. Brings a CSV parser along: load it when there is a table. */
import { CsvError, parse } from 'csv-parse/browser/esm/sync';
import { splitTable } from './table-text';

/** Cells by their column's name, which is in lower case. */
export type Row = Readonly<Record<string, string>>;

export interface NumberedRow {
  readonly cells: Row;
  /** Of the file, 1-based; where a cell goes over several, the last one. */
  readonly line: number;
}

/** A table that cannot be used. */
export class TableError extends Error {
  /** Of the file, 1-based; null: the fault is not in one line. */
  readonly line: number | null;

  constructor(message: string, line: number | null = null) {
    super(message);
    this.name = 'TableError';
    this.line = line;
  }
}

/** The first column of each of these lists that is there counts; names in any case. All may hold paths, names or ids. */
const FILE_COLUMNS = ['file', 'filename', 'file_name', 'path', 'image'] as const;
/** The ISIC archive and challenges, HAM10000 and PAD-UFES-20 write these. */
const ID_COLUMNS = ['image_id', 'isic_id', 'image_name', 'img_id'] as const;

/** @returns What a row calls its picture, for `PictureIndex`; null: no column holds names. */
export function nameReader(first: Row): ((row: Row) => readonly string[]) | null {
  const columns = [FILE_COLUMNS, ID_COLUMNS].flatMap((names) => names.find((name) => name in first) ?? []);
  return columns.length === 0 ? null : (row) => columns.map((column) => row[column] ?? '');
}

/** @throws TableError where the rows are not alike. */
export function readRows(text: string): readonly NumberedRow[] {
  const { rows, delimiter } = splitTable(text);
  // What stands before the header.
  const skipped = text.slice(0, text.length - rows.length).split(/\r\n|\r|\n/).length - 1;
  try {
    return parse<{ record: Row; info: { lines: number } }>(rows, {
      columns: (names: string[]) => names.map((name) => name.trim().toLowerCase()),
      delimiter,
      info: true,
      skip_empty_lines: true,
      trim: true,
    }).map(({ record, info }) => ({ cells: record, line: info.lines + skipped }));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const { lines } = error as { readonly lines?: unknown };
    throw new TableError(error.message, typeof lines === 'number' ? lines + skipped : null);
  }
}
