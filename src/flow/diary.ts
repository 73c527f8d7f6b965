import { MAX_VIEW_PX } from '../diary/diary-zip';
import type { RunId } from '../domain/analysis';
import { APP_VERSION } from '../domain/app-version';
import {
  checkDiaryWords,
  modelFingerprint,
  newDiaryId,
  type BodySide,
  type DiaryItem,
  type DiaryPictures,
  type DiaryWords,
} from '../domain/diary';
import { readDiaryRecord } from '../domain/diary-record';
import { LensError } from '../domain/errors';
import { sha256Hex } from '../domain/sha256';
import type { AnalysisFacts, Slot } from '../store/app-state';
import { patchSlot } from '../store/app-store';
import type { KnownOfPhoto } from './analyse-photo';
import { DiaryDesk } from './diary-desk';
import { exportDiary, importDiary } from './diary-file';
import { encodePng } from './encode-png';
import { calibrationOf } from '../domain/judge';
import type { FlowContext } from './flow-context';

/** Use cases of photos that those of the diary need. */
interface PhotoCases {
  readonly analyse: (file: File, slot: Slot, known: KnownOfPhoto) => Promise<void>;
  readonly reviewNow: (runId: RunId) => Promise<void>;
}

/** What the network saw of an entry. */
interface KeptPhoto {
  readonly file: File;
  readonly known: KnownOfPhoto;
}

/**
 * The diary: what the person asked to keep, on this device. None rejects: a failure is in the state, and what was kept
 * before stays as it was.
 */
export function createDiaryUseCases(context: FlowContext, { analyse, reviewNow }: PhotoCases) {
  const desk = new DiaryDesk(context);
  return {
    open: () => desk.open(),
    /**
     * Keeps photo A's result, with what its eight views say: they are computed now where they had not come yet.
     * @param runId - The result that the person saw when asking. @returns whether it was kept.
     */
    keep: (runId: RunId, words: DiaryWords) => keepResult(desk, reviewNow, runId, words),
    /** Changes what the person said of an entry; score and pictures stay. @returns whether it was changed. */
    changeWords: (id: string, words: EntryChange) => desk.act(() => changeEntry(desk, id, words)),
    remove: (ids: readonly string[]) =>
      desk.act(async () => {
        await context.diary.remove(ids);
        return { kind: 'removed', count: ids.length };
      }),
    /** Removes all entries, damaged ones too; those that a newer version of the app wrote stay. */
    clear: () =>
      desk.act(async () => {
        const { entries, damaged } = await context.diary.list();
        await context.diary.remove([...entries.map(({ id }) => id), ...damaged]);
        return { kind: 'removed', count: entries.length + damaged.length };
      }),
    export: () => exportDiary(desk),
    /** @param files - One; of several none is imported. */
    import: (...files: readonly Blob[]) => importDiary(desk, files),
    /** A picture of an entry as a file; null where it cannot be read. */
    readPicture: async (id: string, which: keyof DiaryPictures): Promise<Blob | null> => {
      try {
        const bytes = (await context.diary.readPictures(id))[which];
        return new Blob([bytes], { type: which === 'input' ? 'image/png' : 'image/jpeg' });
      } catch {
        return null;
      }
    },
    /** Puts one entry's picture, or two as A and B, into the viewer. @returns whether they could be read. */
    openEntries: (ids: readonly [string] | readonly [string, string]) =>
      desk.act(async () => {
        const photos: KeptPhoto[] = [];
        for (const id of ids) photos.push(await readInput(desk, id));
        const [older, newer] = photos;
        void analyseInTurn(analyse, older, newer);
        return null;
      }),
    dismissNotice: () => {
      desk.patch({ notice: null, error: null });
    },
  };
}

/** `side`: null takes back what was said of it. */
export type EntryChange = Partial<Pick<DiaryWords, 'notes' | 'date'>> & { readonly side?: BodySide | null };

