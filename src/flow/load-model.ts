import { toErrorFacts } from '../domain/errors';
import type { LoadProgress } from '../domain/loaded-model';
import type { ModelManifest } from '../domain/manifest';
import { isSameModel } from '../domain/own-manifest';
import type { AppStore } from '../store/app-store';
import { currentLoadRequest } from './engine-choice';
import type { FlowContext } from './flow-context';
import { fitView } from './view-maps';

/** Progress of the download reaches the screen at most this often. */
const PROGRESS_EVERY_MS = 80;

/**
 * Loads the model, or loads it anew after a failure. A second call while one is under way does nothing.
 * Never rejects: a failure becomes the model's state, with its code.
 */
export async function loadModel(context: FlowContext): Promise<void> {
  const { engine, store, nowMs } = context;
  const { model } = store.getState();
  if (model.state === 'ready' || model.state === 'loading') return;
  store.setState({ model: { state: 'loading', step: { phase: 'start' } } });
  let lastShownMs = Number.NEGATIVE_INFINITY;
  const onProgress = (progress: LoadProgress): void => {
    const isLate = progress.phase === 'download' && progress.loadedBytes < progress.totalBytes;
    if (isLate && nowMs() - lastShownMs < PROGRESS_EVERY_MS) return;
    if (store.getState().model.state !== 'loading') return;
    lastShownMs = nowMs();
    store.setState({ model: { state: 'loading', step: progress } });
  };
  try {
    const facts = await engine.load(currentLoadRequest(context), onProgress);
    store.setState({
      own: { ...store.getState().own, shippedInput: facts.manifest.input, shippedVersion: facts.manifest.version },
    });
    store.setState({ model: { state: 'ready', facts }, view: fitView(store.getState().view, facts.manifest.network) });
  } catch (error) {
    store.setState({ model: { state: 'failed', error: toErrorFacts(error) } });
  }
}

/** Resolves when the model is ready, after any number of failures and retries in between. */
export function whenModelReady(store: AppStore): Promise<ModelManifest> {
  const ready = readyManifest(store);
  if (ready !== null) return Promise.resolve(ready);
  return new Promise((resolve) => {
    const unsubscribe = store.subscribe(() => {
      const manifest = readyManifest(store);
      if (manifest === null) return;
      unsubscribe();
      resolve(manifest);
    });
  });
}

/**
 * What a model computes, with its manifest. Where another model took over meanwhile, it is computed once more: which of the two
 * it was would not be known. Rejects as `compute` does.
 */
export async function withModel<T>(
  { store }: Pick<FlowContext, 'store'>,
  compute: (manifest: ModelManifest) => Promise<T>,
): Promise<{ readonly computed: T; readonly manifest: ModelManifest }> {
  for (;;) {
    const manifest = await whenModelReady(store);
    const computed = await compute(manifest);
    const now = readyManifest(store);
    if (now === null || isSameModel(now, manifest)) return { computed, manifest };
  }
}

function readyManifest(store: AppStore): ModelManifest | null {
  const { model } = store.getState();
  return model.state === 'ready' ? model.facts.manifest : null;
}
