import type { BatchEntry } from '../domain/batch-view';
import type { BatchRow } from '../domain/csv';
import { toErrorFacts } from '../domain/errors';
import { isNoPicture, isTable, mayBePicture } from '../domain/file-names';
import { labelsFromFolders, type Label, type LabelLookUp } from '../domain/label-look-up';
import type { NoteCode } from '../domain/photo-quality';
import { shrinkRgb } from '../domain/shrink-rgb';
import type { BatchFacts } from '../store/app-state';
import { judgePhoto } from './analyse-photo';
import type { FlowContext } from './flow-context';
import { whenModelReady } from './load-model';

interface WaitingFile {
  readonly id: number;
  readonly file: File;
}

interface ScoredFile {
  readonly row: BatchRow;
  readonly notes: readonly NoteCode[];
  /** See `HeavyCache.thumb`; null without a score. */
  readonly thumb: Uint8Array<ArrayBuffer> | null;
}

/** One is computed, one has been read and decoded, and the one after is on its way to the engine. */
const FILES_AT_ONCE = 3;

/** Inside the chosen folder; the name alone where there is none. */
function pathOf(file: File): string {
  // Not every browser has it.
  const { webkitRelativePath: path = '' } = file as Partial<Pick<File, 'webkitRelativePath'>>;
  return path === '' ? file.name : path;
}

/** A table that is meant to be labels: one that cannot be read is an error, not just another file. */
function isNamedLabels(file: File): boolean {
  return /(^|[-_ ])labels?\.csv$/i.test(file.name);
}

/** Worth trying; the rest is left out with a count. A file that was chosen by itself is tried whatever its ending. */
function isWorthTrying(file: File): boolean {
  const path = pathOf(file);
  return path === file.name ? !isNoPicture(path) : mayBePicture(path, file.type);
}

/** What a table in a chosen folder says is about that folder: it labels no picture of the same name in another one. */
function lookUpIn(tablePath: string, labelOf: LabelLookUp): LabelLookUp {
  const parts = tablePath.split('/');
  const top = `${parts[0]!}/`;
  const folder = parts
    .slice(0, -1)
    .map((part) => `${part}/`)
    .join('');
  return (path) => {
    if (folder !== '' && path.includes('/') && !path.startsWith(top)) return undefined;
    return labelOf(path.startsWith(folder) ? path.slice(folder.length) : path);
  };
}

interface KnownTable {
  readonly labelOf: LabelLookUp;
  readonly pictures: number;
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
  /** By their path, the latest last. */
  const tables = new Map<string, KnownTable>();
  let lastId = 0;
  /** Grows with every cancel, so that a file under way when it happened writes no row. */
  let generation = 0;
  /** Of the present generation. */
  let workers = 0;
  let tellIdle = (): void => undefined;
  /** When the last score was there, by `nowMs`. */
  let lastScoreMs = -Infinity;

  function patch(change: (batch: BatchFacts) => BatchFacts): void {
    store.setState(({ batch }) => ({ batch: change(batch) }));
  }

  /** The latest table that knows a picture says it; where none does, its folder's name. */
  function labelOf(path: string): Label | undefined {
    for (const table of [...tables.values()].reverse()) {
      const label = table.labelOf(path);
      if (label !== undefined) return label;
    }
    return labelsFromFolders(path);
  }

