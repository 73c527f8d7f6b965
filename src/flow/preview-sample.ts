import type { LoadedModel } from '../domain/loaded-model';
import type { ModelManifest } from '../domain/manifest';
import { convolutionBehind } from '../domain/network';
import { isSoftwareRenderer } from '../domain/software-renderer';
import { selectIsBusy } from '../store/select-status';
import { noteHeavyChange } from '../store/app-store';
import { SLOTS } from '../store/app-state';
import type { FlowContext } from './flow-context';

/** Whether a pass takes seconds. */
export function isSlow({ backend, backendDetail }: LoadedModel): boolean {
  return backend === 'cpu' || (backend === 'webgl' && isSoftwareRenderer(backendDetail));
}

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

  /** Of pools the convolution before them is shown. */
  function layerToShow({ network }: ModelManifest): string {
    return convolutionBehind(network, store.getState().view.layer).name;
  }

  function isWanted(): boolean {
    const { model, photos } = store.getState();
    if (model.state !== 'ready' || selectIsBusy(store.getState())) return false;
    const { manifest } = model.facts;
    if (isSlow(model.facts) || manifest.own !== undefined) return false;
    const isEmpty = SLOTS.every((slot) => photos[slot].result === null && photos[slot].phase.state !== 'running');
    return isEmpty && cache.preview?.layer !== layerToShow(manifest);
  }

  async function compute(): Promise<void> {
    const runId = nextRunId();
    const photo = await paintSample('irregular');
    const endTurn = await turns.acquire();
    try {
      const { model } = store.getState();
      if (!isWanted() || model.state !== 'ready') return;
      await engine.analyse({ runId, photo, isWhole: true, crop: null, keepMaps: true });
      cache.preview = await engine.readLayer(runId, layerToShow(model.facts.manifest));
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
