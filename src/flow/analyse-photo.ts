import type { CoachCode } from '../domain/coach';
import { isSameChoice } from '../domain/crop';
import { LensError, toErrorFacts, type ErrorFacts } from '../domain/errors';
import type { CropChoice } from '../domain/geometry';
import { judge, type Evidence } from '../domain/judge';
import type { ModelManifest } from '../domain/manifest';
import { MAX_PIXELS } from '../domain/photo-limits';
import { assessPhoto } from '../domain/photo-quality';
import type { PictureKind } from '../domain/probes';
import type { SyntheticLesionKind } from '../domain/synthetic-lesion';
import type { AnalyseResult, LayerMaps, RunId } from '../domain/analysis';
import {
  EMPTY_SLOT,
  IDLE,
  NO_CROPPING,
  SLOTS,
  type AnalysisFacts,
  type CropFacts,
  type RunningPhoto,
  type Slot,
} from '../store/app-state';
import { patchSlot } from '../store/app-store';
import type { CachedPhoto } from '../store/heavy-cache';
import type { FlowContext } from './flow-context';
import { whenModelReady, withModel } from './load-model';
import type { PhotoRun, PhotoRuns, PhotoSource } from './photo-runs';
import { readLayer, strongestFilter } from './view-maps';

/** A photo that was accepted; `url`: null, it has none yet. */
type ReadPhoto = Pick<CachedPhoto, 'blob' | 'shown'> & {
  readonly url: string | null;
  /** It was looked through for damage already. */
  readonly isWhole: boolean;
};

interface ComputedPhoto {
  readonly result: AnalyseResult;
  readonly manifest: ModelManifest;
  readonly maps: LayerMaps | ErrorFacts;
}

/** What the steps of one photo share. */
interface PhotoDesk {
  readonly context: FlowContext;
  readonly runs: PhotoRuns;
  /** Called when another photo (not another square of one) comes in. */
  readonly onOpen: () => void;
  /** Called when a new result, or none, has taken a slot. */
  readonly onPublish: () => void;
}

/**
 * One photo, from file to screen: read, computed, judged, published. The latest photo of a slot wins: an overtaken one
 * changes nothing on the screen and its maps are freed. A photo that fails leaves the last result and its maps as they are.
 * Never rejects.
 */
async function analyse(desk: PhotoDesk, slot: Slot, source: PhotoSource): Promise<void> {
  const { context, runs } = desk;
  const run = openRun(desk, slot, source);
  try {
    showStep(desk, run, 'checking');
    const photo = await readPhoto(desk, run);
    if (runs.isStale(run)) return;
    const { blob, shown } = photo;
    context.cache.putPhoto(run.id, { blob, shown, url: photo.url ?? context.createObjectUrl(shown), inputRgb: null });
    if (context.store.getState().model.state !== 'ready') showStep(desk, run, 'waiting');
    await whenModelReady(context.store);
    const endTurn = await context.turns.acquire();
    try {
      if (runs.isStale(run)) return;
      showStep(desk, run, 'computing');
      const computed = await computePhoto(desk, run, photo);
      if (computed !== null)
        await publishPhoto(
          desk,
          run,
          judgePhoto(computed, nowSaid(context, run), context.store.getState().preferences.line),
          computed,
        );
    } finally {
      endTurn();
    }
  } catch (error) {
    if (!runs.isStale(run)) showFailure(desk, run, toErrorFacts(error));
  } finally {
    closeRun(desk, run);
  }
}

function openRun({ context, runs, onOpen }: PhotoDesk, slot: Slot, source: PhotoSource): PhotoRun {
  const run = runs.start(context.nextRunId(), slot, source);
  if (source.kind === 'photo') {
    const { store } = context;
    patchSlot(store, slot, { crop: NO_CROPPING });
    store.setState({ intakeError: null });
    // What was wrong before is no news any more, but for a first photo that came together with this second one.
    const other = slot === 'a' ? 'b' : 'a';
    const { phase, result } = store.getState().photos[other];
    if (phase.state === 'failed' && (slot === 'a' || result !== null)) patchSlot(store, other, { phase: IDLE });
    onOpen();
  }
  return run;
}

function showStep({ context }: PhotoDesk, { id, slot, source }: PhotoRun, step: RunningPhoto['step']): void {
  const { fileName, origin, kind } = source;
  patchSlot(context.store, slot, {
    phase: { state: 'running', photo: { runId: id, fileName, origin, step, isRecrop: kind === 'square' } },
  });
}

