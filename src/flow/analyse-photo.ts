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
import { sharesLayer } from '../domain/network';
import type { AnalyseResult, LayerMaps, RunId } from '../domain/analysis';
import { IDLE, NO_CROPPING, SLOTS, type AnalysisFacts, type CropFacts, type RunningPhoto, type Slot } from '../store/app-state';
import { patchSlot } from '../store/app-store';
import type { CachedPhoto } from '../store/heavy-cache';
import type { FlowContext } from './flow-context';
import { whenModelReady, withModel } from './load-model';
import { pickSourceFacts, type PhotoRun, type PhotoSource, type SourceFacts } from './photo-runs';
import { emptySlot, freeRun, hasOwnSquare, isSecondModel, moveUp, removeSecond, swapPhotos, type PhotoDesk } from './photo-slots';
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
  /** null: there are none to show. */
  readonly maps: LayerMaps | ErrorFacts | null;
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

function openRun(desk: PhotoDesk, slot: Slot, source: PhotoSource): PhotoRun {
  const { context, runs, onOpen } = desk;
  // Another photo for B is computed by the model of A.
  if (slot === 'b' && source.kind !== 'same' && isSecondModel(context)) removeSecond(desk);
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
  const { result } = context.store.getState().photos[slot];
  const isRecrop = kind === 'square' || (kind === 'same' && result !== null);
  patchSlot(context.store, slot, {
    phase: { state: 'running', photo: { runId: id, fileName, origin, step, isRecrop } },
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
  const { result } = store.getState().photos[source.kind === 'same' ? 'a' : slot];
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
  if (run.source.kind === 'same') {
    const computed = await computeSame(context, run.id, blob, run.source);
    return runs.isStale(run) ? null : computed;
  }
  const choice = run.source.choice ?? { crop: null };
  const { computed, manifest } = await withModel(context, async () => {
    const result = await context.engine.analyse({ runId: run.id, photo: blob, isWhole, ...choice, keepMaps: true });
    if (runs.isStale(run)) return null;
    return { result, maps: await readLayer(context, run.id, context.store.getState().view.layer).catch(toErrorFacts) };
  });
  return computed === null || runs.isStale(run) ? null : { ...computed, manifest };
}

/** By the second engine. Of a layer that photo A's model lacks, or has in another size, no maps are shown. */
async function computeSame(
  context: FlowContext,
  runId: RunId,
  photo: Blob,
  { choice, manifest }: Extract<PhotoSource, { readonly kind: 'same' }>,
): Promise<ComputedPhoto> {
  const { store, second } = context;
  second.claim(runId);
  const result = await second.of(runId).analyse({ runId, photo, isWhole: true, ...choice, keepMaps: true });
  const { view, photos } = store.getState();
  const isShared = photos.a.result !== null && sharesLayer(photos.a.result.manifest.network, manifest.network, view.layer);
  const maps = isShared ? await readLayer(context, runId, view.layer).catch(toErrorFacts) : null;
  return { result, manifest, maps };
}

/** What took a photo may have been said while another square of it was computed. */
function nowSaid({ store }: FlowContext, { slot, source }: PhotoRun): PhotoSource {
  const { photos } = store.getState();
  // What another model computes is A's photo.
  const said = source.kind === 'same' ? photos.a.result : photos[slot].result;
  return source.kind !== 'photo' && said !== null ? { ...source, saidKind: said.saidKind } : source;
}

/** Calibration, quality checks and verdict. @param line - The person's alarm line; null: the model's own. */
export function judgePhoto(
  { result, manifest }: Pick<ComputedPhoto, 'result' | 'manifest'>,
  source: SourceFacts,
  line: number | null,
): AnalysisFacts {
  const { runId, crop, quarterTurns, logit, outputs, traits, timings, backend } = result;
  const { measures, reasons: qualityReasons, notes } = assessPhoto(result.inputRgb, crop, result.pixelNoise);
  const evidence: Evidence = { logit, traits, qualityReasons, saidKind: source.saidKind, viewLogits: [] };
  return {
    ...evidence,
    ...judge(evidence, manifest, line),
    ...pickSourceFacts(source),
    runId,
    source: result.source,
    crop,
    quarterTurns,
    measures,
    notes,
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

function showMaps({ context }: PhotoDesk, { id, slot }: PhotoRun, maps: ComputedPhoto['maps']): void {
  const { store } = context;
  const { view, photos, runs } = store.getState();
  const { phase } = photos[slot];
  const isRead = maps !== null && 'values' in maps;
  const strongest = isRead && maps.layer === view.layer ? strongestFilter(maps.mean) : null;
  // Another photo may have been put in meanwhile.
  const isOwn = phase.state !== 'running' || phase.photo.runId === id;
  patchSlot(store, slot, { phase: isOwn ? IDLE : phase, mapsKey: isRead ? { runId: maps.runId, layer: maps.layer } : null });
  store.setState({ mapsError: isRead ? null : maps, view: { ...view, filter: view.filter ?? strongest }, runs: runs + 1 });
}

function showFailure(desk: PhotoDesk, run: PhotoRun, error: ErrorFacts): void {
  const { context, runs } = desk;
  runs.fail(run);
  // Of another square, or another photo, than the one that stands in A now.
  if (run.source.kind === 'same') emptySlot(desk, run.slot);
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

/** Has the second model, where there is one, compute what stands in A, once for each result there. */
async function followFirst(desk: PhotoDesk): Promise<void> {
  const { store, second, cache } = desk.context;
  const { a, b } = store.getState().photos;
  const { manifest } = second;
  if (manifest === null || a.result === null || !second.follows(a.result.runId)) return;
  const { runId, crop, quarterTurns } = a.result;
  const isSamePhoto = b.result !== null && cache.photo(b.result.runId)?.url === cache.photo(runId)?.url;
  if (!isSamePhoto) emptySlot(desk, 'b');
  const choice = { crop, quarterTurns };
  await analyse(desk, 'b', { kind: 'same', ...pickSourceFacts(a.result), choice, manifest });
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
    // It follows A.
    if (slot === 'b' && isSecondModel(desk.context)) continue;
    const { crop, quarterTurns } = result;
    const getFile = (): Promise<Blob> => Promise.resolve(photo.blob);
    const choice = { crop, quarterTurns };
    await analyse(desk, slot, { kind: 'photo', ...pickSourceFacts(result), choice, getFile });
  }
}

/** Takes the error that is shown off the screen; the last good result is what remains. */
function dismissError(desk: PhotoDesk): void {
  const { context, runs } = desk;
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
  if (slot === 'b' && isSecondModel(context)) {
    removeSecond(desk);
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
  /** The diary's entry that it comes from. */
  readonly diaryId?: string;
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
      followFirst: () => followFirst(desk),
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
        if (result === null || !hasOwnSquare(desk, slot)) return;
        await analyse(desk, slot, { kind: 'square', ...pickSourceFacts(result), choice });
      },
      /** Lets no run of an earlier square reach the screen. The caller sees to it that another one follows. */
      overtakeCrop: (slot: Slot): void => {
        desk.runs.overtake(slot);
      },
      setCropping: (slot: Slot, change: Partial<CropFacts>): void => {
        patchSlot(store, slot, { crop: { ...store.getState().photos[slot].crop, ...change } });
      },
      hasOwnSquare: (slot: Slot): boolean => hasOwnSquare(desk, slot),
    },
  };
}

/** What the use cases of cropping need of those of analysing. */
export type Cropping = ReturnType<typeof createAnalyseUseCases>['cropping'];