  /** Resolves when no file waits any more; at once where others were under way already. Never rejects. */
  async function runBatch(chosen: readonly File[]): Promise<void> {
    // One file alone is meant: it fails with its own sentence.
    const others = chosen.filter(({ name }) => !isTable(name));
    const pictures = others.filter((file) => chosen.length === 1 || isWorthTrying(file));
    let skipped = others.length - pictures.length;
    for (const table of chosen.filter(({ name }) => isTable(name))) {
      if (!(await readLabels(table, isNamedLabels(table) || chosen.length === 1))) skipped += 1;
    }
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
      skipped: batch.skipped + skipped,
    }));
    if (waiting.length === 0) return;
    const idle = new Promise<void>((resolve) => {
      if (!wasRunning) tellIdle = resolve;
    });
    // A run that was near its end has lost workers already: without new ones nothing would be read ahead.
    while (workers < FILES_AT_ONCE && waiting.length > 0) {
      workers += 1;
      void work(generation);
    }
    if (!wasRunning) await idle;
  }

  /** @returns Whether the file counts as dealt with: read, or its error shown. */
  async function readLabels(file: File, isMeant: boolean): Promise<boolean> {
    try {
      const text = await file.text();
      const { readLabelTable } = await import('../domain/labels');
      const path = pathOf(file);
      const table = readLabelTable(text, path.split('/').at(-2) ?? '');
      tables.delete(path);
      tables.set(path, { ...table, labelOf: lookUpIn(path, table.labelOf) });
      patch((batch) => ({
        ...batch,
        labelError: null,
        labelRows: [...tables.values()].reduce((sum, { pictures }) => sum + pictures, 0),
        entries: batch.entries.map((entry) => ({ ...entry, label: labelOf(entry.path) })),
      }));
      return true;
    } catch (error) {
      const { detail } = toErrorFacts(error);
      if (isMeant) patch((batch) => ({ ...batch, labelError: { code: 'labels-unreadable', detail } }));
      return isMeant;
    }
  }

  async function work(ownGeneration: number): Promise<void> {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const { id } = next;
      const { row, notes, thumb } = await scoreFile(next.file);
      if (ownGeneration !== generation) return;
      if (thumb !== null) cache.putThumb(id, thumb);
      patch((batch) => {
        const entries = [...batch.entries];
        const at = entries.findIndex((entry) => entry.id === id);
        const entry = entries[at];
        if (entry !== undefined) entries[at] = { ...entry, row, notes };
        return { ...batch, finished: batch.finished + 1, entries };
      });
    }
    workers -= 1;
    if (workers > 0) return;
    patch((batch) => ({ ...batch, running: false }));
    tellIdle();
  }

  /**
   * `ms` is the time that the batch took for this file: from the score before it where that came after its own start, as the
   * file was being read meanwhile. So the rows' times add up to the batch's.
   */
  async function scoreFile(file: File): Promise<ScoredFile> {
    const runId = context.nextRunId();
    const failed = { file: pathOf(file), probability: null, logit: null, verdict: null, reasons: [], width: null, height: null };
    let startedMs = context.nowMs();
    const msTaken = (): number => context.nowMs() - Math.max(startedMs, lastScoreMs);
    try {
      const { blob, headerSize } = await context.acceptPhoto(file);
      const sourcePixels = headerSize === null ? null : headerSize.width * headerSize.height;
      const isEarly = store.getState().model.state !== 'ready';
      const manifest = await whenModelReady(store);
      if (isEarly) startedMs = context.nowMs();
      const result = await context.engine.analyse({ runId, photo: blob, sourcePixels, crop: null, keepMaps: false });
      const { source, probability, logit, verdict, reasons, notes } = judgePhoto(
        { result, manifest },
        { fileName: file.name, origin: 'own', coachNotes: [] },
      );
      const { side } = manifest.network.input;
      const thumb = shrinkRgb(result.inputRgb, side, Math.min(side, cache.nextThumbPx));
      store.setState({ runs: store.getState().runs + 1 });
      const ms = msTaken();
      lastScoreMs = context.nowMs();
      const { width, height } = source;
      const row = { file: pathOf(file), probability, logit, verdict, reasons, width, height, ms, error: null };
      return { row, notes, thumb };
    } catch (error) {
      return { row: { ...failed, ms: msTaken(), error: toErrorFacts(error).code }, notes: [], thumb: null };
    }
  }

  /** Drops the files that still wait, with their entries; finished rows stay. */
  function cancelBatch(): void {
    generation += 1;
    workers = 0;
    waiting = [];
    patch((batch) => ({ ...batch, running: false, entries: batch.entries.filter(({ row }) => row !== null) }));
    const left = new Set(store.getState().batch.entries.map(({ id }) => id));
    for (const id of files.keys()) if (!left.has(id)) files.delete(id);
    tellIdle();
  }

  function clearBatch(): void {
    cancelBatch();
    files.clear();
    cache.dropThumbs();
    tables.clear();
    patch(() => ({ running: false, entries: [], finished: 0, skipped: 0, labelRows: 0, labelError: null }));
  }

  /** The photo of a row; null where it is gone. */
  function batchFile(id: number): File | null {
    return files.get(id) ?? null;
  }

  return { run: runBatch, cancel: cancelBatch, clear: clearBatch, fileOf: batchFile };
}