async function readPhoto({ context }: PhotoDesk, { slot, source }: PhotoRun): Promise<ReadPhoto> {
  const { store, cache, engine } = context;
  if (source.kind === 'photo') {
    const { blob, type, orientation, headerSize } = await context.acceptPhoto(await source.getFile());
    // It is scaled down. What is scored stays the file, which says how large the photo is.
    const isLarge = headerSize !== null && headerSize.width * headerSize.height > MAX_PIXELS;
    // Few browsers show HEIC, and decoding it anew for every square would take seconds. Some would show others unturned.
    const shown = type === 'heic' || orientation !== 1 || isLarge ? await engine.makeShowable(blob) : blob;
    return { blob: isLarge ? blob : shown, shown, url: null, isWhole: shown !== blob };
  }
  const { result } = store.getState().photos[slot];
  const photo = result === null ? null : cache.photo(result.runId);
  if (photo === null) throw new LensError('unexpected', 'the photo to crop is gone');
  return { ...photo, isWhole: true };
}

/** The forward pass, and the maps of the layer in view. null: overtaken. */
async function computePhoto(
  { context, runs }: PhotoDesk,
  run: PhotoRun,
  { blob, isWhole }: ReadPhoto,
): Promise<ComputedPhoto | null> {
  const choice = run.source.choice ?? { crop: null };
  const { computed, manifest } = await withModel(context, async () => {
    const result = await context.engine.analyse({ runId: run.id, photo: blob, isWhole, ...choice, keepMaps: true });
    if (runs.isStale(run)) return null;
    return { result, maps: await readLayer(context, run.id, context.store.getState().view.layer).catch(toErrorFacts) };
  });
  return computed === null || runs.isStale(run) ? null : { ...computed, manifest };
}

/** What took a photo may have been said while another square of it was computed. */
function nowSaid({ store }: FlowContext, { slot, source }: PhotoRun): PhotoSource {
  const { result } = store.getState().photos[slot];
  return source.kind === 'square' && result !== null ? { ...source, saidKind: result.saidKind } : source;
}

/** Calibration, quality checks and verdict. @param line - The person's alarm line; null: the model's own. */
export function judgePhoto(
  { result, manifest }: Pick<ComputedPhoto, 'result' | 'manifest'>,
  { fileName, origin, coachNotes, saidKind }: Pick<PhotoSource, 'fileName' | 'origin' | 'coachNotes' | 'saidKind'>,
  line: number | null,
): AnalysisFacts {
  const { runId, source, crop, quarterTurns, logit, outputs, traits, timings, backend } = result;
  const { measures, reasons: qualityReasons, notes } = assessPhoto(result.inputRgb, crop, result.pixelNoise);
  const evidence: Evidence = { logit, traits, qualityReasons, saidKind, viewLogits: [] };
  return {
    ...evidence,
    ...judge(evidence, manifest, line),
    runId,
    fileName,
    origin,
    source,
    crop,
    quarterTurns,
    measures,
    notes,
    coachNotes,
    ...(outputs && { outputs }),
    timings,
    backend,
    manifest,
  };
}

/**
 * Puts the score on the screen, in a task of its own the maps, then frees what stood there before: both in one would keep
 * the page from answering for too long. The analysis counts as finished with the second.
 */
async function publishPhoto(
  desk: PhotoDesk,
  run: PhotoRun,
  facts: AnalysisFacts,
  { result, maps }: ComputedPhoto,
): Promise<void> {
  const { store, cache, nextTask } = desk.context;
  const photo = cache.photo(run.id);
  if (photo !== null) cache.putPhoto(run.id, { ...photo, inputRgb: result.inputRgb });
  const { crop, result: replaced } = store.getState().photos[run.slot];
  const isWanted = crop.wanted !== null && isSameChoice(crop.wanted, facts);
  patchSlot(store, run.slot, { result: facts, crop: isWanted ? { ...crop, wanted: null } : crop });
  await nextTask();
  // The second photo may have been taken off the screen meanwhile.
  if (store.getState().photos[run.slot].result?.runId === run.id) showMaps(desk, run, maps);
  if (replaced !== null) freeRun(desk, replaced.runId);
  desk.onPublish();
}

