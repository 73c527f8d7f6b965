/** Joining scored files with their labels. Brings a CSV parser along: load it when there are labels. */
import { spellClass, type ClassLookUp, type Label, type LabelLookUp } from './label-look-up';
import { PictureIndex } from './picture-index';
import { nameReader, readRows, type Row } from './table-rows';
import { decodeTable } from './table-text';

/**
 * The first of these columns that is there counts; names in any case. The archive writes `diagnosis_1` now, with benign or
 * malignant in it; `diagnostic` is PAD-UFES-20's.
 */
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
/** The first of these whose cells name classes, and do not only say benign or malignant, counts; the archive writes `diagnosis_3` now. */
const CLASS_NAME_COLUMNS = ['dx', 'diagnosis', 'diagnostic', 'diagnosis_3', 'class', 'label', 'target'] as const;
/** A column a class, 1 in one of them: ISIC 2017, part 3; ISIC 2018, task 3; ISIC 2019. */
const CLASS_COLUMNS = new Set('melanoma seborrheic_keratosis mel nv bcc ak akiec bkl df vasc scc unk'.split(' '));
/** ISIC 2017 leaves its third class out, the nevi: what is neither. */
const ISIC_2017_COLUMNS = ['melanoma', 'seborrheic_keratosis'] as const;

/**
 * Diagnoses as HAM10000 (Tschandl et al. 2018, doi:10.1038/sdata.2018.161) and PAD-UFES-20 (Pacheco et al. 2020,
 * doi:10.17632/zr7vgbcyr2.1) abbreviate them; `akiec` is malignant by the former's convention, and Bowen's disease (`bod`) is
 * squamous cell carcinoma by the latter's. Others, as actinic keratoses (`ak`, `ack`), are neither.
 */
const MALIGNANT_CLASSES = new Set([
  'mel',
  'melanoma',
  'bcc',
  'basal cell carcinoma',
  'scc',
  'squamous cell carcinoma',
  'bod',
  'akiec',
]);
const BENIGN_CLASSES = new Set([
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
const MALIGNANT = new Set(['malignant', '1', '1.0', 'true', 'yes']);
const BENIGN = new Set(['benign', '0', '0.0', 'false', 'no']);
/** Neither, and no class. */
const NO_CLASS = new Set([
  '',
  'premalignant',
  'indeterminate',
  'unknown',
  'unk',
  'none',
  'neither',
  'other',
  'na',
  'n/a',
  'nan',
  '?',
  '-',
]);

function toLabel(text: string): Label {
  const word = spellClass(text);
  if (MALIGNANT.has(word) || MALIGNANT_CLASSES.has(word)) return true;
  return BENIGN.has(word) || BENIGN_CLASSES.has(word) ? false : null;
}

/** null: it names none. */
function toClass(text: string): string | null {
  const word = spellClass(text);
  return MALIGNANT.has(word) || BENIGN.has(word) || NO_CLASS.has(word) || Number.isFinite(Number(word)) ? null : word;
}

/** What a row says. */
interface Said {
  readonly label: Label;
  /** In lower case; null: none. */
  readonly className: string | null;
}

/** @returns null where the columns are no classes, or only one is. */
function classReader(columns: readonly string[]): ((row: Row) => Said) | null {
  const classes = columns.filter((column) => CLASS_COLUMNS.has(column));
  if (classes.length < 2) return null;
  const isIsic2017 = classes.length === 2 && ISIC_2017_COLUMNS.every((column) => classes.includes(column));
  return (row) => {
    const set = classes.filter((column) => isSet(row[column] ?? ''));
    if (set.length === 0) return isIsic2017 ? { label: false, className: 'nevus' } : { label: null, className: null };
    const [label = null, ...others] = new Set(set.map(toLabel));
    return { label: others.length === 0 ? label : null, className: set.length === 1 ? toClass(set[0]!) : null };
  };
}

/** Label and class may stand in two columns. */
function columnReader(rows: readonly Row[], labelColumn: string): (row: Row) => Said {
  const classColumn = CLASS_NAME_COLUMNS.find((column) => rows.some((row) => toClass(row[column] ?? '') !== null));
  return (row) => ({ label: toLabel(row[labelColumn] ?? ''), className: toClass(row[classColumn ?? ''] ?? '') });
}

function isSet(cell: string): boolean {
  const word = cell.toLowerCase();
  if (word === 'true' || Number(word.replace(',', '.')) === 1) return true;
  if (word === 'false' || Number(word.replace(',', '.')) === 0) return false;
  // Predictions look like this.
  throw new Error('The columns of the classes hold something else than 0 and 1.');
}

export interface LabelTable {
  readonly labelOf: LabelLookUp;
  /** Which class a picture is of, as a diagnosis, in lower case. */
  readonly classOf: ClassLookUp;
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
  const rows = readRows(text).map(({ cells }) => cells);
  const first = rows[0] ?? {};
  const namesOf = nameReader(first);
  const labelColumn = LABEL_COLUMNS.find((name) => name in first);
  const readRow = labelColumn === undefined ? classReader(Object.keys(first)) : columnReader(rows, labelColumn);
  if (readRow === null || namesOf === null) {
    throw new Error('The labels need the columns "file" (or "image_id") and "label", and a row.');
  }
  const labels = new PictureIndex<Label>();
  // Apart: rows of one picture may agree on the label and not on the class.
  const classes = new PictureIndex<string | null>();
  const said = rows.map(readRow);
  const hasClasses = said.some(({ className }) => className !== null);
  rows.forEach((row, i) => {
    const names = namesOf(row);
    const { label, className } = said[i]!;
    labels.add(names, label);
    if (hasClasses) classes.add(names, className);
  });
  return {
    labelOf: (path) => labels.find(path, folderName),
    classOf: (path) => classes.find(path, folderName) ?? undefined,
    pictures: labels.size,
  };
}

/** `readLabelTable` of a file, however it is encoded. */
export function readLabelFile(bytes: Uint8Array, folderName = ''): LabelTable {
  return readLabelTable(decodeTable(bytes), folderName);
}
