/** The diary as one zip: diary.json and, for each entry, its two pictures. Equal diaries are equal bytes. */
import { unzipSync, zipSync, type UnzipFileInfo, type Zippable } from 'fflate';
import { array, literal, object, unknown } from 'valibot';
import { compareTexts, type DiaryEntry, type DiaryItem, type DiaryPictures } from '../domain/diary';
import { readDiaryRecord, writeDiaryRecord } from '../domain/diary-record';
import { LensError } from '../domain/errors';
import { isComplete } from '../domain/image-end';
import { sniffImageType } from '../domain/image-file';
import { findJpegStart } from '../domain/jpeg-segments';
import { upgradeRecord, versionAfter, type Upgrade } from '../domain/record-version';
import { checkSchema, readJson, type Checked } from '../domain/schema';
import { sha256Hex } from '../domain/sha256';

const FORMAT = 'lesion-lens-diary';
/** Steps between versions of the index; its records have versions of their own. */
const UPGRADES: readonly Upgrade[] = [];
const HEADER = object({ format: literal(FORMAT), version: unknown() });
const INDEX = object({ entries: array(unknown()) });
const INDEX_FILE = 'diary.json';
const PICTURE_FILE = /^pictures\/([a-z0-9]{8,64})\/(input\.png|view\.jpg)$/;

/** No honest export comes near these. */
export const MAX_ZIP_BYTES = 1024 ** 3;
const MAX_INDEX_BYTES = 64 * 1024 ** 2;
const MAX_ENTRIES = 10_000;
/** Sides of a network's input; which network it was, an entry tells by its fingerprint only. */
const MIN_INPUT_PX = 8;
const MAX_INPUT_PX = 1024;
/** RGBA even uncompressed, with 64 KB for the file's own parts; the other picture has at most MAX_VIEW_PX a side. */
const MAX_INPUT_BYTES = MAX_INPUT_PX ** 2 * 4 + 64 * 1024;
const MAX_VIEW_BYTES = 4 * 1024 ** 2;
export const MAX_VIEW_PX = 768;

/** Zip keeps local times: made of local parts, at the time of use, this is the same bytes in every time zone. */
function fileTime(): Date {
  return new Date(2000, 0, 1);
}

/** @returns the zip. Order and times of the files are fixed, and nothing is compressed: pictures gain nothing by it. */
export function packDiary(items: readonly DiaryItem[]): Uint8Array<ArrayBuffer> {
  const ordered = [...items].sort((a, b) => compareTexts(a.entry.id, b.entry.id));
  const index = { format: FORMAT, version: versionAfter(UPGRADES), entries: ordered.map(({ entry }) => writeDiaryRecord(entry)) };
  const files: Zippable = { [INDEX_FILE]: new TextEncoder().encode(`${JSON.stringify(index, null, 1)}\n`) };
  for (const { entry, pictures } of ordered) {
    files[`pictures/${entry.id}/input.png`] = pictures.input;
    files[`pictures/${entry.id}/view.jpg`] = pictures.view;
  }
  return zipSync(files, { level: 0, mtime: fileTime(), os: 0 });
}

/**
 * Reads an export, or what claims to be one: nothing in it is trusted. Unknown files are left alone.
 * @throws LensError `diary-file-too-large`, `diary-file-not-zip`, `diary-file-newer` (the file or a record in it), `diary-file-invalid` (an index or a
 * record that is not what it should be), `diary-file-damaged` (a picture that is missing or is not the recorded one).
 */
export async function unpackDiary(zip: Uint8Array<ArrayBuffer>): Promise<readonly DiaryItem[]> {
  if (zip.length > MAX_ZIP_BYTES) throw new LensError('diary-file-too-large');
  const files = readFiles(zip);
  const entries = readIndex(files.get(INDEX_FILE));
  const items: DiaryItem[] = [];
  for (const entry of entries) {
    const input = files.get(`pictures/${entry.id}/input.png`);
    const view = files.get(`pictures/${entry.id}/view.jpg`);
    if (input === undefined || view === undefined) throw new LensError('diary-file-damaged', 'missing');
    await checkPictures(entry, { input, view });
    items.push({ entry, pictures: { input, view } });
  }
  return items;
}

/**
 * Checks that the pictures are those that the entry was saved with, and what they should be at all.
 * @throws LensError `diary-file-damaged`.
 */
export async function checkPictures(entry: DiaryEntry, { input, view }: DiaryPictures): Promise<void> {
  if ((await sha256Hex(input)) !== entry.inputSha256 || (await sha256Hex(view)) !== entry.viewSha256) {
    throw new LensError('diary-file-damaged', 'checksum');
  }
  if (!isInputPng(input) || !(await isComplete('png', sourceOf(input)))) throw new LensError('diary-file-damaged', 'input.png');
  const frame = sniffImageType(view) === 'jpeg' ? (await findJpegStart(sourceOf(view))).frame : null;
  const isFit = frame !== null && frame.width === frame.height && frame.width > 0 && frame.width <= MAX_VIEW_PX;
  if (!isFit || !(await isComplete('jpeg', sourceOf(view)))) throw new LensError('diary-file-damaged', 'view.jpg');
}