function showMaps({ context }: PhotoDesk, { id, slot }: PhotoRun, maps: LayerMaps | ErrorFacts): void {
  const { store } = context;
  const { view, photos, runs } = store.getState();
  const { phase } = photos[slot];
  const isRead = 'values' in maps;
  const strongest = isRead && maps.layer === view.layer ? strongestFilter(maps.mean) : null;
  // Another photo may have been put in meanwhile.
  const isOwn = phase.state !== 'running' || phase.photo.runId === id;
  patchSlot(store, slot, { phase: isOwn ? IDLE : phase, mapsKey: isRead ? { runId: maps.runId, layer: maps.layer } : null });
  store.setState({ mapsError: isRead ? null : maps, view: { ...view, filter: view.filter ?? strongest }, runs: runs + 1 });
}

function showFailure({ context, runs }: PhotoDesk, run: PhotoRun, error: ErrorFacts): void {
  runs.fail(run);
  const { crop } = context.store.getState().photos[run.slot];
  patchSlot(context.store, run.slot, {
    phase: { state: 'failed', fileName: run.source.fileName, error },
    // The square jumps back to where the score is from.
    crop: { ...crop, wanted: null },
  });
}

function closeRun(desk: PhotoDesk, run: PhotoRun): void {
  desk.runs.end(run);
  const { photos } = desk.context.store.getState();
  if (SLOTS.every((slot) => photos[slot].result?.runId !== run.id)) freeRun(desk, run.id);
  moveUp(desk);
}

/** A second photo without a first is the first: the score panel and the tools are about A. */
function moveUp(desk: PhotoDesk): void {
  const { photos, tutorial } = desk.context.store.getState();
  const { a, b } = photos;
  // The tutorial names its samples by their places.
  const isFirstMissing = tutorial === null && a.result === null && a.phase.state !== 'running';
  const isSecondThere = b.result !== null || b.phase.state === 'running';
  if (isFirstMissing && isSecondThere && isCropSettled(b.crop)) exchange(desk);
}

function isCropSettled({ wanted, finding }: CropFacts): boolean {
  return wanted === null && finding.state !== 'running';
}

function exchange({ context, runs, onPublish }: PhotoDesk): void {
  const { a, b } = context.store.getState().photos;
  runs.swap();
  context.store.setState({ photos: { a: b, b: a } });
  onPublish();
}

function freeRun({ context }: PhotoDesk, runId: RunId): void {
  context.cache.drop(runId);
  // A failed release frees nothing that matters to the person: the engine frees all runs when it is loaded anew.
  context.engine.release(runId).catch(() => undefined);
}

/** A becomes B and B becomes A. Without a second photo, or while one is computed or cropped, nothing happens. */
function swapPhotos(desk: PhotoDesk): void {
  const { photos } = desk.context.store.getState();
  const canSwap = SLOTS.every((slot) => {
    const { result, phase, crop } = photos[slot];
    return result !== null && phase.state !== 'running' && isCropSettled(crop);
  });
  if (canSwap) exchange(desk);
}

/** Takes the second photo off the screen; one that is under way for its place is dropped. */
function removeSecond(desk: PhotoDesk): void {
  const { store } = desk.context;
  const { result } = store.getState().photos.b;
  desk.runs.forget('b');
  patchSlot(store, 'b', EMPTY_SLOT);
  if (result !== null) freeRun(desk, result.runId);
  desk.onPublish();
}

/** The photo that failed, once more; without one, the photos on the screen, whose maps may have been lost. */
async function tryAgain(desk: PhotoDesk): Promise<void> {
  const { store } = desk.context;
  for (const slot of SLOTS) {
    const source = store.getState().photos[slot].phase.state === 'failed' ? desk.runs.failed(slot) : null;
    if (source === null) continue;
    await analyse(desk, slot, source);
    return;
  }
  await recompute(desk);
}

/** The photos on the screen, once more: another model computes them. */
async function recompute(desk: PhotoDesk): Promise<void> {
  const { store, cache } = desk.context;
  for (const slot of SLOTS) {
    const { result, phase } = store.getState().photos[slot];
    const photo = result === null ? null : cache.photo(result.runId);
    // What is under way sees to it itself (`withModel`).
    if (result === null || photo === null || phase.state === 'running') continue;
    const { fileName, origin, coachNotes, saidKind, crop, quarterTurns } = result;
    const getFile = (): Promise<Blob> => Promise.resolve(photo.blob);
    const choice = { crop, quarterTurns };
    await analyse(desk, slot, { kind: 'photo', fileName, origin, coachNotes, saidKind, choice, getFile });
  }
}

