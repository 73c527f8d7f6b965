/** The maps of the latest runs, which stay on the device until they are released. */
import { dispose } from '@tensorflow/tfjs-core';
import { LensError } from '../domain/errors';
import type { ForwardPass } from './model';
import type { RunId } from '../domain/analysis';

/**
 * Each holds 17.7 MB. Two photos stand side by side; a third run is there while a new photo takes the place of one.
 * More do not come: the app analyses one photo at a time and releases what was replaced before it begins the next.
 */
export const MAX_KEPT_RUNS = 3;

export interface KeptRuns {
  /** Takes the maps over. The oldest run gives way where there are too many. */
  keep(runId: RunId, pass: ForwardPass): void;
  /** @throws LensError `unexpected` if the run's maps are not (or no longer) here. */
  find(runId: RunId): ForwardPass;
  /** Unknown ids are ignored. */
  release(runId: RunId): void;
  dispose(): void;
}

/** @param onRelease - called before a run's maps are freed. */
export function createKeptRuns(onRelease: (run: ForwardPass) => void = () => undefined): KeptRuns {
  /** In the order of analysis: the first is the oldest. */
  const runs = new Map<RunId, ForwardPass>();

  function release(runId: RunId): void {
    const run = runs.get(runId);
    if (run === undefined) return;
    onRelease(run);
    dispose([...run.maps]);
    runs.delete(runId);
  }

  return {
    keep(runId, pass) {
      release(runId);
      for (const oldest of runs.keys()) {
        if (runs.size < MAX_KEPT_RUNS) break;
        release(oldest);
      }
      runs.set(runId, pass);
    },
    find(runId) {
      const run = runs.get(runId);
      if (run === undefined) throw new LensError('unexpected', `the maps of run ${runId} are not kept`);
      return run;
    },
    release,
    dispose() {
      for (const runId of [...runs.keys()]) release(runId);
    },
  };
}
