import { toErrorFacts } from '../domain/errors';
import type { BatchRow } from '../domain/csv';
import type { BatchEntry, BatchFacts } from '../store/app-state';
import type { FlowContext } from './flow-context';
import { toFacts } from './analyse-photo';
import { whenModelReady } from './load-model';

interface WaitingFile {
  readonly id: number;
  readonly file: File;
}

/**
 * Scores many photos one after another, without maps. Files added while it runs, or after it is done, are appended.
 * A file that fails becomes a row with its error code and the next one goes on.
 */
export function createBatchUseCases(context: FlowContext) {
  const { store } = context;
  let waiting: WaitingFile[] = [];
  let lastId = 0;
  /** Grows with every cancel, so that a file under way when it happened writes no row. */
  let generation = 0;

  function patch(change: (batch: BatchFacts) => BatchFacts): void {
    store.setState(({ batch }) => ({ batch: change(batch) }));
  }

  /** Resolves when no file waits any more. Never rejects. */
  async function runBatch(files: readonly File[]): Promise<void> {
    const added = files.map((file) => {
      lastId += 1;
      return { id: lastId, file };
    });
    waiting.push(...added);
    const wasRunning = store.getState().batch.running;
    const entries: BatchEntry[] = added.map(({ id, file }) => ({ id, file: file.name, row: null }));
    patch((batch) => ({ ...batch, running: waiting.length > 0, entries: [...batch.entries, ...entries] }));
    if (!wasRunning) await work(generation);
  }

  async function work(ownGeneration: number): Promise<void> {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const { id } = next;
      const row = await scoreFile(next.file);
      if (ownGeneration !== generation) return;
      patch((batch) => ({
        ...batch,
        finished: batch.finished + 1,
        entries: batch.entries.map((entry) => (entry.id === id ? { ...entry, row } : entry)),
      }));
    }
    patch((batch) => ({ ...batch, running: false }));
  }

  async function scoreFile(file: File): Promise<BatchRow> {
    const runId = context.nextRunId();
    const failed = { file: file.name, probability: null, logit: null, verdict: null, reasons: [], width: null, height: null };
    const startedMs = context.nowMs();
    try {
      const { blob } = await context.acceptPhoto(file);
      const manifest = await whenModelReady(store);
      const endTurn = await context.turns.take();
      try {
        const result = await context.engine.analyse({ runId, photo: blob, crop: null, keepMaps: false });
        const { source, ...facts } = toFacts(result, manifest, file.name, 'own');
        store.setState({ runs: store.getState().runs + 1 });
        const { probability, logit, verdict, reasons } = facts;
        const ms = context.nowMs() - startedMs;
        return { file: file.name, probability, logit, verdict, reasons, width: source.width, height: source.height, ms, error: null };
      } finally {
        endTurn();
      }
    } catch (error) {
      return { ...failed, ms: context.nowMs() - startedMs, error: toErrorFacts(error).code };
    }
  }

  /** Drops the files that still wait, with their entries; finished rows stay. */
  function cancelBatch(): void {
    generation += 1;
    waiting = [];
    patch((batch) => ({ ...batch, running: false, entries: batch.entries.filter(({ row }) => row !== null) }));
  }

  function clearBatch(): void {
    cancelBatch();
    patch(() => ({ running: false, entries: [], finished: 0 }));
  }

  return { runBatch, cancelBatch, clearBatch };
}
