import { offeredActivations } from '../domain/activations';
import type { BatchEntry, CropWay } from '../domain/batch-view';
import { parseCrop } from '../domain/crop';
import type { BatchRow } from '../domain/csv';
import { toErrorFacts } from '../domain/errors';
import { isNoPicture, isTable, mayBePicture } from '../domain/file-names';
import { Mutex } from '../domain/mutex';
import type { BatchFacts } from '../store/batch-state';
import { BatchCrops, type CropPlan } from './batch-crops';
import { BatchLabels, isNamedLabels, pathOf } from './batch-labels';
import { createBatchLeaning } from './batch-leaning';
import { exportActivations } from './export-activations';
import type { FlowContext } from './flow-context';
import { scoreFile, type ScoredFile } from './score-file';

interface WaitingFile {
  readonly id: number;
  readonly file: File;
  /** The row that it has already and that a new one shall replace. */
  readonly before: BatchRow | null;
  readonly plan: CropPlan;
}

/** One is computed, one has been read and decoded, and the one after is on its way to the engine. */
const FILES_AT_ONCE = 3;

/** Worth trying; the rest is left out with a count. A file that was chosen by itself is tried whatever its ending. */
function isWorthTrying(file: File): boolean {
  const path = pathOf(file);
  return path === file.name ? !isNoPicture(path) : mayBePicture(path, file.type);
}

export function createBatchUseCases(context: FlowContext) {
  const crops = new BatchCrops(context);
  const batch = new Batch(context, crops);
  const leaning = createBatchLeaning(context, (id) => batch.fileOf(id));
  return {
    ...leaning,
    run: (chosen: readonly File[]) => batch.run(chosen),
    cancel: () => {
      batch.cancel();
    },
    clear: () => {
      leaning.cancelLeaning();
      batch.clear();
    },
    fileOf: (id: number) => batch.fileOf(id),
    /** Which square of the files from now on is scored. */
    setCropWay: (way: CropWay) => {
      crops.setWay(way);
    },
    readCropTable: (file: File) => crops.readTable(file),
    /** Whether pictures from now on are judged by their eight views too, as a single photo is: seven further passes each. */
    setWithViews: (withViews: boolean) => {
      context.store.setState((state) => ({ batch: { ...state.batch, withViews } }));
    },
    /** What is kept of pictures from now on, see `ActivationChoice`; null: nothing. What was kept before stays. */
    setActivations: (activations: string | null) => {
      context.store.setState((state) => ({ batch: { ...state.batch, activations, activationsError: null } }));
    },
    computeMissing: () => batch.computeMissing(),
    exportActivations: () => exportActivations(context),
  };
}

/**
 * Scores many photos one after another, without maps. Files added while it runs, or after it is done, are appended.
 * A file that fails becomes a row with its error code and the next one goes on. A table of labels, or folders named benign
 * and malignant, tell which scores are right.
 */
class Batch {
  readonly #context: FlowContext;
  readonly #crops: BatchCrops;
  readonly #labels = new BatchLabels();
  #waiting: WaitingFile[] = [];
  /** For opening a row's photo: a File is a handle, its bytes stay on the disk. */
  readonly #files = new Map<number, File>();
  #lastId = 0;
  /** Grows with every cancel, so that a file under way when it happened writes no row. */
  #generation = 0;
  /** Of the present generation. */
  #workers = 0;
  #tellIdle = (): void => undefined;
  readonly #viewTurns = new Mutex();
  /** When the last score was there, by `nowMs`. */
  #lastScoreMs = -Infinity;

  constructor(context: FlowContext, crops: BatchCrops) {
    this.#context = context;
    this.#crops = crops;
  }

