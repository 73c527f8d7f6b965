import type { CoachCode } from '../domain/coach';
import { isSameChoice } from '../domain/crop';
import { LensError, toErrorFacts, type ErrorFacts } from '../domain/errors';
import type { CropChoice } from '../domain/geometry';
import type { ModelManifest } from '../domain/manifest';
import { assessPhoto } from '../domain/photo-quality';
import { calibrate, decideVerdict } from '../domain/score';
import type { SyntheticLesionKind } from '../domain/synthetic-lesion';
import type { AnalyseRequest, AnalyseResult, LayerMaps, RunId } from '../engine/protocol';
import { NO_CROPPING, type AnalysisFacts, type CropFacts, type PhotoOrigin, type RunningPhoto, type Slot } from '../store/app-state';
import type { FlowContext } from './flow-context';
import { whenModelReady } from './load-model';
import { readLayer, strongestFilter } from './view-maps';

/** A photo to come: a sample is drawn only when it is its turn. */
interface PhotoSource {
  readonly slot: Slot;
  readonly fileName: string;
  readonly origin: PhotoOrigin;
  readonly coachNotes: readonly CoachCode[];
  /** null: the default crop. */
  readonly choice: CropChoice | null;
  /** null: another square of the photo that stands in the slot, which was accepted before. */
  readonly getFile: (() => Promise<Blob>) | null;
}

/** A photo that was accepted, and its object URL. */
interface ReadPhoto {
  readonly blob: Blob;
  readonly url: string;
}

interface PhotoEvents {
  readonly onOpen: () => void;
  readonly onPublish: () => void;
}

/** The state's field that holds a slot's result. */
export const RESULT_OF = { a: 'result', b: 'second' } as const satisfies Record<Slot, 'result' | 'second'>;

/**
 * One photo, from file to screen. The latest photo of a slot wins: an overtaken one changes nothing on the screen and its
 * maps are freed. A photo that fails leaves the last result and its maps as they are. Never rejects.
 *
 * @param onOpen - Called when another photo (not another square of one) comes in.
 * @param onPublish - Called when a new result, or none, has taken a slot.
 */
