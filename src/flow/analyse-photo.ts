import { toErrorFacts } from '../domain/errors';
import type { ModelManifest } from '../domain/manifest';
import { assessPhoto } from '../domain/photo-quality';
import { calibrate, decideVerdict } from '../domain/score';
import type { SyntheticLesionKind } from '../domain/synthetic-lesion';
import type { AnalyseResult, RunId } from '../engine/protocol';
import type { AnalysisFacts, MapFacts, PhotoOrigin, RunningPhoto } from '../store/app-state';
import type { FlowContext } from './flow-context';
import { whenModelReady } from './load-model';
import { mapFacts, readVisibleMaps } from './view-maps';

const NO_MAPS: MapFacts = { layer: null, filter: null, error: null };

/** A photo to come: a sample is drawn only when it is its turn. */
interface PhotoSource {
  readonly fileName: string;
  readonly origin: PhotoOrigin;
  readonly getFile: () => Promise<Blob>;
}

/**
 * One photo, from file to screen. The latest photo wins: an overtaken one changes nothing on the screen and its maps
 * are freed. A photo that fails leaves the last result and its maps as they are. Never rejects.
 *
 * @param refreshMaps - Called when the view may have moved on while the photo was computed.
 */
export function createAnalyseUseCases(context: FlowContext, refreshMaps: () => Promise<void>) {
  const { engine, store, cache, turns } = context;
  let latestRun: RunId = 0;
  let failed: PhotoSource | null = null;

  function analysePhoto(file: File): Promise<void> {
    return analyse({ fileName: file.name, origin: 'own', getFile: () => Promise.resolve(file) });
  }

  function analyseSample(kind: SyntheticLesionKind): Promise<void> {
    return analyse({ fileName: `${kind}-synthetic.png`, origin: kind, getFile: () => context.paintSample(kind) });
  }

  /** The photo that failed last, once more; without one, the photo on the screen, whose maps may have been lost. */
  function tryAgain(): Promise<void> {
    const { session, result } = store.getState();
    if (session.state === 'failed' && failed !== null) return analyse(failed);
    const photo = result === null ? null : cache.photo(result.runId);
    if (result === null || photo === null) return Promise.resolve();
    const { fileName, origin } = result;
    return analyse({ fileName, origin, getFile: () => Promise.resolve(photo.blob) });
  }

  async function analyse(source: PhotoSource): Promise<void> {
    const { fileName, origin, getFile } = source;
    failed = null;
    const runId = context.nextRunId();
    latestRun = runId;
    const isStale = (): boolean => runId !== latestRun;
    const showStep = (step: RunningPhoto['step']): void => {
      store.setState({ session: { state: 'running', photo: { runId, fileName, origin, step } } });
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
        const maps = isStale() ? NO_MAPS : await readMapsOrError(runId);
        if (isStale()) return;
        publish(toFacts(result, manifest, fileName, origin), result, maps);
      } finally {
        endTurn();
      }
      void refreshMaps();
    } catch (error) {
      if (isStale()) return;
      failed = source;
      store.setState({ session: { state: 'failed', fileName, error: toErrorFacts(error) } });
    } finally {
      if (store.getState().result?.runId !== runId) freeRun(runId);
    }
  }

  async function readMapsOrError(runId: RunId): Promise<MapFacts> {
    try {
      return mapFacts(await readVisibleMaps(context, runId, store.getState().view));
    } catch (error) {
      return { ...NO_MAPS, error: toErrorFacts(error) };
    }
  }

  /** Puts score and maps on the screen in one step, then frees what stood there before. */
  function publish(facts: AnalysisFacts, { inputRgb }: AnalyseResult, maps: MapFacts): void {
    const before = store.getState();
    const photo = cache.photo(facts.runId);
    if (photo !== null) cache.putPhoto(facts.runId, { ...photo, inputRgb });
    const { view } = before;
    const strongest = maps.filter?.layer === view.layer ? maps.filter.filter : null;
    store.setState({
      session: { state: 'done' },
      result: facts,
      maps,
      view: { ...view, filter: view.filter ?? strongest },
      runs: before.runs + 1,
    });
    if (before.result !== null) freeRun(before.result.runId);
  }

  function freeRun(runId: RunId): void {
    cache.drop(runId);
    // A failed release frees nothing that matters to the person: the engine frees all runs when it is loaded anew.
    engine.release(runId).catch(() => undefined);
  }

  return { analysePhoto, analyseSample, tryAgain };
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
