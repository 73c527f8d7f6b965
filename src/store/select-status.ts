import type { ErrorFacts } from '../domain/errors';
import type { AppState } from './app-state';

type StatusName = 'loading-model' | 'ready' | 'working' | 'done' | 'error';

/** One word for what the app is doing now; what hinders most comes first. */
export function selectStatus(state: AppState): StatusName {
  if (state.model.state === 'failed') return 'error';
  if (state.model.state !== 'ready') return 'loading-model';
  if (state.session.state === 'running' || state.batch.running || state.selfTest.state === 'running') return 'working';
  // A square that was just moved is scored in a moment.
  if (state.crops.a.wanted !== null || state.crops.b.wanted !== null) return 'working';
  if (state.session.state === 'failed') return 'error';
  return state.result !== null || state.batch.finished > 0 ? 'done' : 'ready';
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
  readonly source: 'model' | 'photo' | 'maps';
  /** The photo's file name, where there is one. */
  readonly fileName: string | null;
}

/**
 * The one error to show. A photo that was just refused comes before the model's failure: it is the answer to what
 * the person did last, and the header's status keeps naming the model's failure.
 */
export function selectError(state: AppState): ShownError | null {
  const { session, model, maps } = state;
  if (session.state === 'failed') return { ...session.error, source: 'photo', fileName: session.fileName === '' ? null : session.fileName };
  if (model.state === 'failed') return { ...model.error, source: 'model', fileName: null };
  return maps.error === null ? null : { ...maps.error, source: 'maps', fileName: null };
}
