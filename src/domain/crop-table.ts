/** Squares that a person wants of their pictures, from a table. Brings a CSV parser along: load it when there is one. */
import { MIN_CROP_PX } from './crop';
import type { SourcePx, SquareCrop } from './geometry';
import { PictureIndex } from './picture-index';
import { nameReader, readRows, TableError, type NumberedRow } from './table-rows';
import { decodeTable } from './table-text';

export interface CropTable {
  /** The square of the picture with this path; undefined: the table has none. */
  readonly cropOf: (path: string) => SquareCrop | undefined;
  /** Each once. */
  readonly pictures: number;
}

const NUMBER_COLUMNS = ['x', 'y', 'side'] as const;

/**
 * A table with a column for the file (or image_id), and `x`, `y` and `side`: the left upper corner and the side of a square in
 * pixels of the upright photo, which may be fractions. How a path finds its row, `PictureIndex` says. Whether a square lies
 * inside its photo is known only when that is read.
 * @throws TableError without a line where a column is missing, or there is no row; with one where it has no name, no numbers,
 * a negative corner, a side below `MIN_CROP_PX`, another square than an earlier line of the same name, or is unlike the others.
 */
export function readCropTable(text: string): CropTable {
  const rows = readRows(text);
  const first = rows[0]?.cells ?? {};
  const namesOf = nameReader(first);
  if (namesOf === null || NUMBER_COLUMNS.some((column) => !(column in first))) {
    throw new TableError('The crops need the columns "file" (or "image_id"), "x", "y" and "side", and a row.');
  }
  const index = new PictureIndex<SquareCrop>();
  const known = new Map<string, SquareCrop>();
  for (const row of rows) {
    const names = namesOf(row.cells);
    const name = names.find((text) => text !== '');
    if (name === undefined) throw new TableError('no name', row.line);
    const crop = readCrop(row);
    const before = known.get(name);
    if (before !== undefined && (before.x !== crop.x || before.y !== crop.y || before.size !== crop.size)) {
      throw new TableError('another square', row.line);
    }
    known.set(name, before ?? crop);
    index.add(names, before ?? crop);
  }
  return { cropOf: (path) => index.find(path, ''), pictures: index.size };
}

function readCrop({ cells, line }: NumberedRow): SquareCrop {
  const [x = NaN, y = NaN, size = NaN] = NUMBER_COLUMNS.map((column) => {
    const cell = cells[column] ?? '';
    // Spreadsheets of some languages write decimal commas; an empty cell is no zero.
    return cell === '' ? NaN : Number(cell.replace(',', '.'));
  });
  if (![x, y, size].every(Number.isFinite)) throw new TableError('no numbers', line);
  if (x < 0 || y < 0 || size < MIN_CROP_PX) throw new TableError('no square', line);
  return { x: x as SourcePx, y: y as SourcePx, size: size as SourcePx };
}

/** `readCropTable` of a file, however it is encoded. */
export function readCropFile(bytes: Uint8Array): CropTable {
  return readCropTable(decodeTable(bytes));
}
