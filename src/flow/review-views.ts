import { Mutex } from '../domain/mutex';
import type { RunId } from '../domain/analysis';
import { SLOTS, type AnalysisFacts, type AppState, type Slot } from '../store/app-state';
import type { FlowContext } from './flow-context';
import { patchEvidence } from './judge-again';
import { scoreOtherViews } from './score-views';

/**
 * The other seven views of what stands on the screen, a pass each, when nothing else is asked of the engine: the range of their
 * scores comes after the score and never delays one. A photo that leaves ends its own.
 */
export function createViewReview(context: FlowContext) {
  const { store, engine, cache, whenIdle } = context;
  const turns = new Mutex();

  async function waitForQuiet(runId: RunId): Promise<Slot | null> {
    for (;;) {
      await whenIdle();
      const slot = slotOf(store.getState(), runId);
      if (slot === null || !isBusy(store.getState())) return slot;
    }
  }

  /** The upright view alone: no more come. */
  function giveUp(runId: RunId): void {
    const slot = slotOf(store.getState(), runId);
    if (slot !== null) patchEvidence(context, slot, { viewLogits: [store.getState().photos[slot].result!.logit] });
  }

  async function review({ runId, manifest }: AnalysisFacts): Promise<void> {
    const { side } = manifest.network.input;
    const inputRgb = cache.photo(runId)?.inputRgb ?? null;
    if (inputRgb === null) return;
    const logits = await scoreOtherViews(engine, inputRgb, side, async () => (await waitForQuiet(runId)) !== null);
    const slot = slotOf(store.getState(), runId);
    if (logits === null || slot === null) return;
    const { logit } = store.getState().photos[slot].result!;
    patchEvidence(context, slot, { viewLogits: [logit, ...logits] });
  }

  /** Of every photo on the screen whose views are not known. Never rejects: without the range the score stands as it is. */
  return async function reviewViews(): Promise<void> {
    await turns.runExclusive(async () => {
      for (const slot of SLOTS) {
        const { result } = store.getState().photos[slot];
        if (result !== null && result.viewLogits.length === 0) await review(result).catch(() => giveUp(result.runId));
      }
    });
  };
}

function slotOf({ photos }: AppState, runId: RunId): Slot | null {
  return SLOTS.find((slot) => photos[slot].result?.runId === runId) ?? null;
}

function isBusy({ photos, experiment, ranking, occlusion, liking, leaning, batch }: AppState): boolean {
  const works = [ranking, occlusion, liking, leaning, batch.leaning];
  return (
    batch.running ||
    experiment.isRunning ||
    SLOTS.some((slot) => photos[slot].phase.state === 'running') ||
    works.some((work) => work?.state === 'running')
  );
}
