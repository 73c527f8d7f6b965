import { closeSync, openSync, readdirSync, readSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { hasPictureName, mayBePicture } from '../src/domain/file-names';
import { sniffImageType } from '../src/domain/image-file';

const SNIFF_BYTES = 64;

function readHead(file: string): Uint8Array {
  const head = new Uint8Array(SNIFF_BYTES);
  const handle = openSync(file, 'r');
  try {
    return head.subarray(0, readSync(handle, head, 0, SNIFF_BYTES, 0));
  } finally {
    closeSync(handle);
  }
}

/**
 * The pictures below a folder that the app would take of it: those whose names say so, and those whose bytes do where a name
 * says nothing.
 * @returns Paths from the folder on, with '/' between their parts, sorted.
 */
export function listPictures(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && mayBePicture(entry.name, ''))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => hasPictureName(file) || sniffImageType(readHead(file)) !== null)
    .map((file) => relative(folder, file).split(sep).join('/'))
    .sort();
}
