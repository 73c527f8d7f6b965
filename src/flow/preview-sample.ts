import { selectIsBusy } from '../store/select-status';
import { noteHeavyChange } from '../store/app-store';
import { SLOTS } from '../store/app-state';
import type { FlowContext } from './flow-context';

/**
 * Before a first photo the viewer shows what the network sees in a drawn sample: the maps of the layer in view come into
 * `HeavyCache.preview`. It counts as no analysis, gives no score, waits for everything else, and whatever keeps it from working
 * is not told: nobody asked for it. Left out where a pass takes seconds, and for a person's own model.
 */
export function createPreview({
  store,
  engine,
  cache,
  turns,
  nextRunId,
  paintSample,
  whenIdle,
}: FlowContext): () => Promise<void> {
  let isRunning = false;

  function isWanted(): boolean {
    const { model, photos, view } = store.getState();
    if (model.state !== 'ready' || selectIsBusy(store.getState())) return false;
    const { backend, manifest } = model.facts;
    if (backend === 'cpu' || manifest.own !== undefined) return false;
    const isEmpty = SLOTS.every((slot) => photos[slot].result === null && photos[slot].phase.state !== 'running');
    return isEmpty && cache.preview?.layer !== view.layer;
  }

  async function compute(): Promise<void> {
    const runId = nextRunId();
    const photo = await paintSample('irregular');
    const endTurn = await turns.acquire();
    try {
      if (!isWanted()) return;
      await engine.analyse({ runId, photo, isWhole: true, crop: null, keepMaps: true });
      cache.preview = await engine.readLayer(runId, store.getState().view.layer);
      noteHeavyChange(store);
    } finally {
      endTurn();
      await engine.release(runId);
    }
  }

  return async () => {
    if (isRunning) return;
    isRunning = true;
    try {
      await whenIdle();
      while (isWanted()) await compute();
    } catch {
      // The viewer keeps what it has.
    } finally {
      isRunning = false;
    }
  };
}
