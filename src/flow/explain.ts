import { toErrorFacts } from '../domain/errors';
import { hasClosedFormHead, isConvolution, layerOf } from '../domain/network';
import { occlude, OCCLUSION_SIDE } from '../domain/occlusion';
import type { RunId } from '../domain/analysis';
import type { WorkFacts } from '../store/app-state';
import type { FlowContext } from './flow-context';

/** Filters and covered places a call: about a second on a slow device, so that progress moves and a cancel bites. */
const RANK_CHUNK = 4;
const OCCLUDE_CHUNK = 2;

/** A row of numbers that is measured bit by bit. */
interface Measurement {
  readonly runId: RunId;
  /** NaN: not measured yet. Filled from the first to the last. */
  readonly values: Float32Array<ArrayBuffer>;
  readonly chunk: number;
  readonly measure: (first: number, end: number) => Promise<Float32Array>;
  /** Puts the state of the work on the screen. */
  readonly show: (facts: WorkFacts) => void;
}

/**
 * Where the score comes from: effects of single filters, heat maps, the dense layer; all of photo A. Long work goes in
 * small calls between which other calls have their turn. A new start, a cancel or another photo ends it; what was measured
 * is kept and the next start goes on from there.
 */
export function createExplainUseCases(context: FlowContext) {
  const { store, engine, cache } = context;
  const latest = { ranking: 0, occlusion: 0 };

  function noteHeavyChange(): void {
    store.setState({ heavyVersion: store.getState().heavyVersion + 1 });
  }

  async function work(kind: keyof typeof latest, { runId, values, chunk, measure, show }: Measurement): Promise<void> {
    latest[kind] += 1;
    const own = latest[kind];
    const total = values.length;
    const unmeasured = values.findIndex(Number.isNaN);
    let done = unmeasured < 0 ? total : unmeasured;
    const tell = (state: WorkFacts['state'], error: WorkFacts['error'] = null): void => {
      show({ state, done, total, error });
    };
    try {
      while (done < total) {
        tell('running');
        const end = Math.min(total, done + chunk);
        const measured = await measure(done, end);
        if (own !== latest[kind]) return;
        values.set(measured, done);
        done = end;
        noteHeavyChange();
        if (store.getState().photos.a.result?.runId !== runId) {
          tell('cancelled');
          return;
        }
      }
      tell('done');
    } catch (error) {
      if (own === latest[kind]) tell('failed', toErrorFacts(error));
    }
  }

  function cancel(kind: keyof typeof latest): void {
    latest[kind] += 1;
    const { ranking, occlusion } = store.getState();
    if (kind === 'ranking' && ranking?.state === 'running') store.setState({ ranking: { ...ranking, state: 'cancelled' } });
    if (kind === 'occlusion' && occlusion?.state === 'running') {
      store.setState({ occlusion: { ...occlusion, state: 'cancelled' } });
    }
  }

  /** Reads what the head made of the photo, unless it is known. */
  async function explain(): Promise<void> {
    const { result } = store.getState().photos.a;
    if (result === null || !hasClosedFormHead(result.manifest.network) || cache.head(result.runId) !== null) return;
    try {
      cache.putHead(await engine.explainHead(result.runId));
      noteHeavyChange();
    } catch (error) {
      if (store.getState().photos.a.result?.runId !== result.runId) return;
      store.setState({ mapsError: toErrorFacts(error) });
    }
  }

  /** Mutes each filter of the layer in view by itself and measures how the logit changes. */
  async function rankFilters(): Promise<void> {
    const { photos, view } = store.getState();
    const { result } = photos.a;
    const { layer } = view;
    if (result === null || !isConvolution(result.manifest.network, layer)) return;
    const { runId, manifest } = result;
    const values = cache.effects(runId, layer) ?? unmeasured(layerOf(manifest.network, layer).channels);
    cache.putEffects(runId, layer, values);
    await work('ranking', {
      runId,
      values,
      chunk: RANK_CHUNK,
      measure: (first, end) => engine.muteEffects(runId, layer, first, end),
      show: (facts) => {
        store.setState({ ranking: { ...facts, runId, layer } });
      },
    });
  }

  /** Covers one place of the photo after another and measures how far the logit falls. */
  async function occludePlaces(): Promise<void> {
    const { result } = store.getState().photos.a;
    const inputRgb = result === null ? null : (cache.photo(result.runId)?.inputRgb ?? null);
    if (result === null || inputRgb === null) return;
    const { runId, logit, manifest } = result;
    const values = cache.occlusion(runId)?.values ?? unmeasured(OCCLUSION_SIDE ** 2);
    cache.putOcclusion(runId, { side: OCCLUSION_SIDE, values });
    await work('occlusion', {
      runId,
      values,
      chunk: OCCLUDE_CHUNK,
      measure: async (first, end) => {
        const inputs = new Uint8Array(inputRgb.length * (end - first));
        for (let cell = first; cell < end; cell += 1)
          inputs.set(occlude(inputRgb, manifest.network.input.side, cell), inputRgb.length * (cell - first));
        const logits = await engine.scoreInputs(inputs);
        return logits.map((covered) => logit - covered);
      },
      show: (facts) => {
        store.setState({ occlusion: { ...facts, runId } });
      },
    });
  }

  return {
    readHead: explain,
    rankFilters,
    occlude: occludePlaces,
    cancelRanking: () => {
      cancel('ranking');
    },
    cancelOcclusion: () => {
      cancel('occlusion');
    },
  };
}

function unmeasured(length: number): Float32Array<ArrayBuffer> {
  return new Float32Array(length).fill(Number.NaN);
}
