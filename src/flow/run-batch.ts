import type { BatchEntry } from '../domain/batch-view';
import type { BatchRow } from '../domain/csv';
import { toErrorFacts } from '../domain/errors';
import { labelsFromFolders, type LabelLookUp } from '../domain/label-look-up';
import { INPUT_PX } from '../domain/network';
import type { NoteCode } from '../domain/photo-quality';
import { shrinkRgb } from '../domain/shrink-rgb';
import type { BatchFacts } from '../store/app-state';
import { THUMB_PX } from '../store/heavy-cache';
import { toFacts } from './analyse-photo';
import type { FlowContext } from './flow-context';
import { whenModelReady } from './load-model';

interface WaitingFile {
  readonly id: number;
  readonly file: File;
}

/** While one file is computed the next one is already read and decoded. */
const FILES_AT_ONCE = 2;

/** What folders hold besides pictures: left out with a count, not failed one by one. */
const NO_PICTURE = /(^|\/)(\.[^/]*|thumbs\.db|desktop\.ini)$|\.(txt|md|json|xml|pdf|docx?|xlsx?|csv|tsv|zip|npz|mp4|mov|html?)$/i;

/** Inside the chosen folder; the name alone where there is none. */
function pathOf(file: File): string {
  // Not every browser has it.
  const { webkitRelativePath: path = '' } = file as Partial<Pick<File, 'webkitRelativePath'>>;
  return path === '' ? file.name : path;
}

function isLabels(file: File): boolean {
  return /(^|[-_ ])labels?\.csv$/i.test(file.name);
}

/**
 * Scores many photos one after another, without maps. Files added while it runs, or after it is done, are appended.
 * A file that fails becomes a row with its error code and the next one goes on. A table of labels, or folders named benign
 * and malignant, tell which scores are right.
 */
export function createBatchUseCases(context: FlowContext) {
  const { store, cache } = context;
  let waiting: WaitingFile[] = [];
  /** For opening a row's photo: a File is a handle, its bytes stay on the disk. */
  const files = new Map<number, File>();
  let labelOf: LabelLookUp = labelsFromFolders;
  let lastId = 0;
  /** Grows with every cancel, so that a file under way when it happened writes no row. */
  let generation = 0;

  function patch(change: (batch: BatchFacts) => BatchFacts): void {
    store.setState(({ batch }) => ({ batch: change(batch) }));
  }

  /** Resolves when no file waits any more. Never rejects. */
  async function runBatch(chosen: readonly File[]): Promise<void> {
    const tables = chosen.filter(isLabels);
    // One file alone is meant: it fails with its own sentence.
    const pictures = chosen.filter((file) => !isLabels(file) && (chosen.length === 1 || !NO_PICTURE.test(pathOf(file))));
    for (const table of tables) await readLabels(table);
    const added = pictures.map((file) => {
      lastId += 1;
      files.set(lastId, file);
      return { id: lastId, file };
    });
    waiting.push(...added);
    const wasRunning = store.getState().batch.running;
    const entries = added.map(({ id, file }): BatchEntry => {
      const path = pathOf(file);
      return { id, file: file.name, path, row: null, notes: [], label: labelOf(path) };
    });
    patch((batch) => ({
      ...batch,
      running: waiting.length > 0 || batch.running,
      entries: [...batch.entries, ...entries],
      skipped: batch.skipped + chosen.length - pictures.length - tables.length,
    }));
    if (wasRunning || waiting.length === 0) return;
    const own = generation;
    await Promise.all(Array.from({ length: FILES_AT_ONCE }, () => work(own)));
    if (own === generation) patch((batch) => ({ ...batch, running: false }));
  }

  async function readLabels(table: File): Promise<void> {
    try {
      const text = await table.text();
      const { labelsFromCsv } = await import('../domain/labels');
      const folder = pathOf(table).split('/').at(-2) ?? '';
      const found = labelsFromCsv(text, folder);
      labelOf = (path) => found(path) ?? labelsFromFolders(path);
      patch((batch) => ({
        ...batch,
        labelError: null,
        entries: batch.entries.map((entry) => ({ ...entry, label: labelOf(entry.path) })),
      }));
    } catch (error) {
      const { detail } = toErrorFacts(error);
      patch((batch) => ({ ...batch, labelError: { code: 'labels-unreadable', detail } }));
    }
  }

  async function work(ownGeneration: number): Promise<void> {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const { id } = next;
      const { row, notes } = await scoreFile(next);
      if (ownGeneration !== generation) return;
      patch((batch) => {
        const entries = [...batch.entries];
        const at = entries.findIndex((entry) => entry.id === id);
        const entry = entries[at];
        if (entry !== undefined) entries[at] = { ...entry, row, notes };
        return { ...batch, finished: batch.finished + 1, entries };
      });
    }
  }

  async function scoreFile({ id, file }: WaitingFile): Promise<{ readonly row: BatchRow; readonly notes: readonly NoteCode[] }> {
    const runId = context.nextRunId();
    const failed = { file: file.name, probability: null, logit: null, verdict: null, reasons: [], width: null, height: null };
    const startedMs = context.nowMs();
    try {
      const { blob } = await context.acceptPhoto(file);
      const manifest = await whenModelReady(store);
      const result = await context.engine.analyse({ runId, photo: blob, crop: null, keepMaps: false });
      const { source, probability, logit, verdict, reasons, notes } = toFacts(result, manifest, file.name, 'own');
      cache.putThumb(id, shrinkRgb(result.inputRgb, INPUT_PX, THUMB_PX));
      store.setState({ runs: store.getState().runs + 1 });
      const ms = context.nowMs() - startedMs;
      const { width, height } = source;
      return { row: { file: file.name, probability, logit, verdict, reasons, width, height, ms, error: null }, notes };
    } catch (error) {
      return { row: { ...failed, ms: context.nowMs() - startedMs, error: toErrorFacts(error).code }, notes: [] };
    }
  }

  /** Drops the files that still wait, with their entries; finished rows stay. */
  function cancelBatch(): void {
    generation += 1;
    waiting = [];
    patch((batch) => ({ ...batch, running: false, entries: batch.entries.filter(({ row }) => row !== null) }));
    const left = new Set(store.getState().batch.entries.map(({ id }) => id));
    for (const id of files.keys()) if (!left.has(id)) files.delete(id);
  }

  function clearBatch(): void {
    cancelBatch();
    files.clear();
    cache.dropThumbs();
    labelOf = labelsFromFolders;
    patch(() => ({ running: false, entries: [], finished: 0, skipped: 0, labelError: null }));
  }

  /** The photo of a row; null where it is gone. */
  function batchFile(id: number): File | null {
    return files.get(id) ?? null;
  }

  return { runBatch, cancelBatch, clearBatch, batchFile };
}
