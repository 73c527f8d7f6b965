/** A world for the flow's tests: an engine whose answers the test gives, and no browser. */
import { createOwnModelShelf } from '../pwa/own-model-shelf';
import { createEngineTimesShelf } from '../pwa/engine-times-shelf';
import { watchInstallPrompt } from '../pwa/install-prompt';
import { createPreferenceShelf } from '../pwa/preference-shelf';
import type { AppShell } from '../pwa/shell';
import { createAppStore } from '../store/app-store';
import { HeavyCache } from '../store/heavy-cache';
import { createFlow } from './create-flow';
import { MemoryShelf, VIEW_JPEG } from './testing-diary';
import { defer, FakeEngine, LOADED, MANIFEST } from './testing-engine';

/** Lets every promise that can go on go on. */
export async function settle(): Promise<void> {
  for (let i = 0; i < 20; i += 1) await Promise.resolve();
}

/** A service worker whose progress the test decides. */
class FakeShell implements AppShell {
  readonly kept = defer<undefined>();
  updates = 0;
  /** Says that a newer version lies ready. */
  announce: () => void = () => undefined;

  whenKept(): Promise<void> {
    return this.kept.promise;
  }

  onUpdate(listener: () => void): void {
    this.announce = listener;
  }

  update(): void {
    this.updates += 1;
  }
}

/** @param nowMs - The clock; it stands still where the test gives none. @param settings - What lies in local storage. */
export function createTestFlow(nowMs: () => number = () => 0, settings = new Map<string, string>()) {
  const engine = new FakeEngine();
  const store = createAppStore();
  const revoked: string[] = [];
  const cache = new HeavyCache((url) => revoked.push(url));
  /** Files whose name begins with "bad" are refused. */
  const refused = new Error('refused');
  let urls = 0;
  const shell = new FakeShell();
  const pageRequests: string[] = [];
  const diary = new MemoryShelf();
  const idle = defer<undefined>();
  const storage = {
    getItem: (key: string) => settings.get(key) ?? null,
    setItem: (key: string, value: string) => void settings.set(key, value),
  };
  const flow = createFlow({
    engine,
    store,
    cache,
    acceptPhoto: (blob) => {
      const name = blob instanceof File ? blob.name : '';
      if (name.startsWith('bad')) return Promise.reject(refused);
      return Promise.resolve({
        blob,
        name,
        type: name.endsWith('.heic') ? 'heic' : 'png',
        sizeBytes: blob.size,
        headerSize: name.startsWith('large') ? { width: 12_000, height: 9000 } : { width: 640, height: 480 },
        orientation: name.startsWith('turned') ? 6 : 1,
      });
    },
    paintSample: (kind) => Promise.resolve(photo(`${kind}.png`)),
    createObjectUrl: () => {
      urls += 1;
      return `blob:${urls}`;
    },
    nowMs,
    nextTask: () => Promise.resolve(),
    // Views come only where a test lets them: every other call would have to reckon with them.
    whenIdle: () => idle.promise.then(() => new Promise((resolve) => setTimeout(resolve))),
    shell,
    installPrompt: watchInstallPrompt(new EventTarget()),
    storedData: {
      describe: () =>
        Promise.resolve({
          items: [{ kind: 'database', name: 'lesion-lens-diary', files: null, bytes: null }],
          usageBytes: null,
          quotaBytes: null,
          isPersistent: null,
        }),
      clear: () => Promise.resolve([]),
    },
    preferences: createPreferenceShelf(() => storage),
    engineTimes: createEngineTimesShelf(() => storage),
    diary,
    drawView: () => Promise.resolve(VIEW_JPEG.slice()),
    now: () => new Date('2026-02-03T04:05:06.007Z'),
    listPageRequests: () => pageRequests,
    describeDevice: () => ({ browser: 'test', cores: 2, isIsolated: true, screen: '1x1', isOnline: true }),
    ownModels: createOwnModelShelf(),
    loadRequest: { modelUrl: 'http://test/model/', wasmUrl: 'http://test/wasm/', backend: 'auto' },
  });
  /** From now on views are computed. */
  const becomeIdle = (): void => idle.resolve(undefined);
  return { engine, store, cache, flow, shell, diary, settings, pageRequests, revoked, becomeIdle, state: () => store.getState() };
}

export function photo(name: string): File {
  return new File(['pixels'], name, { type: 'image/png' });
}

/** A test flow whose model is loaded. */
export async function createReadyFlow(nowMs?: () => number, settings?: Map<string, string>) {
  const world = createTestFlow(nowMs, settings);
  const loading = world.flow.model.load();
  world.engine.loads[0]?.resolve(LOADED);
  await loading;
  return world;
}

/** A ready flow with a photo's result on the screen. @param logit - The photo's, before calibration. */
export async function createFlowWithResult(logit = 0.75) {
  const world = await createReadyFlow();
  const done = world.flow.photo.analyse(photo('a.png'));
  await settle();
  world.engine.answer(logit);
  await done;
  await settle();
  return world;
}

/** A ready flow whose model has a limit on how far the views may differ; those of every square have these logits in turn. */
export async function createViewWorld(logits: readonly number[]) {
  const world = createTestFlow();
  const loading = world.flow.model.load();
  const manifest = { ...MANIFEST, viewLimits: { dermatoscope: 0.1, phone: 0.1 } };
  world.engine.loads[0]?.resolve({ ...LOADED, manifest });
  await loading;
  const seen = { calls: 0 };
  world.engine.scoreInputs = () => Promise.resolve(Float32Array.of(logits[seen.calls++ % logits.length]!));
  return { ...world, seen };
}
