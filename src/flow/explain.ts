import { toErrorFacts } from '../domain/errors';
import { hasClosedFormHead, isConvolution, layerOf } from '../domain/network';
import { occlude, OCCLUSION_SIDE } from '../domain/occlusion';
import { noteHeavyChange } from '../store/app-store';
import type { FlowContext } from './flow-context';
import { StepwiseWork } from './stepwise-work';

/** Filters and covered places a call: about a second on a slow device, so that progress moves and a cancel bites. */
const RANK_CHUNK = 4;
const OCCLUDE_CHUNK = 2;

/** Where the score comes from: effects of single filters, heat maps, the dense layer; all of photo A. */
export function createExplainUseCases(context: FlowContext) {
  const ranking = new StepwiseWork(context.store);
  const occlusion = new StepwiseWork(context.store);
  return {
    readHead: () => readHead(context),
    rankFilters: () => rankFilters(context, ranking),
    occlude: () => occludePlaces(context, occlusion),
    cancelRanking: () => {
      ranking.cancel();
      const { ranking: facts } = context.store.getState();
      if (facts?.state === 'running') context.store.setState({ ranking: { ...facts, state: 'cancelled' } });
    },
    cancelOcclusion: () => {
      occlusion.cancel();
      const { occlusion: facts } = context.store.getState();
      if (facts?.state === 'running') context.store.setState({ occlusion: { ...facts, state: 'cancelled' } });
    },
  };
}

/** Reads what the head made of the photo, unless it is known. */
async function readHead({ store, engine, cache }: FlowContext): Promise<void> {
  const { result } = store.getState().photos.a;
  if (result === null || !hasClosedFormHead(result.manifest.network) || cache.head(result.runId) !== null) return;
  try {
    cache.putHead(await engine.explainHead(result.runId));
    noteHeavyChange(store);
  } catch (error) {
    if (store.getState().photos.a.result?.runId !== result.runId) return;
    store.setState({ mapsError: toErrorFacts(error) });
  }
}

/** Mutes each filter of the layer in view by itself and measures how the logit changes. */
async function rankFilters({ store, engine, cache }: FlowContext, work: StepwiseWork): Promise<void> {
  const { photos, view } = store.getState();
  const { result } = photos.a;
  const { layer } = view;
  if (result === null || !isConvolution(result.manifest.network, layer)) return;
  const { runId, manifest } = result;
  const values = cache.effects(runId, layer) ?? unmeasured(layerOf(manifest.network, layer).channels);
  cache.putEffects(runId, layer, values);
  await work.start({
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
async function occludePlaces({ store, engine, cache }: FlowContext, work: StepwiseWork): Promise<void> {
  const { result } = store.getState().photos.a;
  const inputRgb = result === null ? null : (cache.photo(result.runId)?.inputRgb ?? null);
  if (result === null || inputRgb === null) return;
  const { runId, logit, manifest } = result;
  const values = cache.occlusion(runId)?.values ?? unmeasured(OCCLUSION_SIDE ** 2);
  cache.putOcclusion(runId, { side: OCCLUSION_SIDE, values });
  await work.start({
    runId,
    values,
    chunk: OCCLUDE_CHUNK,
    measure: async (first, end) => {
      const inputs = new Uint8Array(inputRgb.length * (end - first));
      for (let cell = first; cell < end; cell += 1) {
        inputs.set(occlude(inputRgb, manifest.network.input.side, cell), inputRgb.length * (cell - first));
      }
      const logits = await engine.scoreInputs(inputs);
      return logits.map((covered) => logit - covered);
    },
    show: (facts) => {
      store.setState({ occlusion: { ...facts, runId } });
    },
  });
}

function unmeasured(length: number): Float32Array<ArrayBuffer> {
  return new Float32Array(length).fill(Number.NaN);
}
