import { MAX_VIEW_PX, MAX_ZIP_BYTES, checkPictures, packDiary, unpackDiary } from '../diary/diary-zip';
import { APP_VERSION } from '../domain/app-version';
import {
  checkDiaryWords,
  isSameEntry,
  modelFingerprint,
  newDiaryId,
  type DiaryEntry,
  type DiaryItem,
  type DiaryPictures,
  type DiaryWords,
} from '../domain/diary';
import { readDiaryRecord } from '../domain/diary-record';
import { LensError, toErrorFacts } from '../domain/errors';
import { sha256Hex } from '../domain/sha256';
import type { AnalysisFacts, DiaryFacts, Slot } from '../store/app-state';
import { encodePng } from './encode-png';
import type { FlowContext } from './flow-context';

/** Of an id that is made of an entry's content. */
const ID_DIGITS = 32;

interface Opening {
  readonly analyse: (file: File, slot: Slot) => Promise<void>;
}

/**
 * The diary: what the person asked to keep, on this device. None rejects: a failure is in the state, and what was kept
 * before stays as it was.
 */
export function createDiaryUseCases(context: FlowContext, { analyse }: Opening) {
  const { store, cache, diary } = context;
  let isWatching = false;
  let latestRead = 0;

  function setDiary(change: Partial<DiaryFacts>): void {
    store.setState({ diary: { ...store.getState().diary, ...change } });
  }

  /** Reads the diary, and from then on follows what other tabs do to it. */
  async function openDiary(): Promise<void> {
    if (!isWatching) {
      isWatching = true;
      diary.onForeignChange(() => void readDiary());
    }
    await readDiary();
  }

  async function readDiary(): Promise<void> {
    latestRead += 1;
    const own = latestRead;
    const { state } = store.getState().diary;
    if (state === 'closed' || state === 'unreadable') setDiary({ state: 'reading' });
    try {
      const { entries, damaged, newer } = await diary.list();
      const storage = await diary.describeStorage();
      if (own !== latestRead) return;
      const { error } = store.getState().diary;
      // What was wrong with the database is over; what was wrong with a file or a deed is still to be read.
      setDiary({ state: 'read', entries, damaged, newer, storage, error: state === 'unreadable' ? null : error });
    } catch (error) {
      if (own === latestRead) setDiary({ state: 'unreadable', error: toErrorFacts(error) });
    }
  }

  /** One deed after the other. @returns whether it was done. */
  async function act(deed: () => Promise<DiaryFacts['notice']>): Promise<boolean> {
    if (store.getState().diary.isBusy) return false;
    setDiary({ isBusy: true, error: null, notice: null });
    try {
      const notice = await deed();
      await readDiary();
      setDiary({ isBusy: false, notice });
      return true;
    } catch (error) {
      setDiary({ isBusy: false, error: toErrorFacts(error) });
      // Another tab may have changed what this one shows.
      if (store.getState().diary.state === 'read') await readDiary();
      return false;
    }
  }

  /** Keeps photo A's result. @param runId - The result that the person saw when asking. @returns whether it was kept. */
  function keepInDiary(runId: number, words: DiaryWords): Promise<boolean> {
    return act(async () => {
      const checked = checkDiaryWords(words);
      const { result } = store.getState().photos.a;
      if (result?.runId !== runId) throw new LensError('unexpected', 'the photo to keep is gone');
      const item = await makeItem(result, checked);
      const { entries } = store.getState().diary;
      await diary.add([item]);
      // Asked when there is something to keep, and once: browsers may ask the person.
      const isPersistent = entries.length === 0 ? await diary.askToPersist() : null;
      return { kind: 'saved', moleName: checked.moleName, isPersistent };
    });
  }

  async function makeItem(result: AnalysisFacts, words: DiaryWords): Promise<DiaryItem> {
    const { runId, crop, quarterTurns, logit, probability, verdict, reasons, notes, manifest, backend } = result;
    const photo = cache.photo(runId);
    if (photo?.inputRgb == null) throw new LensError('unexpected', 'the photo to keep is gone');
    const { side } = manifest.network.input;
    const png = await encodePng(toRgba(photo.inputRgb), side, side);
    const input = new Uint8Array(await png.arrayBuffer());
    const view = await context.drawView(photo.blob, { crop, quarterTurns }, MAX_VIEW_PX);
    const record = readDiaryRecord({
      ...words,
      id: newDiaryId(),
      savedAt: context.now().toISOString(),
      logit,
      probability,
      verdict,
      reasons,
      photoNotes: notes,
      threshold: manifest.threshold,
      calibration: manifest.calibration,
      model: { version: manifest.version, sha256: await modelFingerprint(manifest) },
      backend,
      appVersion: APP_VERSION,
      inputSha256: await sha256Hex(input),
      viewSha256: await sha256Hex(view),
    });
    if (record.kind !== 'entry') throw new LensError('diary-entry-invalid', record.kind === 'damaged' ? record.fault : '');
    return { entry: record.entry, pictures: { input, view } };
  }

  /** Changes what the person said of an entry; score and pictures stay. @returns whether it was changed. */
  function changeDiaryWords(id: string, words: Partial<Pick<DiaryWords, 'notes' | 'date'>>): Promise<boolean> {
    return act(async () => {
      const entry = store.getState().diary.entries.find((one) => one.id === id);
      if (entry === undefined) throw new LensError('diary-entry-missing');
      const { notes, date } = checkDiaryWords({ ...entry, ...words });
      await diary.replace({ ...entry, notes, date });
      return null;
    });
  }

  function removeFromDiary(ids: readonly string[]): Promise<boolean> {
    return act(async () => {
      await diary.remove(ids);
      return { kind: 'removed', count: ids.length };
    });
  }

  /** @returns the export; null where it failed, or the diary is empty. */
  async function exportDiary(): Promise<Blob | null> {
    let zip: Blob | null = null;
    await act(async () => {
      const { entries, damaged, newer } = await diary.list();
      const items: DiaryItem[] = [];
      let left = damaged.length;
      for (const entry of entries) {
        const pictures = await readSound(entry);
        if (pictures === null) left += 1;
        else items.push({ entry, pictures });
      }
      if (items.length > 0) zip = new Blob([packDiary(items)], { type: 'application/zip' });
      return { kind: 'exported', count: items.length, left, newer: newer.length };
    });
    return zip;
  }

  /** null: the pictures are damaged. */
  async function readSound(entry: DiaryEntry): Promise<DiaryPictures | null> {
    try {
      const pictures = await diary.readPictures(entry.id);
      await checkPictures(entry, pictures);
      return pictures;
    } catch (error) {
      const { code } = toErrorFacts(error);
      if (code === 'diary-entry-damaged' || code === 'diary-entry-missing' || code === 'diary-file-damaged') return null;
      throw error;
    }
  }

  /**
   * Adds what a file holds to the diary, all of it or nothing. What is there already is left out, what is damaged there is
   * replaced; an entry that differs from one with the same id, or whose id a newer version of the app has written, is kept
   * beside it, under an id made of its content, so that the same file twice adds nothing.
   */
  function importDiary(file: Blob): Promise<boolean> {
    return act(async () => {
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
        if (damaged.includes(entry.id) || (isSame && (await readSound(before)) === null)) {
          restored.push(entry.id);
          toAdd.push(item);
        } else if (before === undefined && !newer.includes(entry.id)) {
          toAdd.push(item);
        } else if (isSame) {
          same += 1;
        } else {
          const id = (await sha256Hex(new TextEncoder().encode(JSON.stringify(entry)))).slice(0, ID_DIGITS);
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
    });
  }

  /** A picture of an entry as a file; null where it cannot be read. */
  async function readDiaryPicture(id: string, which: keyof DiaryPictures): Promise<Blob | null> {
    try {
      const bytes = (await diary.readPictures(id))[which];
      return new Blob([bytes], { type: which === 'input' ? 'image/png' : 'image/jpeg' });
    } catch {
      return null;
    }
  }

  /** Puts one entry's picture, or two as A and B, into the viewer. @returns whether they could be read. */
  function openFromDiary(ids: readonly [string] | readonly [string, string]): Promise<boolean> {
    return act(async () => {
      const files: File[] = [];
      for (const id of ids) {
        const entry = store.getState().diary.entries.find((one) => one.id === id);
        if (entry === undefined) throw new LensError('diary-entry-missing');
        const pictures = await readSound(entry);
        if (pictures === null) throw new LensError('diary-entry-damaged');
        files.push(new File([pictures.input], `${entry.moleName}, ${entry.date}.png`, { type: 'image/png' }));
      }
      const [older, newer] = files;
      void analyseInTurn(older, newer);
      return null;
    });
  }

  async function analyseInTurn(older: File | undefined, newer: File | undefined): Promise<void> {
    if (older !== undefined) await analyse(older, 'a');
    if (newer !== undefined) await analyse(newer, 'b');
  }

  function dismissDiaryNotice(): void {
    setDiary({ notice: null, error: null });
  }

  return {
    open: openDiary,
    keep: keepInDiary,
    changeWords: changeDiaryWords,
    remove: removeFromDiary,
    export: exportDiary,
    import: importDiary,
    readPicture: readDiaryPicture,
    openEntries: openFromDiary,
    dismissNotice: dismissDiaryNotice,
  };
}

/** @param rgb - [128, 128, 3]. */
function toRgba(rgb: Uint8Array): Uint8ClampedArray<ArrayBuffer> {
  const rgba = new Uint8ClampedArray((rgb.length / 3) * 4).fill(255);
  for (let from = 0, to = 0; from < rgb.length; from += 3, to += 4) rgba.set(rgb.subarray(from, from + 3), to);
  return rgba;
}

async function readBytes(file: Blob): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(await file.arrayBuffer());
  } catch (error) {
    throw new LensError('file-unreadable', error instanceof Error ? error.name : '');
  }
}
