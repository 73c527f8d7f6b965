import { Mutex } from '../domain/mutex';
import type { RunId } from '../domain/analysis';
import { SLOTS, type AnalysisFacts, type AppState, type Slot } from '../store/app-state';
import { selectIsBusy } from '../store/select-status';
import type { FlowContext } from './flow-context';
import { patchEvidence } from './judge-again';
import { scoreOtherViews } from './score-views';

/**
 * The other seven views of what stands on the screen, a pass each, when nothing else is asked of the engine: the range of their
 * scores comes after the score and never delays one. A photo that leaves ends its own.
 */
export function createViewReview(context: FlowContext) {
  const { store, second, cache, whenIdle, nextTask } = context;
  const turns = new Mutex();

  /** null: it left the screen, or its views are known, or given up, by now. */
  function openResult(runId: RunId): AnalysisFacts | null {
    const slot = slotOf(store.getState(), runId);
    const result = slot === null ? null : store.getState().photos[slot].result;
    // How far views may differ is known of the model that ships alone.
    return result?.viewLogits.length === 0 && !result.manifest.own ? result : null;
  }

  /**
   * The person has their time before the first view, and after whatever else they asked for; else one view follows the other, each
   * a call of its own, so that what is asked for meanwhile waits for one at most.
   */
  function waitingForQuiet(runId: RunId): () => Promise<boolean> {
    let wait = whenIdle;
    return async () => {
      for (;;) {
        await wait();
        if (openResult(runId) === null) return false;
        const isQuiet = !selectIsBusy(store.getState());
        wait = isQuiet ? nextTask : whenIdle;
        if (isQuiet) return true;
      }
    };
  }

  /** Never rejects: without the range the score stands as it is, and it is known that no more come. */
  async function review(runId: RunId, mayGoOn: () => boolean | Promise<boolean>): Promise<void> {
    const inputRgb = cache.photo(runId)?.inputRgb ?? null;
    const result = openResult(runId);
    if (result === null || inputRgb === null) return;
    const { side } = result.manifest.network.input;
    const others = await scoreOtherViews(second.of(runId), inputRgb, side, mayGoOn).catch(() => []);
    const slot = slotOf(store.getState(), runId);
    if (others === null || slot === null || openResult(runId) === null) return;
    patchEvidence(context, slot, { viewLogits: [result.logit, ...others] });
  }

  return {
    /** Of every photo on the screen whose views are not known. */
    reviewViews: async (): Promise<void> => {
      await turns.runExclusive(async () => {
        for (const slot of SLOTS) {
          const { result } = store.getState().photos[slot];
          if (result !== null) await review(result.runId, waitingForQuiet(result.runId));
        }
      });
    },
    /** Of one photo on the screen, whatever else goes on: somebody waits for what is said of it in the end. */
    reviewNow: (runId: RunId): Promise<void> => review(runId, () => openResult(runId) !== null),
  };
}

function slotOf({ photos }: AppState, runId: RunId): Slot | null {
  return SLOTS.find((slot) => photos[slot].result?.runId === runId) ?? null;
}
