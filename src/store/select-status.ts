import type { ErrorFacts } from '../domain/errors';
import type { SyntheticLesionKind } from '../domain/synthetic-lesion';
import { SLOTS, type AppState, type RunningPhoto, type Slot } from './app-state';

type StatusName = 'loading-model' | 'ready' | 'working' | 'done' | 'error';

/** One word for what the app is doing now; what hinders most comes first. */
export function selectStatus(state: AppState): StatusName {
  if (state.model.state === 'failed') return 'error';
  if (state.model.state !== 'ready') return 'loading-model';
  const photos = SLOTS.map((slot) => state.photos[slot]);
  const isRunning = photos.some(({ phase }) => phase.state === 'running');
  if (isRunning || state.batch.running || state.selfTest.state === 'running') return 'working';
  // A square that was just moved is scored in a moment.
  if (photos.some(({ crop }) => crop.wanted !== null)) return 'working';
  if (state.intakeError !== null || photos.some(({ phase }) => phase.state === 'failed')) return 'error';
  return state.photos.a.result !== null || state.batch.finished > 0 ? 'done' : 'ready';
}

/** The photo under way, A's before B's; another square of a photo on the screen is none. */
export function selectComing({ photos }: AppState): RunningPhoto | null {
  for (const slot of SLOTS) {
    const { phase } = photos[slot];
    if (phase.state === 'running' && !phase.photo.isRecrop) return phase.photo;
  }
  return null;
}

/**
 * The drawn sample that is photo A, or is about to be where there is none yet; null: a person's own photo, or nothing. What the
 * tutorial shows meanwhile does not count.
 */
export function selectSample({ photos, tutorial }: AppState): SyntheticLesionKind | null {
  const { result, phase } = (tutorial?.kept.photos ?? photos).a;
  const origin = result?.origin ?? (phase.state === 'running' ? phase.photo.origin : 'own');
  return origin === 'own' ? null : origin;
}

/** Whether something is being computed, of a photo, a batch or a tool, or the device is being checked. */
export function selectIsBusy({ photos, experiment, ranking, occlusion, liking, leaning, batch, selfTest }: AppState): boolean {
  const works = [ranking, occlusion, liking, leaning, batch.leaning];
  return (
    batch.running ||
    experiment.isRunning ||
    selfTest.state === 'running' ||
    SLOTS.some((slot) => photos[slot].phase.state === 'running') ||
    works.some((work) => work?.state === 'running')
  );
}

/** The app's files are the smaller part; how far they are is not told. */
const MODEL_SHARE = 0.9;

/** How much of what an analysis without a network needs lies on the device, 0-1. */
export function selectOfflineProgress({ offline, model }: AppState): number {
  if (offline.state === 'ready') return 1;
  if (offline.state === 'not-ready' || model.state === 'idle' || model.state === 'failed') return 0;
  if (model.state === 'ready') return MODEL_SHARE;
  const { step } = model;
  if (step.phase === 'start') return 0;
  if (step.phase !== 'download') return MODEL_SHARE;
  return step.totalBytes === 0 ? 0 : (step.loadedBytes / step.totalBytes) * MODEL_SHARE;
}

export interface ShownError extends ErrorFacts {
  readonly source: 'intake' | 'own' | 'model' | 'maps' | 'language' | Slot;
  /** The photo's file name, where there is one. */
  readonly fileName: string | null;
}

/**
 * The one error to show. A photo that was just refused comes before the model's failure: it is the answer to what
 * the person did last, and the header's status keeps naming the model's failure. Of two photos A's comes first; the other's
 * follows when it is dismissed.
 */
export function selectError({ intakeError, photos, model, mapsError, own, language }: AppState): ShownError | null {
  if (language.error !== null) return { ...language.error, source: 'language', fileName: null };
  if (own.error !== null) return { ...own.error, source: 'own', fileName: null };
  if (intakeError !== null) return { ...intakeError, source: 'intake', fileName: null };
  for (const slot of SLOTS) {
    const { phase } = photos[slot];
    if (phase.state === 'failed') return { ...phase.error, source: slot, fileName: phase.fileName };
  }
  if (model.state === 'failed') return { ...model.error, source: 'model', fileName: null };
  return mapsError === null ? null : { ...mapsError, source: 'maps', fileName: null };
}