/** Takes the error that is shown off the screen; the last good result is what remains. */
function dismissError({ context, runs }: PhotoDesk): void {
  const { store } = context;
  const { own } = store.getState();
  if (own.error !== null) {
    store.setState({ own: { ...own, error: null } });
    return;
  }
  if (store.getState().intakeError !== null) {
    store.setState({ intakeError: null });
    return;
  }
  const slot = SLOTS.find((s) => store.getState().photos[s].phase.state === 'failed');
  if (slot === undefined) {
    store.setState({ mapsError: null });
    return;
  }
  runs.forgetFailure(slot);
  patchSlot(store, slot, { phase: IDLE });
}

/** What goes with a photo besides its file. */
export interface KnownOfPhoto {
  /** What the camera's coach still had to say. */
  readonly coachNotes?: readonly CoachCode[];
  /** What the person said before of what took it; null: nothing. */
  readonly saidKind?: PictureKind | null;
  /** Which square of it was scored before; null: the largest centred one. */
  readonly choice?: CropChoice | null;
}

/** @param rest - see `PhotoDesk`. */
export function createAnalyseUseCases(context: FlowContext, rest: Pick<PhotoDesk, 'runs' | 'onOpen' | 'onPublish'>) {
  const desk: PhotoDesk = { context, ...rest };
  const { store } = context;

  return {
    photo: {
      analyse: (file: File, slot: Slot = 'a', known: KnownOfPhoto = {}): Promise<void> => {
        const getFile = (): Promise<Blob> => Promise.resolve(file);
        const before = { coachNotes: [], saidKind: null, choice: null, ...known };
        return analyse(desk, slot, { kind: 'photo', fileName: file.name, origin: 'own', ...before, getFile });
      },
      analyseSample: (kind: SyntheticLesionKind, slot: Slot = 'a'): Promise<void> => {
        const getFile = (): Promise<Blob> => context.paintSample(kind);
        return analyse(desk, slot, {
          kind: 'photo',
          fileName: `${kind}-synthetic.png`,
          origin: kind,
          coachNotes: [],
          saidKind: null,
          choice: null,
          getFile,
        });
      },
      /** A camera's frame as a file like any chosen one; it is used up. Rejects, unlike the others: the camera's view says why. */
      encodeFrame: (frame: ImageBitmap): Promise<Blob> => context.engine.encodeFrame(frame),
      tryAgain: () => tryAgain(desk),
      recompute: () => recompute(desk),
      removeSecond: () => {
        removeSecond(desk);
      },
      swap: () => {
        swapPhotos(desk);
      },
      dismissError: () => {
        dismissError(desk);
      },
      /** Another app shared a photo, or opened one with this app, and it could not be read. */
      reportShareFailure: () => {
        store.setState({ intakeError: { code: 'share-failed', detail: '' } });
      },
      /** What was dropped could not be read, or holds no picture. */
      reportFailure: (error: unknown) => {
        store.setState({ intakeError: toErrorFacts(error) });
      },
    },
    cropping: {
      /** Scores another square of the photo that stands in a slot; nothing leaves the screen meanwhile. */
      analyseCrop: async (slot: Slot, choice: CropChoice): Promise<void> => {
        const { result } = store.getState().photos[slot];
        if (result === null || desk.runs.isPhotoComing(slot)) return;
        const { fileName, origin, coachNotes, saidKind } = result;
        await analyse(desk, slot, { kind: 'square', fileName, origin, coachNotes, saidKind, choice });
      },
      /** Lets no run of an earlier square reach the screen. The caller sees to it that another one follows. */
      overtakeCrop: (slot: Slot): void => {
        desk.runs.overtake(slot);
      },
      setCropping: (slot: Slot, change: Partial<CropFacts>): void => {
        patchSlot(store, slot, { crop: { ...store.getState().photos[slot].crop, ...change } });
      },
      isPhotoComing: (slot: Slot): boolean => desk.runs.isPhotoComing(slot),
    },
  };
}

/** What the use cases of cropping need of those of analysing. */
export type Cropping = ReturnType<typeof createAnalyseUseCases>['cropping'];
