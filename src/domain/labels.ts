/** Joining scored files with their labels. Brings a CSV parser along: load it when there are labels. */
import { parse } from 'csv-parse/browser/esm/sync';
import type { Label, LabelLookUp } from './label-look-up';

/** The first column of these that is there counts; names in any case. The ISIC archive and HAM10000 write the later ones. */
const FILE_COLUMNS = ['file', 'filename', 'file_name', 'path', 'image'] as const;
const ID_COLUMNS = ['image_id', 'isic_id', 'image_name'] as const;
const LABEL_COLUMNS = ['label', 'malignant', 'benign_malignant', 'target', 'class', 'diagnosis', 'dx'] as const;

/**
 * Diagnoses as HAM10000 (Tschandl et al. 2018, doi:10.1038/sdata.2018.161) and PAD-UFES-20 (Pacheco et al. 2020,
 * doi:10.17632/zr7vgbcyr2.1) abbreviate them; `akiec` is malignant by the former's convention. Others are neither.
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
  const word = text.trim().toLowerCase();
  if (MALIGNANT.has(word)) return true;
  return BENIGN.has(word) ? false : null;
}

/** Spreadsheets of some languages write semicolons. */
function delimiterOf(text: string): string {
  const head = text.slice(0, text.search(/[\r\n]|$/));
  const count = (mark: string): number => head.split(mark).length;
  return [',', ';', '\t'].reduce((best, mark) => (count(mark) > count(best) ? mark : best));
}

function lastParts(path: string, count: number): string {
  return path.split('/').slice(-count).join('/');
}

/** Rows that share a key, told apart by the row's own path (or image_id). */
interface Found {
  readonly owner: string;
  readonly label: Label;
}

interface LabelTable {
  readonly labelOf: LabelLookUp;
  /** Rows with a picture's name, each picture once. */
  readonly pictures: number;
}

/**
 * Labels from a table with a column for the file (or image_id) and one for the label, see above. A path matches by its whole,
 * else by its last two parts, else by its name, else by its name without extension (image_id). A key that two different images
 * of the table share matches nothing: a guess would put one image's label on another.
 * @param folderName - name of the folder that paths are relative to: `1.jpg` in `ham` has the last two parts `ham/1.jpg`.
 * @throws Error where a column is missing, or the rows are not alike.
 */
export function readLabelTable(text: string, folderName = ''): LabelTable {
  const rows = parse<Record<string, string>>(text, {
    columns: (names: string[]) => names.map((name) => name.trim().toLowerCase()),
    delimiter: delimiterOf(text),
    skip_empty_lines: true,
    bom: true,
    trim: true,
  });
  const first = rows[0] ?? {};
  const [fileColumn, idColumn, labelColumn] = [FILE_COLUMNS, ID_COLUMNS, LABEL_COLUMNS].map((names) =>
    names.find((name) => name in first),
  );
  if (labelColumn === undefined || (fileColumn === undefined && idColumn === undefined)) {
    throw new Error('The labels need the columns "file" (or "image_id") and "label", and a row.');
  }
  // One table a way of matching, the most exact first.
  const keysOf = (path: string, longPath: string, id: string): string[] => [path, lastParts(longPath, 2), lastParts(path, 1), id];
  const tables = [0, 1, 2, 3].map(() => new Map<string, Found | 'ambiguous'>());
  const owners = new Set<string>();
  for (const row of rows) {
    const label = toLabel(row[labelColumn] ?? '');
    const file = (row[fileColumn ?? ''] ?? '').replaceAll('\\', '/').replace(/^(?:\.\/)+/, '');
    const id = row[idColumn ?? ''] ?? '';
    const owner = file === '' ? id : file;
    if (owner !== '') owners.add(owner);
    keysOf(file, file, id).forEach((key, i) => {
      if (key === '') return;
      const table = tables[i]!;
      const before = table.get(key);
      const same = before === undefined || (before !== 'ambiguous' && before.owner === owner && before.label === label);
      table.set(key, same ? { owner, label } : 'ambiguous');
    });
  }
  const labelOf: LabelLookUp = (path) => {
    const keys = keysOf(path, `${folderName}/${path}`, lastParts(path, 1).replace(/\.[^.]*$/, ''));
    const found = keys.map((key, i) => tables[i]!.get(key)).find((entry) => entry !== undefined);
    return found === undefined || found === 'ambiguous' ? undefined : found.label;
  };
  return { labelOf, pictures: owners.size };
}

/** `readLabelTable`, the look-up alone. */
export function labelsFromCsv(text: string, folderName = ''): LabelLookUp {
  return readLabelTable(text, folderName).labelOf;
}