/** @returns files of the diary by their names in an export, wherever in the zip the export lies. */
function readFiles(zip: Uint8Array<ArrayBuffer>): ReadonlyMap<string, Uint8Array<ArrayBuffer>> {
  const folder = findFolder(zip);
  const nameOf = (entry: string): string | null => {
    const path = entryPath(entry);
    const name = path.startsWith(folder) ? path.slice(folder.length) : '';
    return name === INDEX_FILE || PICTURE_FILE.test(name) ? name : null;
  };
  let total = 0;
  const isWanted = ({ name: entry, size, originalSize }: UnzipFileInfo): boolean => {
    const name = nameOf(entry);
    if (name === null) return false;
    const limit = name === INDEX_FILE ? MAX_INDEX_BYTES : name.endsWith('.png') ? MAX_INPUT_BYTES : MAX_VIEW_BYTES;
    total += originalSize;
    // By the declared sizes; fflate unpacks into a buffer of just that size.
    if (originalSize > limit || size > zip.length || total > MAX_ZIP_BYTES) throw new LensError('diary-file-too-large');
    return true;
  };
  // Copies: they must not keep the whole zip alive, nor share its buffer.
  return new Map(Object.entries(unzip(zip, isWanted)).map(([entry, bytes]) => [nameOf(entry) ?? '', bytes.slice()]));
}

/**
 * Desktops that pack an export anew may put it into a folder, and files of their own beside it.
 * @returns the path of the folder with the index, with '/' at its end; '' for the top, or where there is none.
 * @throws LensError `diary-file-invalid` where two folders at the same depth have one.
 */
function findFolder(zip: Uint8Array<ArrayBuffer>): string {
  let folders = new Set<string>();
  let least = Infinity;
  unzip(zip, ({ name }) => {
    const parts = entryPath(name).split('/');
    if (parts.at(-1) !== INDEX_FILE || parts[0] === '__MACOSX' || parts.length > least) return false;
    if (parts.length < least) folders = new Set();
    least = parts.length;
    folders.add(
      parts
        .slice(0, -1)
        .map((part) => `${part}/`)
        .join(''),
    );
    return false;
  });
  if (folders.size > 1) throw new LensError('diary-file-invalid', `more than one ${INDEX_FILE}`);
  const [folder = ''] = folders;
  return folder;
}

/** Older Windows programs write backslashes, command lines a dot in front. */
function entryPath(name: string): string {
  return name.replaceAll('\\', '/').replace(/^(?:\.\/)+/, '');
}

function unzip(zip: Uint8Array, filter: (file: UnzipFileInfo) => boolean): Record<string, Uint8Array> {
  try {
    return unzipSync(zip, { filter });
  } catch (error) {
    if (error instanceof LensError) throw error;
    throw new LensError('diary-file-not-zip', error instanceof Error ? error.message : '');
  }
}

function readIndex(bytes: Uint8Array | undefined): readonly DiaryEntry[] {
  if (bytes === undefined) throw new LensError('diary-file-invalid', `no ${INDEX_FILE}`);
  const index = valid(readJson(bytes, INDEX_FILE));
  const { version } = valid(checkSchema(HEADER, index, INDEX_FILE));
  const upgraded = upgradeRecord(index, version, UPGRADES);
  if (upgraded.kind === 'newer') throw new LensError('diary-file-newer', `version ${upgraded.version}`);
  if (upgraded.kind === 'unknown') throw new LensError('diary-file-invalid', 'no known version');
  const { entries: records } = valid(checkSchema(INDEX, upgraded.record, INDEX_FILE));
  if (records.length > MAX_ENTRIES) throw new LensError('diary-file-too-large', `${records.length} entries`);
  const entries = records.map((value, i) => {
    const record = readDiaryRecord(value);
    if (record.kind === 'newer') throw new LensError('diary-file-newer', `entry ${i}: version ${record.version}`);
    if (record.kind === 'damaged') throw new LensError('diary-file-invalid', `entry ${i}: ${record.fault}`);
    return record.entry;
  });
  if (new Set(entries.map(({ id }) => id)).size < entries.length) throw new LensError('diary-file-invalid', 'an id twice');
  return entries;
}

function valid<T>(checked: Checked<T>): T {
  if (!checked.ok) throw new LensError('diary-file-invalid', checked.fault);
  return checked.value;
}

/** PNG's signature and header (ISO/IEC 15948, 5.2 and 11.2.2): a square, 8 bits, RGB or RGBA, not interlaced. */
function isInputPng(png: Uint8Array): boolean {
  if (sniffImageType(png) !== 'png' || png.length < 33) return false;
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  const isHeader = view.getUint32(12) === 0x49484452;
  const side = view.getUint32(16);
  const isSquare = view.getUint32(20) === side && side >= MIN_INPUT_PX && side <= MAX_INPUT_PX;
  return isHeader && isSquare && png[24] === 8 && (png[25] === 2 || png[25] === 6) && png[28] === 0;
}

function sourceOf(bytes: Uint8Array) {
  return { sizeBytes: bytes.length, read: (from: number, to: number) => Promise.resolve(bytes.subarray(from, to)) };
}
