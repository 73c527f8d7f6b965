/** Joining scored files with their labels. Brings a CSV parser along: load it when there are labels. */
import { parse } from 'csv-parse/browser/esm/sync';
import type { Label, LabelLookUp } from './label-look-up';
import { PictureIndex } from './picture-index';
import { decodeTable, splitTable } from './table-text';

/** The first column of each of these lists that is there counts; names in any case. All may hold paths, names or ids. */
const FILE_COLUMNS = ['file', 'filename', 'file_name', 'path', 'image'] as const;
/** The ISIC archive and challenges, HAM10000 and PAD-UFES-20 write these. */
const ID_COLUMNS = ['image_id', 'isic_id', 'image_name', 'img_id'] as const;
/** The archive writes `diagnosis_1` now, with benign or malignant in it; `diagnostic` is PAD-UFES-20's. */
const LABEL_COLUMNS = [
  'label',
  'malignant',
  'benign_malignant',
  'target',
  'class',
  'diagnosis_1',
  'diagnosis',
  'dx',
  'diagnostic',
] as const;
/** A column a class, 1 in one of them: ISIC 2017, part 3; ISIC 2018, task 3; ISIC 2019. */
const CLASS_COLUMNS = new Set('melanoma seborrheic_keratosis mel nv bcc ak akiec bkl df vasc scc unk'.split(' '));
/** ISIC 2017 leaves its third class out, the nevi: what is neither. */
const ISIC_2017_COLUMNS = ['melanoma', 'seborrheic_keratosis'] as const;

/**
 * Diagnoses as HAM10000 (Tschandl et al. 2018, doi:10.1038/sdata.2018.161) and PAD-UFES-20 (Pacheco et al. 2020,
 * doi:10.17632/zr7vgbcyr2.1) abbreviate them; `akiec` is malignant by the former's convention, and Bowen's disease (`bod`) is
 * squamous cell carcinoma by the latter's. Others, as actinic keratoses (`ak`, `ack`), are neither.
 */
const MALIGNANT = new Set([
  'malignant',
  '1',
  '1.0',
  'true',
  'yes',
  'mel',
  'melanoma',
  'bcc',
  'basal cell carcinoma',
  'scc',
  'squamous cell carcinoma',
  'bod',
  'akiec',
]);
const BENIGN = new Set([
  'benign',
  '0',
  '0.0',
  'false',
  'no',
  'nv',
  'nev',
  'nevus',
  'naevus',
  'bkl',
  'sek',
  'seborrheic keratosis',
  'df',
  'dermatofibroma',
  'vasc',
]);

function toLabel(text: string): Label {
  const word = text.trim().toLowerCase().replaceAll('_', ' ');
  if (MALIGNANT.has(word)) return true;
  return BENIGN.has(word) ? false : null;
}

type Row = Readonly<Record<string, string>>;

/** @returns null where the columns are no classes, or only one is. */
function classReader(columns: readonly string[]): ((row: Row) => Label) | null {
  const classes = columns.filter((column) => CLASS_COLUMNS.has(column));
  if (classes.length < 2) return null;
  const isIsic2017 = classes.length === 2 && ISIC_2017_COLUMNS.every((column) => classes.includes(column));
  return (row) => {
    const set = classes.filter((column) => isSet(row[column] ?? ''));
    if (set.length === 0) return isIsic2017 ? false : null;
    const [label = null, ...others] = new Set(set.map(toLabel));
    return others.length === 0 ? label : null;
  };
}

function isSet(cell: string): boolean {
  const word = cell.toLowerCase();
  if (word === 'true' || Number(word.replace(',', '.')) === 1) return true;
  if (word === 'false' || Number(word.replace(',', '.')) === 0) return false;
  // Predictions look like this.
  throw new Error('The columns of the classes hold something else than 0 and 1.');
}

interface LabelTable {
  readonly labelOf: LabelLookUp;
  /** Rows with a picture's name, each picture once. */
  readonly pictures: number;
}

/**
 * Labels from a table with a column for the file (or image_id) and one for the label, or one for each class, see above. How a
 * path finds its row, `PictureIndex` says.
 * @param folderName - name of the folder that paths are relative to.
 * @throws Error where a column is missing, the rows are not alike, or columns of classes hold something else than 0 and 1.
 */
export function readLabelTable(text: string, folderName = ''): LabelTable {
  const { rows: csv, delimiter } = splitTable(text);
  const rows = parse<Row>(csv, {
    columns: (names: string[]) => names.map((name) => name.trim().toLowerCase()),
    delimiter,
    skip_empty_lines: true,
    trim: true,
  });
  const first = rows[0] ?? {};
  const [fileColumn, idColumn, labelColumn] = [FILE_COLUMNS, ID_COLUMNS, LABEL_COLUMNS].map((names) =>
    names.find((name) => name in first),
  );
  const readLabel =
    labelColumn === undefined ? classReader(Object.keys(first)) : (row: Row): Label => toLabel(row[labelColumn] ?? '');
  if (readLabel === null || (fileColumn === undefined && idColumn === undefined)) {
    throw new Error('The labels need the columns "file" (or "image_id") and "label", and a row.');
  }
  const index = new PictureIndex<Label>();
  for (const row of rows) index.add([row[fileColumn ?? ''] ?? '', row[idColumn ?? ''] ?? ''], readLabel(row));
  return { labelOf: (path) => index.find(path, folderName), pictures: index.size };
}

/** `readLabelTable` of a file, however it is encoded. */
export function readLabelFile(bytes: Uint8Array, folderName = ''): LabelTable {
  return readLabelTable(decodeTable(bytes), folderName);
}
