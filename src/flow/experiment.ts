import { toErrorFacts } from '../domain/errors';
import { Mutex } from '../domain/mutex';
import { CONV_LAYERS, type ConvLayerName } from '../domain/network';
import { calibrate } from '../domain/score';
import type { LayerMutes } from '../engine/protocol';
import { NO_EXPERIMENT, type AnalysisFacts, type ExperimentFacts, type ExperimentScore } from '../store/app-state';
import type { FlowContext } from './flow-context';

/** More changes than anybody undoes; the oldest are forgotten. */
const MAX_PAST = 200;

/** The filters of one layer that `mutes` silences, in ascending order. */
export function mutedFilters(mutes: readonly LayerMutes[], layer: string): readonly number[] {
  return mutes.find((m) => m.layer === layer)?.filters ?? [];
}

/** `mutes` with one layer's filters replaced; layers stay in the network's order, a layer without mutes is left out. */
export function withMutes(
  mutes: readonly LayerMutes[],
  layer: ConvLayerName,
  filters: readonly number[],
): readonly LayerMutes[] {
  const sorted = [...new Set(filters)].sort((a, b) => a - b);
  return CONV_LAYERS.flatMap(({ name }): readonly LayerMutes[] => {
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

  /** Computes the score of the experiment anew, for both photos. */
  async function refreshExperiment(): Promise<void> {
    latest += 1;
    const own = latest;
    const { result, second, experiment } = store.getState();
    const { mutes } = experiment;
    if (mutes.length === 0) {
      patch({ isRunning: false, a: null, b: null, error: null });
      return;
    }
    patch({ isRunning: true, error: null });
    // Of changes made while one is computed only the last is computed next.
    const endTurn = await turns.acquire();
    try {
      if (own !== latest) return;
      const a = result === null ? null : await score(result, mutes);
      if (own !== latest) return;
      const b = second === null ? null : await score(second, mutes);
      if (own !== latest) return;
      patch({ isRunning: false, a, b });
    } catch (error) {
      if (own === latest) patch({ isRunning: false, a: null, b: null, error: toErrorFacts(error) });
    } finally {
      endTurn();
    }
  }

  async function score({ runId, manifest }: AnalysisFacts, mutes: readonly LayerMutes[]): Promise<ExperimentScore> {
    const { logit, ms } = await engine.experiment(runId, mutes);
    return { runId, logit, probability: calibrate(logit, manifest.calibration), ms };
  }

  function change(mutes: readonly LayerMutes[]): Promise<void> {
    const { experiment } = store.getState();
    patch({ mutes, past: [...experiment.past, experiment.mutes].slice(-MAX_PAST) });
    return refreshExperiment();
  }

  function toggleMute(layer: ConvLayerName, filter: number): Promise<void> {
    const { mutes } = store.getState().experiment;
    const muted = mutedFilters(mutes, layer);
    const filters = muted.includes(filter) ? muted.filter((k) => k !== filter) : [...muted, filter];
    return change(withMutes(mutes, layer, filters));
  }

  /** Mutes every filter of the layer but these. */
  function keepOnly(layer: ConvLayerName, kept: readonly number[]): Promise<void> {
    const channels = CONV_LAYERS.find(({ name }) => name === layer)?.channels ?? 0;
    const others = Array.from({ length: channels }, (_, k) => k).filter((k) => !kept.includes(k));
    return change(withMutes(store.getState().experiment.mutes, layer, others));
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

  return { refreshExperiment, toggleMute, keepOnly, unmuteAll, undoMute };
}
