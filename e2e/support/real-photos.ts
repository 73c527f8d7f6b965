/** Real photos out of the data folder's tars, where LESION_DATA names it. */
import { closeSync, openSync, readSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { PhotoFile } from './photos';

const BLOCK_BYTES = 512;

/**
 * The first JPEGs of a plain tar (ustar: name at 0, size in octal at 124, data from the next block on), each `every`th.
 * @param wanted - how their names end.
 */
function readFirstJpegs(tarPath: string, count: number, every = 1, wanted = '.jpg'): PhotoFile[] {
  const photos: PhotoFile[] = [];
  const tar = openSync(tarPath, 'r');
  try {
    const header = Buffer.alloc(BLOCK_BYTES);
    for (let at = 0, seen = 0; photos.length < count;) {
      if (readSync(tar, header, 0, BLOCK_BYTES, at) < BLOCK_BYTES) break;
      const name = header.toString('utf8', 0, 100).replace(/\0.*$/s, '');
      if (name === '') break;
      const sizeBytes = Number.parseInt(header.toString('ascii', 124, 136), 8);
      if (name.endsWith(wanted) && seen++ % every === 0) {
        const buffer = Buffer.alloc(sizeBytes);
        readSync(tar, buffer, 0, sizeBytes, at + BLOCK_BYTES);
        photos.push({ name: basename(name), mimeType: 'image/jpeg', buffer });
      }
      at += BLOCK_BYTES + Math.ceil(sizeBytes / BLOCK_BYTES) * BLOCK_BYTES;
    }
  } finally {
    closeSync(tar);
  }
  return photos;
}

/** The dermoscopy picture of that name; null where LESION_DATA is not set. */
export function realNamed(name: string): PhotoFile | null {
  const folder = process.env['LESION_DATA'];
  return folder ? (readFirstJpegs(join(folder, 'ham10000.tar'), 1, 1, name)[0] ?? null) : null;
}

/** Dermoscopy pictures, each with a name of its own; none where LESION_DATA is not set. */
export function realDermoscopy(count: number): readonly PhotoFile[] {
  const folder = process.env['LESION_DATA'];
  return folder ? readFirstJpegs(join(folder, 'ham10000.tar'), count) : [];
}

/** Pictures of one source, each `every`th; none where LESION_DATA is not set. */
export function realOf(
  source: 'ham10000' | 'isic-msk-uda' | 'pad-ufes-20' | 'not-lesions',
  count: number,
  every = 1,
): readonly PhotoFile[] {
  const folder = process.env['LESION_DATA'];
  return folder ? readFirstJpegs(join(folder, `${source}.tar`), count, every) : [];
}

/** Two dermoscopy pictures and one phone photo; none where LESION_DATA is not set. */
export function realPhotos(): readonly PhotoFile[] {
  const folder = process.env['LESION_DATA'];
  if (!folder) return [];
  return [...readFirstJpegs(join(folder, 'ham10000.tar'), 2), ...readFirstJpegs(join(folder, 'pad-ufes-20.tar'), 1)];
}

/** Photos from all over the data folder's sources, a quarter each; none where LESION_DATA is not set. */
export function spreadPhotos(count: number): readonly PhotoFile[] {
  const folder = process.env['LESION_DATA'];
  if (!folder) return [];
  const sources = [
    ['ham10000', 170],
    ['isic-msk-uda', 45],
    ['pad-ufes-20', 13],
    ['not-lesions', 29],
  ] as const;
  return sources.flatMap(([name, every]) => readFirstJpegs(join(folder, `${name}.tar`), count / sources.length, every));
}
