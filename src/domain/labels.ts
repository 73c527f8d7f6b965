/** Joining scored files with their labels. Brings a CSV parser along: load it when there are labels. */
import { parse } from 'csv-parse/browser/esm/sync';
import type { Label, LabelLookUp } from './label-look-up';

function toLabel(text: string): Label {
  const word = text.trim().toLowerCase();
  if (word === 'malignant' || word === '1') return true;
  return word === 'benign' || word === '0' ? false : null;
}

function lastParts(path: string, count: number): string {
  return path.split('/').slice(-count).join('/');
}

/** Rows that share a key, told apart by the row's own path (or image_id). */
interface Found {
  readonly owner: string;
  readonly label: Label;
}

/**
 * Labels from a table with the columns `file` (or `image_id`) and `label`. A path matches by its whole, else by its
 * last two parts, else by its name, else by its name without extension (image_id). A key that two different images of
 * the table share matches nothing: a guess would put one image's label on another.
 * @param folderName - name of the folder that paths are relative to: `1.jpg` in `ham` has the last two parts `ham/1.jpg`.
 * @throws Error where a column is missing.
 */
export function labelsFromCsv(text: string, folderName = ''): LabelLookUp {
  const rows = parse<Record<string, string>>(text, { columns: true, skip_empty_lines: true, bom: true, trim: true });
  const first = rows[0] ?? {};
  if (!('label' in first) || !('file' in first || 'image_id' in first)) {
    throw new Error('The labels need the columns "file" (or "image_id") and "label", and a row.');
  }
  // One table a way of matching, the most exact first.
  const keysOf = (path: string, longPath: string, id: string): string[] => [path, lastParts(longPath, 2), lastParts(path, 1), id];
  const tables = [0, 1, 2, 3].map(() => new Map<string, Found | 'ambiguous'>());
  for (const row of rows) {
    const label = toLabel(row['label'] ?? '');
    const file = (row['file'] ?? '').replaceAll('\\', '/').replace(/^(?:\.\/)+/, '');
    const id = row['image_id'] ?? '';
    const owner = file === '' ? id : file;
    keysOf(file, file, id).forEach((key, i) => {
      if (key === '') return;
      const table = tables[i]!;
      const before = table.get(key);
      const same = before === undefined || (before !== 'ambiguous' && before.owner === owner && before.label === label);
      table.set(key, same ? { owner, label } : 'ambiguous');
    });
  }
  return (path) => {
    const keys = keysOf(path, `${folderName}/${path}`, lastParts(path, 1).replace(/\.[^.]*$/, ''));
    const found = keys.map((key, i) => tables[i]!.get(key)).find((entry) => entry !== undefined);
    return found === undefined || found === 'ambiguous' ? undefined : found.label;
  };
}
