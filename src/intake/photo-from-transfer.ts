/** The files of a drop or a paste. */
import { LensError } from '../domain/errors';
import { isPicture, isTable } from '../domain/file-names';

/** The part of a DataTransfer that is read. */
export interface FileTransfer {
  readonly files: ArrayLike<File>;
  readonly items: ArrayLike<Pick<DataTransferItem, 'kind' | 'getAsFile'> & Partial<Pick<DataTransferItem, 'webkitGetAsEntry'>>>;
}

interface DroppedFiles {
  readonly files: File[];
  /** A folder or a CSV file was among them: a set of pictures is meant, however few they are. */
  readonly isSet: boolean;
}

function orWhatThereIs(files: File[], isWanted: (file: File) => boolean): File[] {
  const wanted = files.filter(isWanted);
  return wanted.some(isPicture) ? wanted : files;
}

function listFiles(transfer: FileTransfer): File[] {
  const listed = Array.from(transfer.files);
  if (listed.length > 0) return listed;
  return Array.from(transfer.items)
    .filter((item) => item.kind === 'file')
    .flatMap((item) => item.getAsFile() ?? []);
}

/** Pictures first; where there is none, whatever files there are, so that the person reads why they don't fit. */
export function photosFromTransfer(transfer: FileTransfer): File[] {
  return orWhatThereIs(listFiles(transfer), isPicture);
}

/**
 * The files of a drop; of folders, all in them and in folders inside but the hidden ones, in the order of their paths: who
 * takes them counts what is no picture. Such a file's `webkitRelativePath` is its path from the dropped folder on, as with
 * `<input webkitdirectory>`.
 * Must be called while the drop's event is handled: afterwards the browser has forgotten the folders.
 * @throws LensError `folder-empty` (no picture in it) or `file-unreadable`.
 */
export async function filesFromDrop(transfer: FileTransfer): Promise<DroppedFiles> {
  const entries = Array.from(transfer.items).flatMap((item) => item.webkitGetAsEntry?.() ?? []);
  if (!entries.some(({ isDirectory }) => isDirectory)) {
    const files = orWhatThereIs(listFiles(transfer), (file) => isPicture(file) || isTable(file.name));
    return { files, isSet: files.some(isPicture) && files.some(({ name }) => isTable(name)) };
  }
  const files: File[] = [];
  try {
    for (const entry of entries) files.push(...(await readEntry(entry)));
  } catch (error) {
    throw new LensError('file-unreadable', error instanceof Error ? error.name : String(error));
  }
  if (!files.some(isPicture)) throw new LensError('folder-empty');
  return { files, isSet: true };
}

async function readEntry(entry: FileSystemEntry): Promise<File[]> {
  // Systems put hidden files of their own into folders.
  if (entry.name.startsWith('.')) return [];
  if (entry.isFile) return [await readFile(entry as FileSystemFileEntry)];
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  const children: FileSystemEntry[] = [];
  // A call gives some of them only; the last one gives none.
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => {
      reader.readEntries(resolve, reject);
    });
    if (some.length === 0) break;
    children.push(...some);
  }
  children.sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }));
  const files: File[] = [];
  for (const child of children) files.push(...(await readEntry(child)));
  return files;
}

async function readFile(entry: FileSystemFileEntry): Promise<File> {
  const file = await new Promise<File>((resolve, reject) => {
    entry.file(resolve, reject);
  });
  Object.defineProperty(file, 'webkitRelativePath', { value: entry.fullPath.replace(/^\//, ''), configurable: true });
  return file;
}
