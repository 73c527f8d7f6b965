import { MAX_ZIP_BYTES, packDiary, unpackDiary } from '../diary/diary-zip';
import { isSameEntry, type DiaryEntry, type DiaryItem } from '../domain/diary';
import { LensError } from '../domain/errors';
import { sha256Hex } from '../domain/sha256';
import type { DiaryFacts } from '../store/app-state';
import type { DiaryDesk } from './diary-desk';

/** Of an id that is made of an entry's content. */
const ID_DIGITS = 32;

/** @returns the export; null where it failed, or the diary is empty. */
export async function exportDiary(desk: DiaryDesk): Promise<Blob | null> {
  let zip: Blob | null = null;
  await desk.act(async () => {
    const { entries, damaged, newer } = await desk.context.diary.list();
    const items: DiaryItem[] = [];
    let left = damaged.length;
    for (const entry of entries) {
      const pictures = await desk.readSound(entry);
      if (pictures === null) left += 1;
      else items.push({ entry, pictures });
    }
    if (items.length > 0) zip = new Blob([packDiary(items)], { type: 'application/zip' });
    return { kind: 'exported', count: items.length, left, newer: newer.length };
  });
  return zip;
}

/**
 * Adds what a file holds to the diary, all of it or nothing. What is there already is left out, what is damaged there is
 * replaced; an entry that differs from one with the same id, or whose id a newer version of the app has written, is kept
 * beside it, under an id made of its content, so that the same file twice adds nothing.
 */
export function importDiary(desk: DiaryDesk, files: readonly Blob[]): Promise<boolean> {
  return desk.act(() => addFile(desk, files));
}

async function addFile(desk: DiaryDesk, [file, ...others]: readonly Blob[]): Promise<DiaryFacts['notice']> {
  const { diary } = desk.context;
  if (file === undefined || others.length > 0) throw new LensError('diary-file-many', `${others.length + 1} files`);
  if (file.size > MAX_ZIP_BYTES) throw new LensError('diary-file-too-large', `${file.size} bytes`);
  const items = await unpackDiary(await readBytes(file));
  const { entries, damaged, newer } = await diary.list();
  const there = new Map(entries.map((entry) => [entry.id, entry]));
  const toAdd: DiaryItem[] = [];
  const restored: string[] = [];
  let same = 0;
  let keptBeside = 0;
  for (const item of items) {
    const { entry } = item;
    const before = there.get(entry.id);
    const isSame = before !== undefined && isSameEntry(before, entry);
    if (damaged.includes(entry.id) || (isSame && (await desk.readSound(before)) === null)) {
      restored.push(entry.id);
      toAdd.push(item);
    } else if (before === undefined && !newer.includes(entry.id)) {
      toAdd.push(item);
    } else {
      const id = isSame ? entry.id : await contentId(entry);
      if (there.has(id)) {
        same += 1;
      } else {
        keptBeside += 1;
        toAdd.push({ ...item, entry: { ...entry, id } });
      }
    }
  }
  if (toAdd.length > 0) await diary.add(toAdd, restored);
  const added = toAdd.length - keptBeside - restored.length;
  return { kind: 'imported', added, same, keptBeside, restored: restored.length };
}

async function contentId(entry: DiaryEntry): Promise<string> {
  return (await sha256Hex(new TextEncoder().encode(JSON.stringify(entry)))).slice(0, ID_DIGITS);
}

async function readBytes(file: Blob): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(await file.arrayBuffer());
  } catch (error) {
    throw new LensError('file-unreadable', error instanceof Error ? error.name : '');
  }
}