export function createAnalyseUseCases(context: FlowContext, { onOpen, onPublish }: PhotoEvents) {
  const { engine, store, cache, turns } = context;
  const latestRun: Record<Slot, RunId> = { a: 0, b: 0 };
  /** The run of a photo that is to take a slot; another square of what stands there is none. */
  const comingPhoto: Record<Slot, RunId | null> = { a: null, b: null };
  let failed: PhotoSource | null = null;

  /** @param coachNotes - What the camera's coach still had to say; it goes with the photo. */
  function analysePhoto(file: File, slot: Slot = 'a', coachNotes: readonly CoachCode[] = []): Promise<void> {
    const getFile = (): Promise<Blob> => Promise.resolve(file);
    return analyse({ slot, fileName: file.name, origin: 'own', coachNotes, choice: null, getFile });
  }

  function analyseSample(kind: SyntheticLesionKind, slot: Slot = 'a'): Promise<void> {
    const getFile = (): Promise<Blob> => context.paintSample(kind);
    return analyse({ slot, fileName: `${kind}-synthetic.png`, origin: kind, coachNotes: [], choice: null, getFile });
  }

  /** Scores another square of the photo that stands in a slot; nothing leaves the screen meanwhile. */
  async function analyseCrop(slot: Slot, choice: CropChoice): Promise<void> {
    const facts = store.getState()[RESULT_OF[slot]];
    if (facts === null || comingPhoto[slot] !== null) return;
    const { fileName, origin, coachNotes } = facts;
    await analyse({ slot, fileName, origin, coachNotes, choice, getFile: null });
  }

  /** Lets no run of an earlier square reach the screen. The caller sees to it that another one follows. */
  function overtakeCrop(slot: Slot): void {
    latestRun[slot] = context.nextRunId();
  }

  function setCropping(slot: Slot, change: Partial<CropFacts>): void {
    const { crops } = store.getState();
    store.setState({ crops: { ...crops, [slot]: { ...crops[slot], ...change } } });
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
      const { fileName, origin, coachNotes, crop, quarterTurns } = facts;
      const choice = { crop, quarterTurns };
      await analyse({ slot, fileName, origin, coachNotes, choice, getFile: () => Promise.resolve(photo.blob) });
    }
  }

  async function readPhoto({ slot, getFile }: PhotoSource): Promise<ReadPhoto> {
    if (getFile !== null) {
      const { blob, type } = await context.acceptPhoto(await getFile());
      // Few browsers show HEIC, and decoding it anew for every square would take seconds.
      return { blob: type === 'heic' ? await engine.makeShowable(blob) : blob, url: '' };
    }
    const photo = cache.photo(store.getState()[RESULT_OF[slot]]?.runId ?? 0);
    if (photo === null) throw new LensError('unexpected', 'the photo to crop is gone');
    return photo;
  }

  async function analyse(source: PhotoSource): Promise<void> {
    const { slot, fileName, origin, choice } = source;
    const isRecrop = source.getFile === null;
    failed = null;
    const runId = context.nextRunId();
    latestRun[slot] = runId;
    if (!isRecrop) {
      comingPhoto[slot] = runId;
      setCropping(slot, NO_CROPPING);
      onOpen();
    }
    const isStale = (): boolean => runId !== latestRun[slot];
    const showStep = (step: RunningPhoto['step']): void => {
      store.setState({ session: { state: 'running', photo: { runId, slot, fileName, origin, step, isRecrop } } });
    };
    try {
      showStep('checking');
      const { blob, url } = await readPhoto(source);
      if (isStale()) return;
      cache.putPhoto(runId, { blob, url: url === '' ? context.createObjectUrl(blob) : url, inputRgb: null });
      if (store.getState().model.state !== 'ready') showStep('waiting');
      const manifest = await whenModelReady(store);
      const endTurn = await turns.take();
      try {
        if (isStale()) return;
        showStep('computing');
        const result = await engine.analyse({ runId, photo: blob, ...toRequest(choice), keepMaps: true });
        const maps = isStale() ? null : await readMapsOrError(runId);
        if (isStale() || maps === null) return;
        await publish(slot, toFacts(result, manifest, fileName, origin, source.coachNotes), result, maps);
      } finally {
        endTurn();
      }
    } catch (error) {
      if (isStale()) return;
      failed = source;
      // The square jumps back to where the score is from.
      setCropping(slot, { wanted: null });
      store.setState({ session: { state: 'failed', fileName, error: toErrorFacts(error) } });
    } finally {
      if (comingPhoto[slot] === runId) comingPhoto[slot] = null;
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

  /**
   * Puts the score on the screen, in a task of its own the maps, then frees what stood there before: both in one would keep
   * the page from answering for too long. The analysis counts as finished with the second.
   */
  async function publish(
    slot: Slot,
    facts: AnalysisFacts,
    { inputRgb }: AnalyseResult,
    maps: LayerMaps | ErrorFacts,
  ): Promise<void> {
    const before = store.getState();
    const photo = cache.photo(facts.runId);
    if (photo !== null) cache.putPhoto(facts.runId, { ...photo, inputRgb });
    const { wanted } = before.crops[slot];
    const isWanted = wanted !== null && isSameChoice(wanted, facts);
    store.setState({
      [RESULT_OF[slot]]: facts,
      crops: isWanted ? { ...before.crops, [slot]: { ...before.crops[slot], wanted: null } } : before.crops,
    });
    await context.nextTask();
    const replaced = before[RESULT_OF[slot]];
    const now = store.getState();
    // The second photo may have been taken off the screen meanwhile.
    if (now[RESULT_OF[slot]]?.runId === facts.runId) showMaps(slot, facts, maps);
    if (replaced !== null) freeRun(replaced.runId);
    onPublish();
  }

  function showMaps(slot: Slot, facts: AnalysisFacts, maps: LayerMaps | ErrorFacts): void {
    const { view, session, maps: shown, runs } = store.getState();
    const isRead = 'values' in maps;
    const key = isRead ? { runId: maps.runId, layer: maps.layer } : null;
    const strongest = isRead && maps.layer === view.layer ? strongestFilter(maps.mean) : null;
    store.setState({
      // Another photo may have been put in meanwhile, for the other slot.
      session: session.state === 'running' && session.photo.runId !== facts.runId ? session : { state: 'done' },
      maps: { ...shown, [slot]: key, error: isRead ? null : maps },
      view: { ...view, filter: view.filter ?? strongest },
      runs: runs + 1,
    });
  }

  function freeRun(runId: RunId): void {
    cache.drop(runId);
    // A failed release frees nothing that matters to the person: the engine frees all runs when it is loaded anew.
    engine.release(runId).catch(() => undefined);
  }

  /** Takes the second photo off the screen; one that is under way for its place is dropped. */
  function removeSecond(): void {
    latestRun.b = context.nextRunId();
    comingPhoto.b = null;
    if (failed?.slot === 'b') failed = null;
    setCropping('b', NO_CROPPING);
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

  /** A becomes B and B becomes A. Without a second photo, or while one is computed or cropped, nothing happens. */
  function swapPhotos(): void {
    const { result, second, maps, session, experiment, crops } = store.getState();
    if (result === null || second === null || session.state === 'running') return;
    if ([crops.a, crops.b].some(({ wanted, finding }) => wanted !== null || finding.state === 'running')) return;
    failed = null;
    store.setState({
      crops: { a: crops.b, b: crops.a },
      result: second,
      second: result,
      maps: { ...maps, a: maps.b, b: maps.a },
      experiment: { ...experiment, a: experiment.b, b: experiment.a },
    });
    onPublish();
  }

  return {
    useCases: { analysePhoto, analyseSample, tryAgain, removeSecond, swapPhotos },
    cropping: {
      analyseCrop,
      overtakeCrop,
      setCropping,
      isPhotoComing: (slot: Slot): boolean => comingPhoto[slot] !== null,
    },
  };
}

/** What the use cases of cropping need of those of analysing. */
export type Cropping = ReturnType<typeof createAnalyseUseCases>['cropping'];

function toRequest(choice: CropChoice | null): Pick<AnalyseRequest, 'crop' | 'quarterTurns'> {
  return choice ?? { crop: null };
}

export function toFacts(
  result: AnalyseResult,
  manifest: ModelManifest,
  fileName: string,
  origin: PhotoOrigin,
  coachNotes: readonly CoachCode[] = [],
): AnalysisFacts {
  const { runId, source, crop, quarterTurns, logit, timings, backend } = result;
  const { measures, reasons, notes } = assessPhoto(result.inputRgb, crop);
  const probability = calibrate(logit, manifest.calibration);
  const verdict = decideVerdict(probability, manifest.threshold, reasons);
  return {
    runId,
    fileName,
    origin,
    source,
    crop,
    quarterTurns,
    logit,
    probability,
    verdict,
    reasons,
    measures,
    notes,
    coachNotes,
    timings,
    backend,
    manifest,
  };
}
