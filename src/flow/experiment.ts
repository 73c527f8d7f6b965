import { toErrorFacts } from '../domain/errors';
import { calibrationOf } from '../domain/judge';
import { Mutex } from '../domain/mutex';
import { findLayer, type NetworkShape } from '../domain/network';
import { calibrate } from '../domain/score';
import type { LayerMutes } from '../domain/analysis';
import { NO_EXPERIMENT, type AnalysisFacts, type ExperimentFacts, type ExperimentScore } from '../store/app-state';
import { patchSlot } from '../store/app-store';
import { selectNetwork } from '../store/select-network';
import type { FlowContext } from './flow-context';

/** More changes than anybody undoes; the oldest are forgotten. */
const MAX_PAST = 200;

/** The filters of one layer that `mutes` silences, in ascending order. */
export function mutedFilters(mutes: readonly LayerMutes[], layer: string): readonly number[] {
  return mutes.find((m) => m.layer === layer)?.filters ?? [];
}

/** `mutes` with one layer's filters replaced; layers stay in the network's order, a layer without mutes is left out. */
export function withMutes(
  { layers }: NetworkShape,
  mutes: readonly LayerMutes[],
  layer: string,
  filters: readonly number[],
): readonly LayerMutes[] {
  const sorted = [...new Set(filters)].sort((a, b) => a - b);
  return layers.flatMap(({ name }): readonly LayerMutes[] => {
    if (name === layer) return sorted.length === 0 ? [] : [{ layer, filters: sorted }];
    return mutes.filter((m) => m.layer === name);
  });
}

/** Muting filters and seeing what the score becomes. The latest change wins; without mutes the measured score stands. */
export function createExperimentUseCases({ store, engine }: FlowContext) {
  const turns = new Mutex();
  let latest = 0;

  function patch(change: Partial<ExperimentFacts>): void {
    store.setState({ experiment: { ...store.getState().experiment, ...change } });
  }

  function showScores(a: ExperimentScore | null, b: ExperimentScore | null): void {
    patchSlot(store, 'a', { experiment: a });
    patchSlot(store, 'b', { experiment: b });
  }

  /** Computes the score of the experiment anew, for both photos. */
  async function refreshExperiment(): Promise<void> {
    latest += 1;
    const own = latest;
    const { photos, experiment } = store.getState();
    const { mutes } = experiment;
    if (mutes.length === 0) {
      showScores(null, null);
      patch({ isRunning: false, error: null });
      return;
    }
    patch({ isRunning: true, error: null });
    // Of changes made while one is computed only the last is computed next.
    const endTurn = await turns.acquire();
    try {
      if (own !== latest) return;
      const a = await score(photos.a.result, mutes);
      if (own !== latest) return;
      // A number of a filter names nothing in another model.
      const b = store.getState().own.compared === null ? await score(photos.b.result, mutes) : null;
      if (own !== latest) return;
      showScores(a, b);
      patch({ isRunning: false });
    } catch (error) {
      if (own !== latest) return;
      showScores(null, null);
      patch({ isRunning: false, error: toErrorFacts(error) });
    } finally {
      endTurn();
    }
  }

  async function score(facts: AnalysisFacts | null, mutes: readonly LayerMutes[]): Promise<ExperimentScore | null> {
    if (facts === null) return null;
    const { runId, manifest, kind } = facts;
    const { logit, ms } = await engine.experiment(runId, mutes);
    return { runId, logit, probability: calibrate(logit, calibrationOf(kind, manifest)), ms };
  }

  function change(mutes: readonly LayerMutes[]): Promise<void> {
    const { experiment } = store.getState();
    patch({ mutes, past: [...experiment.past, experiment.mutes].slice(-MAX_PAST) });
    return refreshExperiment();
  }

  function toggleMute(layer: string, filter: number): Promise<void> {
    const { mutes } = store.getState().experiment;
    const muted = mutedFilters(mutes, layer);
    const filters = muted.includes(filter) ? muted.filter((k) => k !== filter) : [...muted, filter];
    return change(withMutes(selectNetwork(store.getState()), mutes, layer, filters));
  }

  /** Mutes every filter of the layer but these. */
  function keepOnly(layer: string, kept: readonly number[]): Promise<void> {
    const network = selectNetwork(store.getState());
    const channels = findLayer(network, layer)?.channels ?? 0;
    const others = Array.from({ length: channels }, (_, k) => k).filter((k) => !kept.includes(k));
    return change(withMutes(network, store.getState().experiment.mutes, layer, others));
  }

  function unmuteAll(): Promise<void> {
    return store.getState().experiment.mutes.length === 0 ? Promise.resolve() : change(NO_EXPERIMENT.mutes);
  }

  function undoMute(): Promise<void> {
    const { past } = store.getState().experiment;
    const before = past.at(-1);
    if (before === undefined) return Promise.resolve();
    patch({ mutes: before, past: past.slice(0, -1) });
    return refreshExperiment();
  }

  /** What is under way reaches the screen no more. */
  function overtake(): void {
    latest += 1;
  }

  return { overtake, refresh: refreshExperiment, toggleMute, keepOnly, unmuteAll, undo: undoMute };
}