  #patch(change: (batch: BatchFacts) => Partial<BatchFacts>): void {
    this.#context.store.setState(({ batch }) => ({ batch: { ...batch, ...change(batch) } }));
  }

  /** Resolves when no file waits any more; at once where others were under way already. Never rejects. */
  async run(chosen: readonly File[]): Promise<void> {
    // One file alone is meant: it fails with its own sentence.
    const others = chosen.filter(({ name }) => !isTable(name));
    const pictures = others.filter((file) => chosen.length === 1 || isWorthTrying(file));
    let skipped = others.length - pictures.length;
    for (const table of chosen.filter(({ name }) => isTable(name))) {
      if (!(await this.#readLabels(table, isNamedLabels(table) || chosen.length === 1))) skipped += 1;
    }
    const added = pictures.map((file) => this.#enqueue(file));
    this.#patch((batch) => ({ entries: [...batch.entries, ...added], skipped: batch.skipped + skipped }));
    await this.#start();
  }

  /**
   * Computes those rows again of which the activations that are chosen are not kept, by the model that is loaded. Each keeps the
   * row that it has until the new one is there, also where the file cannot be read any more. Does nothing while a batch runs.
   */
  async computeMissing(): Promise<void> {
    const { model, batch } = this.#context.store.getState();
    if (model.state !== 'ready' || batch.running) return;
    const { manifest } = model.facts;
    const name = offeredActivations(manifest.network, batch.activations);
    if (name === null) return;
    for (const { id, row } of batch.entries) {
      const file = this.fileOf(id);
      if (row === null || row.error !== null || file === null) continue;
      if (!this.#context.cache.hasActivations(id, name, manifest)) {
        // The square that the row has, whatever it was chosen by.
        const plan = { way: 'table', wanted: parseCrop(row.crop ?? '') } as const;
        this.#waiting.push({ id, file, before: row, plan });
      }
    }
    this.#patch(({ finished }) => ({ finished: finished - this.#waiting.length, activationsError: null }));
    await this.#start();
  }

  /** Resolves when no file waits any more; at once where others were under way already. */
  async #start(): Promise<void> {
    if (this.#waiting.length === 0) return;
    const wasRunning = this.#context.store.getState().batch.running;
    this.#patch(() => ({ running: true }));
    const idle = new Promise<void>((resolve) => {
      if (!wasRunning) this.#tellIdle = resolve;
    });
    // A run that was near its end has lost workers already: without new ones nothing would be read ahead.
    while (this.#workers < FILES_AT_ONCE && this.#waiting.length > 0) {
      this.#workers += 1;
      void this.#work(this.#generation);
    }
    if (!wasRunning) await idle;
  }

  #enqueue(file: File): BatchEntry {
    this.#lastId += 1;
    const id = this.#lastId;
    this.#files.set(id, file);
    const plan = this.#crops.planFor(file);
    this.#waiting.push({ id, file, before: null, plan });
    const path = pathOf(file);
    return {
      id,
      file: file.name,
      path,
      row: null,
      notes: [],
      cropWay: plan.way,
      cropNote: null,
      predicted: null,
      ...this.#labels.of(path),
    };
  }

  /** @returns Whether the file counts as dealt with: read, or its error shown. */
  async #readLabels(file: File, isMeant: boolean): Promise<boolean> {
    try {
      await this.#labels.read(file);
      this.#patch(({ entries }) => ({
        labelError: null,
        labelRows: this.#labels.pictures,
        entries: entries.map((entry) => ({ ...entry, ...this.#labels.of(entry.path) })),
      }));
      return true;
    } catch (error) {
      const labelError = toErrorFacts(error);
      // Without the app's own part nobody knows whether it is a table of labels.
      const isShown = isMeant || labelError.code === 'app-part-missing';
      if (isShown) this.#patch(() => ({ labelError }));
      return isShown;
    }
  }

  async #work(ownGeneration: number): Promise<void> {
    for (let next = this.#waiting.shift(); next !== undefined; next = this.#waiting.shift()) {
      const isWanted = (): boolean => ownGeneration === this.#generation;
      const hadViews = next.before?.views === true;
      const place = { lastScoreMs: () => this.#lastScoreMs, hadViews, isWanted, viewTurns: this.#viewTurns };
      const scored = await scoreFile(this.#context, next.file, next.plan, place);
      if (scored.row.error === null) this.#lastScoreMs = this.#context.nowMs();
      if (!isWanted()) return;
      this.#take(next, scored);
    }
    this.#workers -= 1;
    if (this.#workers > 0) return;
    this.#patch(() => ({ running: false }));
    this.#tellIdle();
  }

  #take({ id, before }: WaitingFile, { thumb, activations, cropNote, ...scored }: ScoredFile): void {
    const { cache } = this.#context;
    const { row } = scored;
    if (row.error !== null && before !== null) {
      const activationsError = { code: row.error, detail: row.file };
      this.#patch(({ finished }) => ({ finished: finished + 1, activationsError }));
      return;
    }
    if (thumb !== null) cache.putThumb(id, thumb);
    if (activations !== null) cache.putActivations(id, activations);
    this.#patch(({ finished, entries }) => ({
      finished: finished + 1,
      entries: entries.map((entry) =>
        entry.id === id ? { ...entry, ...scored, ...(before === null ? { cropNote } : {}) } : entry,
      ),
    }));
  }

  /** Drops the files that still wait, with their entries where they have no row; rows stay. */
  cancel(): void {
    this.#generation += 1;
    this.#workers = 0;
    this.#waiting = [];
    this.#patch(({ entries }) => {
      const left = entries.filter(({ row }) => row !== null);
      return { running: false, entries: left, finished: left.length };
    });
    const left = new Set(this.#context.store.getState().batch.entries.map(({ id }) => id));
    for (const id of this.#files.keys()) if (!left.has(id)) this.#files.delete(id);
    this.#tellIdle();
  }

  clear(): void {
    this.cancel();
    this.#files.clear();
    this.#context.cache.dropRows();
    this.#labels.clear();
    this.#patch(() => ({
      running: false,
      entries: [],
      finished: 0,
      skipped: 0,
      labelRows: 0,
      labelError: null,
      activationsError: null,
      leaning: null,
    }));
  }

  /** The photo of a row; null where it is gone. */
  fileOf(id: number): File | null {
    return this.#files.get(id) ?? null;
  }
}