async function changeEntry(desk: DiaryDesk, id: string, { side, ...words }: EntryChange): Promise<null> {
  const { side: before, ...entry } = desk.find(id);
  const now = side === undefined ? before : side;
  const sided = { ...entry, ...(now && { side: now }) };
  const { notes, date } = checkDiaryWords({ ...sided, ...words });
  await desk.context.diary.replace({ ...sided, notes, date });
  return null;
}

function keepResult(desk: DiaryDesk, reviewNow: PhotoCases['reviewNow'], runId: RunId, words: DiaryWords): Promise<boolean> {
  const { store, diary } = desk.context;
  return desk.act(async () => {
    const checked = checkDiaryWords(words);
    await reviewNow(runId);
    const { result } = store.getState().photos.a;
    if (result?.runId !== runId) throw new LensError('unexpected', 'the photo to keep is gone');
    const item = await makeItem(desk.context, result, checked);
    const { entries } = desk.facts;
    await diary.add([item]);
    const { result: now } = store.getState().photos.a;
    if (now?.runId === runId) patchSlot(store, 'a', { result: { ...now, diaryId: item.entry.id } });
    // Asked when there is something to keep, and once: browsers may ask the person.
    const isPersistent = entries.length === 0 ? await diary.askToPersist() : null;
    return { kind: 'saved', moleName: checked.moleName, isPersistent };
  });
}

async function makeItem(context: FlowContext, result: AnalysisFacts, words: DiaryWords): Promise<DiaryItem> {
  const { runId, source, crop, quarterTurns, logit, probability, verdict, reasons } = result;
  const { notes, threshold, kind, saidKind, manifest, backend } = result;
  const photo = context.cache.photo(runId);
  if (photo?.inputRgb == null) throw new LensError('unexpected', 'the photo to keep is gone');
  const { side } = manifest.network.input;
  const png = await encodePng(toRgba(photo.inputRgb), side, side);
  const input = new Uint8Array(await png.arrayBuffer());
  const view = await context.drawView(photo.shown, source, { crop, quarterTurns }, MAX_VIEW_PX);
  const record = readDiaryRecord({
    ...words,
    id: newDiaryId(),
    savedAt: context.now().toISOString(),
    logit,
    probability,
    verdict,
    reasons,
    photoNotes: notes,
    threshold,
    calibration: calibrationOf(kind, manifest),
    model: { version: manifest.version, sha256: await modelFingerprint(manifest) },
    backend,
    appVersion: APP_VERSION,
    inputSha256: await sha256Hex(input),
    viewSha256: await sha256Hex(view),
    ...(saidKind === null ? {} : { saidKind }),
  });
  if (record.kind !== 'entry') throw new LensError('diary-entry-invalid', record.kind === 'damaged' ? record.fault : '');
  return { entry: record.entry, pictures: { input, view } };
}

/** The picture that the network saw, as a file. @throws LensError `diary-entry-missing`, `diary-entry-damaged`. */
async function readInput(desk: DiaryDesk, id: string): Promise<KeptPhoto> {
  const entry = desk.find(id);
  const pictures = await desk.readSound(entry);
  if (pictures === null) throw new LensError('diary-entry-damaged');
  const file = new File([pictures.input], `${entry.moleName}, ${entry.date}.png`, { type: 'image/png' });
  return { file, known: { saidKind: entry.saidKind ?? null, diaryId: id } };
}

async function analyseInTurn(analyse: PhotoCases['analyse'], older?: KeptPhoto, newer?: KeptPhoto): Promise<void> {
  if (older !== undefined) await analyse(older.file, 'a', older.known);
  if (newer !== undefined) await analyse(newer.file, 'b', newer.known);
}

/** @param rgb - [side, side, 3]. */
function toRgba(rgb: Uint8Array): Uint8ClampedArray<ArrayBuffer> {
  const rgba = new Uint8ClampedArray((rgb.length / 3) * 4).fill(255);
  for (let from = 0, to = 0; from < rgb.length; from += 3, to += 4) rgba.set(rgb.subarray(from, from + 3), to);
  return rgba;
}
