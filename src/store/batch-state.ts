import type { BatchCropFacts, BatchEntry } from '../domain/batch-view';
import type { ErrorFacts } from '../domain/errors';
import type { MeanMoves } from '../domain/mean-moves';
import type { WorkFacts } from './app-state';

/** What the batch's scores lean on, as far as it was measured. */
export interface BatchLeaningFacts extends WorkFacts {
  readonly moves: MeanMoves;
}

export interface BatchFacts {
  readonly running: boolean;
  readonly entries: readonly BatchEntry[];
  /** Entries that have a row and do not wait for another one. */
  readonly finished: number;
  /** Files that were no pictures and were left out. */
  readonly skipped: number;
  /** Pictures that the tables of labels name, here or not. */
  readonly labelRows: number;
  /** Why the last table of labels could not be used. */
  readonly labelError: ErrorFacts | null;
  /** Whether pictures from now on are judged by their eight views too. */
  readonly withViews: boolean;
  readonly crop: BatchCropFacts;
  /** What is kept of pictures from now on, see `ActivationChoice`; null: nothing. The numbers are in `HeavyCache.activations`. */
  readonly activations: string | null;
  /** Why the last export of them failed, or one of the rows could not be computed again. */
  readonly activationsError: ErrorFacts | null;
  /** null: nobody asked. */
  readonly leaning: BatchLeaningFacts | null;
}

export const NO_BATCH: BatchFacts = {
  running: false,
  entries: [],
  finished: 0,
  skipped: 0,
  labelRows: 0,
  labelError: null,
  withViews: false,
  crop: { way: 'centre', table: null, error: null },
  activations: null,
  activationsError: null,
  leaning: null,
};
