import { toErrorFacts, type ErrorFacts } from '../domain/errors';
import type { ModelManifest } from '../domain/manifest';
import { assessPhoto } from '../domain/photo-quality';
import { calibrate, decideVerdict } from '../domain/score';
import type { SyntheticLesionKind } from '../domain/synthetic-lesion';
import type { AnalyseResult, LayerMaps, RunId } from '../engine/protocol';
import type { AnalysisFacts, PhotoOrigin, RunningPhoto, Slot } from '../store/app-state';
import type { FlowContext } from './flow-context';
import { whenModelReady } from './load-model';
import { readLayer, strongestFilter } from './view-maps';

/** A photo to come: a sample is drawn only when it is its turn. */
interface PhotoSource {
  readonly slot: Slot;
  readonly fileName: string;
  readonly origin: PhotoOrigin;
  readonly getFile: () => Promise<Blob>;
}

/** The state's field that holds a slot's result. */
const RESULT_OF = { a: 'result', b: 'second' } as const satisfies Record<Slot, 'result' | 'second'>;

/**
 * One photo, from file to screen. The latest photo of a slot wins: an overtaken one changes nothing on the screen and its
 * maps are freed. A photo that fails leaves the last result and its maps as they are. Never rejects.
 *
 * @param onPublish - Called when a new result, or none, has taken a slot.
 */
export function createAnalyseUseCases(context: FlowContext, onPublish: () => void) {
  const { engine, store, cache, turns } = context;
  const latestRun: Record<Slot, RunId> = { a: 0, b: 0 };
  let failed: PhotoSource | null = null;

  function analysePhoto(file: File, slot: Slot = 'a'): Promise<void> {
    return analyse({ slot, fileName: file.name, origin: 'own', getFile: () => Promise.resolve(file) });
  }

  function analyseSample(kind: SyntheticLesionKind, slot: Slot = 'a'): Promise<void> {
    return analyse({ slot, fileName: `${kind}-synthetic.png`, origin: kind, getFile: () => context.paintSample(kind) });
  }

  /** The photo that failed last, once more; without one, the photos on the screen, whose maps may have been lost. */
  async function tryAgain(): Promise<void> {
    if (store.getState().session.state === 'failed' && failed !== null) {
      await analyse(failed);
      return;
    }
    for (const slot of ['a', 'b'] as const) {
      const facts = store.getState()[RESULT_OF[slot]];
      const photo = facts === null ? null : cache.photo(facts.runId);
      if (facts === null || photo === null) continue;
      const { fileName, origin } = facts;
      await analyse({ slot, fileName, origin, getFile: () => Promise.resolve(photo.blob) });
    }
  }

  async function analyse(source: PhotoSource): Promise<void> {
    const { slot, fileName, origin, getFile } = source;
    failed = null;
    const runId = context.nextRunId();
    latestRun[slot] = runId;
    const isStale = (): boolean => runId !== latestRun[slot];
    const showStep = (step: RunningPhoto['step']): void => {
      store.setState({ session: { state: 'running', photo: { runId, slot, fileName, origin, step } } });
    };
    try {
      showStep('checking');
      const { blob } = await context.acceptPhoto(await getFile());
      if (isStale()) return;
      cache.putPhoto(runId, { blob, url: context.createObjectUrl(blob), inputRgb: null });
      if (store.getState().model.state !== 'ready') showStep('waiting');
      const manifest = await whenModelReady(store);
      const endTurn = await turns.take();
      try {
        if (isStale()) return;
        showStep('computing');
        const result = await engine.analyse({ runId, photo: blob, crop: null, keepMaps: true });
        const maps = isStale() ? null : await readMapsOrError(runId);
        if (isStale() || maps === null) return;
        publish(slot, toFacts(result, manifest, fileName, origin), result, maps);
      } finally {
        endTurn();
      }
    } catch (error) {
      if (isStale()) return;
      failed = source;
      store.setState({ session: { state: 'failed', fileName, error: toErrorFacts(error) } });
    } finally {
      if (store.getState()[RESULT_OF[slot]]?.runId !== runId) freeRun(runId);
    }
  }

  async function readMapsOrError(runId: RunId): Promise<LayerMaps | ErrorFacts> {
    try {
      return await readLayer(context, runId, store.getState().view.layer);
    } catch (error) {
      return toErrorFacts(error);
    }
  }

  /** Puts score and maps on the screen in one step, then frees what stood there before. */
  function publish(slot: Slot, facts: AnalysisFacts, { inputRgb }: AnalyseResult, maps: LayerMaps | ErrorFacts): void {
    const before = store.getState();
    const photo = cache.photo(facts.runId);
    if (photo !== null) cache.putPhoto(facts.runId, { ...photo, inputRgb });
    const { view, session } = before;
    const isRead = 'values' in maps;
    const key = isRead ? { runId: maps.runId, layer: maps.layer } : null;
    const strongest = isRead && maps.layer === view.layer ? strongestFilter(maps.mean) : null;
    store.setState({
      // Another photo may have been put in meanwhile, for the other slot.
      session: session.state === 'running' && session.photo.runId !== facts.runId ? session : { state: 'done' },
      [RESULT_OF[slot]]: facts,
      maps: { ...before.maps, [slot]: key, error: isRead ? null : maps },
      view: { ...view, filter: view.filter ?? strongest },
      runs: before.runs + 1,
    });
    const replaced = before[RESULT_OF[slot]];
    if (replaced !== null) freeRun(replaced.runId);
    onPublish();
  }

  function freeRun(runId: RunId): void {
    cache.drop(runId);
    // A failed release frees nothing that matters to the person: the engine frees all runs when it is loaded anew.
    engine.release(runId).catch(() => undefined);
  }

  /** Takes the second photo off the screen; one that is under way for its place is dropped. */
  function removeSecond(): void {
    latestRun.b = context.nextRunId();
    const { second, session, result, maps, experiment } = store.getState();
    const isRunning = session.state === 'running' && session.photo.slot === 'b';
    store.setState({
      second: null,
      maps: { ...maps, b: null },
      experiment: { ...experiment, b: null },
      session: isRunning ? { state: result === null ? 'empty' : 'done' } : session,
    });
    if (second !== null) freeRun(second.runId);
    onPublish();
  }

  /** A becomes B and B becomes A. Without a second photo, or while one is computed, nothing happens. */
  function swapPhotos(): void {
    const { result, second, maps, session, experiment } = store.getState();
    if (result === null || second === null || session.state === 'running') return;
    store.setState({
      result: second,
      second: result,
      maps: { ...maps, a: maps.b, b: maps.a },
      experiment: { ...experiment, a: experiment.b, b: experiment.a },
    });
    onPublish();
  }

  return { analysePhoto, analyseSample, tryAgain, removeSecond, swapPhotos };
}

export function toFacts(
  result: AnalyseResult,
  manifest: ModelManifest,
  fileName: string,
  origin: PhotoOrigin,
): AnalysisFacts {
  const { runId, source, crop, logit, timings } = result;
  const { reasons } = assessPhoto(result.inputRgb, crop);
  const probability = calibrate(logit, manifest.calibration);
  const verdict = decideVerdict(probability, manifest.threshold, reasons);
  return { runId, fileName, origin, source, crop, logit, probability, verdict, reasons, timings, manifest };
}
