/**
 * What goes wrong with photos, files and browsers in the field, kind by kind, and the test that shows what happens here instead.
 * `tools/field-table.test.ts` holds that each test is there; they run with all others.
 */
export interface FieldRow {
  readonly kind: string;
  readonly right: string;
  /** Of e2e/, or a unit test beside its code in src/. */
  readonly file: string;
  /** A part of the test's title as it stands in the file. */
  readonly title: string;
}

const row = (kind: string, right: string, file: string, title: string): FieldRow => ({ kind, right, file, title });

export const FIELD_TABLE: readonly FieldRow[] = [
  row(
    'JPEG data overwritten, cut out, or ended by force',
    'image-damaged',
    'e2e/bad-input.spec.ts',
    'a JPEG that decodes though its data are damaged is not scored',
  ),
  row(
    'Many damaged pictures of many kinds',
    'refused, or the same pixels, but for a stated few',
    'e2e/damaged-pictures.spec.ts',
    'damaged pictures: each is refused',
  ),
  row(
    'Whole pictures of every kind',
    'none refused',
    'e2e/damaged-pictures.spec.ts',
    'whole photos, and every whole kind of file',
  ),
  row(
    'Odd and hostile files',
    'the right picture or a coded error',
    'e2e/bad-input.spec.ts',
    'every odd file ends in the right picture or in a coded error',
  ),
  row(
    'Canvas altered against fingerprinting',
    'another way, the same score',
    'e2e/read-back.spec.ts',
    'where only the canvas is altered',
  ),
  row('Every way of reading pixels altered', 'pixels-altered', 'e2e/read-back.spec.ts', 'pixels get no score but pixels-altered'),
  row(
    'Pixels off by a level',
    'a note beside the score',
    'e2e/read-back.spec.ts',
    'pixels that are off by one level get their score and a note',
  ),
  row(
    'A camera’s still where pixels are altered',
    'the same score, or pixels-altered',
    'e2e/read-back.spec.ts',
    'is refused with pixels-altered where every way is',
  ),
  row(
    'Page translation',
    'says what the untranslated page says',
    'e2e/translated.spec.ts',
    'a translated page says what an untranslated one says',
  ),
  row('Paste into a text field', 'text', 'e2e/transfer.spec.ts', 'what is pasted into a text field is text'),
  row('Paste under a dialog', 'nothing', 'e2e/transfer.spec.ts', 'nothing is pasted under an open dialog'),
  row(
    'An image dragged from another page',
    'a sentence on what to do',
    'e2e/transfer.spec.ts',
    'a link to a picture says what to do',
  ),
  row('A cancelled drag', 'the veil goes', 'e2e/transfer.spec.ts', 'the veil of a drag that was cancelled goes away'),
  row(
    'A file that changed after it was chosen',
    'the accepted bytes go on',
    'e2e/changed-file.spec.ts',
    'squares, the search for the lesion, report and diary go on',
  ),
  row('A file that vanished before it was read', 'file-unreadable', 'e2e/changed-file.spec.ts', 'gone before it was read'),
  row(
    'Files that vanish from a batch',
    'an error in their rows',
    'e2e/changed-file.spec.ts',
    'in a batch each is read in its turn',
  ),
  row(
    'Label tables: names composed otherwise, or in another case',
    'they match',
    'src/domain/labels.test.ts',
    'compares letters, however they are composed',
  ),
  row('Label tables: encodings of spreadsheets', 'read', 'src/domain/table-text.test.ts', 'Windows-1252'),
  row(
    'Label tables of PAD-UFES-20 and of ISIC',
    'read',
    'src/domain/labels.test.ts',
    'takes what is neither of the two columns of ISIC 2017 for a nevus',
  ),
  row(
    'Names guarded against formulas',
    'match when they are read back',
    'src/domain/labels.test.ts',
    'knows the names of our own export again',
  ),
  row('A CSV opened in a spreadsheet', 'names as they are', 'src/domain/csv.test.ts', 'is UTF-8 by its first bytes'),
  row(
    'A part of the app that does not load',
    'app-part-missing',
    'src/flow/batch-labels.test.ts',
    'a parser of tables that cannot be loaded is no bad table',
  ),
  row(
    'A diary zip packed anew by a desktop',
    'imported',
    'src/diary/diary-zip.test.ts',
    'is read also where another program packed it anew',
  ),
  row('A zip dropped on the diary', 'imported', 'e2e/diary-elsewhere.spec.ts', 'a zip dropped on the diary is imported'),
  row('WebP and PNG with an EXIF orientation', 'turned once', 'e2e/orientation.spec.ts', 'WebP and PNG are what their JPEG is'),
  row('HEIC and AVIF that are turned', 'as HEIF says', 'e2e/orientation.spec.ts', 'AVIF obeys HEIF'),
  row('Forced colours', 'all states are seen', 'e2e/forced-colours.spec.ts', 'selected and unselected differ'),
  row(
    'A camera that is gone',
    'another one, without an error',
    'src/intake/camera.test.ts',
    'takes any other where the one that was used last is gone',
  ),
  row(
    'Text at 200 % and with wide spacing',
    'nothing cut, nothing sideways',
    'e2e/text-size.spec.ts',
    'every page before a photo',
  ),
  row(
    'What is stored',
    'the diary is counted, and deleted once asked',
    'e2e/diary-elsewhere.spec.ts',
    'the footer leads to the page of what is stored',
  ),
  row('A restored tab', 'the page says that the photo is gone', 'e2e/restored.spec.ts', 'after a reload, and in a restored tab'),
  row('The back/forward cache', 'worker and camera live again', 'e2e/restored.spec.ts', 'out of the back/forward cache'),
];
