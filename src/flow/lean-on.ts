import { toErrorFacts } from '../domain/errors';
import { SHORTCUTS } from '../domain/shortcut-masks';
import type { LeaningFacts } from '../store/app-state';
import { noteHeavyChange } from '../store/app-store';
import type { FlowContext } from './flow-context';

/** What the score of photo A leans on: one thing after another is erased, a pass each. Another photo ends it. */
export function createLeaningUseCases({ store, engine, cache }: FlowContext) {
  return {
    eraseShortcuts: async (): Promise<void> => {
      const { result } = store.getState().photos.a;
      const inputRgb = result === null ? null : (cache.photo(result.runId)?.inputRgb ?? null);
      if (result === null || inputRgb === null || store.getState().leaning?.state === 'running') return;
      const { runId } = result;
      const show = (change: Pick<LeaningFacts, 'state' | 'done'> & Partial<LeaningFacts>): void => {
        store.setState({ leaning: { runId, total: SHORTCUTS.length, error: null, ...change } });
        noteHeavyChange(store);
      };
      cache.putErased(runId, []);
      show({ state: 'running', done: 0 });
      try {
        for (const [i, shortcut] of SHORTCUTS.entries()) {
          const erased = await engine.eraseShortcut(inputRgb, shortcut);
          if (store.getState().photos.a.result?.runId !== runId) {
            // What was measured of the photo that is there now may be shown by now.
            if (store.getState().leaning?.runId === runId) show({ state: 'cancelled', done: i });
            return;
          }
          cache.putErased(runId, [...cache.erased(runId), erased]);
          show({ state: 'running', done: i + 1 });
        }
        show({ state: 'done', done: SHORTCUTS.length });
      } catch (error) {
        if (store.getState().leaning?.runId !== runId) return;
        show({ state: 'failed', done: cache.erased(runId).length, error: toErrorFacts(error) });
      }
    },
  };
}
