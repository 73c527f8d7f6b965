import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createDiaryShelf, DIARY_DATABASE } from './diary/diary-shelf';
import { drawView } from './diary/draw-view';
import { MODEL_VERSION } from './domain/model-version';
import { nextTask } from './domain/next-task';
import { createRequestLog } from './domain/request-log';
import { createEngine } from './engine/client';
import type { Backend } from './domain/loaded-model';
import { createFlow } from './flow/create-flow';
import { paintSample } from './flow/paint-sample';
import { acceptPhoto } from './intake/accept-photo';
import { watchInstallPrompt } from './pwa/install-prompt';
import { createEngineTimesShelf } from './pwa/engine-times-shelf';
import { createOwnModelShelf, OWN_MODELS_DATABASE } from './pwa/own-model-shelf';
import { createPreferenceShelf } from './pwa/preference-shelf';
import { registerShell } from './pwa/shell';
import { createStoredData } from './pwa/stored-data';
import { createAppStore } from './store/app-store';
import { HeavyCache } from './store/heavy-cache';
import { App } from './ui/App';
import { AppContext } from './ui/app-context';

/** `?backend=webgl|wasm|cpu` before the hash forces one; anything else walks the ladder. */
function readForcedBackend(search: string): Backend | 'auto' {
  const backend = new URLSearchParams(search).get('backend');
  return backend === 'webgl' || backend === 'wasm' || backend === 'cpu' ? backend : 'auto';
}

/** `?kernels=tfjs` before the hash: WebAssembly computes with tfjs, for comparisons; else with our own kernels. */
function readKernels(search: string): 'own' | 'tfjs' {
  return new URLSearchParams(search).get('kernels') === 'tfjs' ? 'tfjs' : 'own';
}

const requestLog = createRequestLog();
const requestObserver = new PerformanceObserver((list) => {
  requestLog.add(list.getEntries());
});
requestObserver.observe({ type: 'resource', buffered: true });

/** So long the views of a photo wait for what the person does next. */
const QUIET_MS = 300;

const store = createAppStore();
const cache = new HeavyCache((url) => {
  URL.revokeObjectURL(url);
});
const flow = createFlow({
  engine: createEngine(),
  store,
  cache,
  acceptPhoto,
  paintSample,
  createObjectUrl: (blob) => URL.createObjectURL(blob),
  nowMs: () => performance.now(),
  nextTask,
  whenIdle: () => new Promise((resolve) => setTimeout(resolve, QUIET_MS)),
  shell: registerShell(
    new URL('service-worker.js', document.baseURI).href,
    // The hot-reload server has none. Where storage is blocked the browser has none either.
    import.meta.env.PROD && 'serviceWorker' in navigator ? navigator.serviceWorker : undefined,
  ),
  installPrompt: watchInstallPrompt(window),
  storedData: createStoredData([DIARY_DATABASE, OWN_MODELS_DATABASE]),
  preferences: createPreferenceShelf(() => localStorage),
  engineTimes: createEngineTimesShelf(() => localStorage),
  diary: createDiaryShelf(),
  ownModels: createOwnModelShelf(),
  drawView,
  now: () => new Date(),
  describeDevice: () => ({
    browser: navigator.userAgent,
    cores: navigator.hardwareConcurrency,
    isIsolated: crossOriginIsolated,
    screen: `${innerWidth}x${innerHeight} x${devicePixelRatio}`,
    isOnline: navigator.onLine,
  }),
  listPageRequests() {
    requestLog.add(requestObserver.takeRecords());
    return requestLog.list();
  },
  loadRequest: {
    modelUrl: new URL(`model/${MODEL_VERSION}/`, document.baseURI).href,
    wasmUrl: new URL('wasm/', document.baseURI).href,
    backend: readForcedBackend(location.search),
    kernels: readKernels(location.search),
    acceptSoftware: new URLSearchParams(location.search).get('webgl') === 'software',
  },
});

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');
/** So long the first screen waits for its words; those that come later replace English. */
const WORDS_WITHIN_MS = 3000;
const wordsWithin = new Promise((resolve) => setTimeout(resolve, WORDS_WITHIN_MS));
void Promise.race([flow.preferences.language.begin(navigator.languages), wordsWithin]).then(() => {
  createRoot(root).render(
    <StrictMode>
      <AppContext value={{ store, cache, flow }}>
        <App />
      </AppContext>
    </StrictMode>,
  );
});
void flow.model.load();
void flow.device.keepOffline();
flow.device.watchUpdates();
flow.device.watchInstall();
addEventListener('pageshow', ({ persisted }) => {
  if (persisted) void flow.device.wake();
});
