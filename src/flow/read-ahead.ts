import { findLayer, sharesLayer, type MapLayer } from '../domain/network';
import type { RunId } from '../domain/analysis';
import { SLOTS, type Slot } from '../store/app-state';
import { noteHeavyChange } from '../store/app-store';
import type { FlowContext } from './flow-context';

/**
 * Brings the other layers of the photos on the screen into the cache, those beside the one in view first, when nothing else is asked
 * of the engine: choosing one then waits for nothing but its drawing.
 */
export function createReadAhead({ store, second, cache, nextTask, whenIdle }: FlowContext): () => Promise<void> {
  let isRunning = false;

  /** Of B those layers alone are shown that A has too. */
  function isShown(slot: Slot, { name }: MapLayer): boolean {
    const { a, b } = store.getState().photos;
    if (slot === 'a' || a.result === null || b.result === null) return true;
    return sharesLayer(a.result.manifest.network, b.result.manifest.network, name);
  }

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
        .filter((layer) => isShown(slot, layer) && cache.layer(runId, layer.name) === null && cache.hasRoom(runId, layer))
        .sort((p, q) => distance(p) - distance(q));
      if (nearest[0] !== undefined) return { runId, layer: nearest[0] };
    }
    return null;
  }

  return async () => {
    if (isRunning) return;
    isRunning = true;
    let hasRead = false;
    try {
      await whenIdle();
      for (let next = nextMissing(); next !== null; next = nextMissing()) {
        cache.putLayer(await second.of(next.runId).readLayer(next.runId, next.layer.name));
        hasRead = true;
        await nextTask();
      }
    } catch {
      // Whoever chooses a layer that cannot be read is told then.
    } finally {
      isRunning = false;
      // Once for all of them: only the strip of a person's own model shows other layers than the one in view.
      if (hasRead) noteHeavyChange(store);
    }
  };
}
