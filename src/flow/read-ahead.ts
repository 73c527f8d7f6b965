import { findLayer, type MapLayer } from '../domain/network';
import type { RunId } from '../domain/analysis';
import { SLOTS } from '../store/app-state';
import type { FlowContext } from './flow-context';

/**
 * Brings the other layers of the photos on the screen into the cache, those beside the one in view first, when nothing else is asked
 * of the engine: choosing one then waits for nothing but its drawing.
 */
export function createReadAhead({ store, engine, cache, nextTask, whenIdle }: FlowContext): () => Promise<void> {
  let isRunning = false;

  /** What to read next; null: all that the cache has room for is there. */
  function nextMissing(): { readonly runId: RunId; readonly layer: MapLayer } | null {
    const { photos, view } = store.getState();
    for (const slot of SLOTS) {
      const { result } = photos[slot];
      if (result === null) continue;
      const { runId, manifest } = result;
      const { layers } = manifest.network;
      const here = findLayer(manifest.network, view.layer);
      const distance = (layer: MapLayer): number => (here === null ? 0 : Math.abs(layers.indexOf(layer) - layers.indexOf(here)));
      const nearest = layers
        .filter((layer) => cache.layer(runId, layer.name) === null && cache.hasRoom(runId, layer))
        .sort((p, q) => distance(p) - distance(q));
      if (nearest[0] !== undefined) return { runId, layer: nearest[0] };
    }
    return null;
  }

  return async () => {
    if (isRunning) return;
    isRunning = true;
    try {
      await whenIdle();
      for (let next = nextMissing(); next !== null; next = nextMissing()) {
        cache.putLayer(await engine.readLayer(next.runId, next.layer.name));
        await nextTask();
      }
    } catch {
      // Whoever chooses a layer that cannot be read is told then.
    } finally {
      isRunning = false;
    }
  };
}
