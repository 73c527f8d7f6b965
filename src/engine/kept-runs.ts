/** The latest runs, whose maps stay on the device until they are released. */
import { LensError } from '../domain/errors';
import type { RunId } from '../domain/analysis';
import type { ComputedRun, RunHandle } from './compute';

/**
 * Each holds 17.7 MB. Two photos stand side by side; a third run is there while a new photo takes the place of one.
 * More do not come: the app analyses one photo at a time and releases what was replaced before it begins the next.
 */
export const MAX_KEPT_RUNS = 3;

export interface KeptRuns {
  /** Takes the maps over. The oldest run gives way where there are too many. */
  keep(runId: RunId, run: ComputedRun): void;
  /** @throws LensError `unexpected` if the run's maps are not (or no longer) here. */
  find(runId: RunId): ComputedRun;
  /** Unknown ids are ignored. */
  release(runId: RunId): void;
}

/** @param free - lets a run's maps go. */
export function createKeptRuns(free: (run: RunHandle) => void): KeptRuns {
  /** In the order of analysis: the first is the oldest. */
  const runs = new Map<RunId, ComputedRun>();

  function release(runId: RunId): void {
    const kept = runs.get(runId);
    if (kept === undefined) return;
    free(kept.run);
    runs.delete(runId);
  }

  return {
    keep(runId, run) {
      release(runId);
      for (const oldest of runs.keys()) {
        if (runs.size < MAX_KEPT_RUNS) break;
        release(oldest);
      }
      runs.set(runId, run);
    },
    find(runId) {
      const kept = runs.get(runId);
      if (kept === undefined) throw new LensError('unexpected', `the maps of run ${runId} are not kept`);
      return kept;
    },
    release,
  };
}
