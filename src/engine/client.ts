/** The engine as the rest of the app calls it, on the main thread. */
import * as Comlink from 'comlink';
import { LensError } from '../domain/errors';
import { inputLength, type NetworkShape } from '../domain/network';
import type { RunId } from '../domain/analysis';
import type { LoadedModel, LoadProgress } from '../domain/loaded-model';
import type { AnalyseRequest, Engine, EngineApi, LoadRequest, Outcome } from './protocol';
import { createWorkerLink, type SpawnedWorker, type WorkerLink } from './worker-link';

/**
 * How long the engine may be silent. On a CPU or on software GL one pass takes 4-20 s, and a load makes one; a tab
 * in the background computes slower still. A lost answer is rarer than a slow device, so these are long.
 */
const LIMIT_MS: EngineLimitsMs = { load: 120_000, analyse: 120_000, read: 60_000, selfTest: 300_000, pass: 30_000 };

/** A step of gradient ascent goes forwards and backwards. */
const PASSES_A_STEP = 2;

interface EngineLimitsMs {
  readonly load: number;
  readonly analyse: number;
  readonly read: number;
  readonly selfTest: number;
  /** Added to `analyse` for every further pass that one call makes. */
  readonly pass: number;
}

interface EngineClientOptions {
  readonly spawn: () => SpawnedWorker;
  readonly limitMs: EngineLimitsMs;
}

function spawnWorker(): SpawnedWorker {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'lesion-lens-engine' });
  return {
    endpoint: worker,
    onFailure(listener) {
      worker.addEventListener('error', (event) => {
        event.preventDefault();
        listener(event.message || 'the worker could not be started');
      });
      worker.addEventListener('messageerror', () => listener('a message could not be read'));
    },
    terminate: () => worker.terminate(),
  };
}

type Send<T> = (api: Comlink.Remote<EngineApi>) => Promise<Outcome<T>>;

/** Fresh workers that one call may cost. With the two losses that end WebGL, the third try computes on WebAssembly. */
const MAX_RESTARTS = 2;
/** Losses of the graphics device after which it is not tried again. */
const MAX_DEVICE_LOSSES = 2;

function isCrash(error: unknown): boolean {
  return error instanceof LensError && (error.code === 'engine-crashed' || error.code === 'device-lost');
}

/**
 * Starts no worker before the first call. After a crash, a lost graphics device, a time-out or a full memory the worker is
 * ended and the next call gets a fresh one, with the last model loaded into it. A call that a crash interrupts is made again
 * there, at most `MAX_RESTARTS` times; maps that it needs are computed anew from their photo. After `MAX_DEVICE_LOSSES`
 * losses WebGL gives way to WebAssembly.
 */
export function createEngine({ spawn, limitMs }: EngineClientOptions = { spawn: spawnWorker, limitMs: LIMIT_MS }): Engine {
  let link: WorkerLink | null = null;
  let lastRequest: LoadRequest | null = null;
  let deviceLosses = 0;
  let loadedShape: NetworkShape | null = null;
  /** The load that a fresh worker needs before anything else; shared by the calls that wait for it. */
  let reload: Promise<LoadedModel> | null = null;
  /** What was analysed with its maps and not released since: it can be computed anew. */
  const kept = new Map<RunId, AnalyseRequest>();
  /** Runs whose maps lie in the living worker, or are on their way there. */
  let held = new Map<RunId, Promise<unknown>>();
  const reloadListeners: ((facts: LoadedModel) => void)[] = [];

  function livingLink(): WorkerLink {
    if (link === null || link.isDead) {
      if (link?.death?.code === 'device-lost') deviceLosses += 1;
      link = createWorkerLink(spawn());
      held = new Map();
    }
    return link;
  }

  async function startLoad(request: LoadRequest, onProgress: (progress: LoadProgress) => void): Promise<LoadedModel> {
    const own = livingLink();
    let settled = false;
    const tell = Comlink.proxy((progress: LoadProgress) => {
      own.noteProgress();
      if (!settled) onProgress(progress);
    });
    const givesWay = deviceLosses >= MAX_DEVICE_LOSSES && request.backend !== 'cpu';
    try {
      const facts = await own.call(limitMs.load, (api) => api.load(givesWay ? { ...request, backend: 'wasm' } : request, tell));
      loadedShape = facts.manifest.network;
      if (!givesWay) return facts;
      const reason = `the graphics device was lost ${deviceLosses} times`;
      return { ...facts, rejected: [{ backend: 'webgl', reason }, ...facts.rejected] };
    } finally {
      settled = true;
    }
  }

  async function loadedLink(): Promise<WorkerLink> {
    if (link !== null && !link.isDead && reload === null) return link;
    if (reload === null && lastRequest !== null) {
      reload = startLoad(lastRequest, () => undefined).finally(() => {
        reload = null;
      });
      const facts = await reload;
      for (const listener of reloadListeners) listener(facts);
    } else {
      await reload;
    }
    return livingLink();
  }

  /** Sees to it that a run's maps lie in this worker. */
  async function restore(own: WorkerLink, runId: RunId): Promise<void> {
    const runs = held;
    let restored = runs.get(runId);
    if (restored === undefined) {
      const request = kept.get(runId);
      if (request === undefined) throw new LensError('unexpected', `run ${runId} is not kept`);
      restored = own.call(limitMs.analyse, (api) => api.analyse(request));
      runs.set(runId, restored);
      restored.catch(() => runs.delete(runId));
    }
    await restored;
  }

  async function withRestarts<T>(act: () => Promise<T>): Promise<T> {
    for (let restarts = 0; ; restarts++) {
      try {
        return await act();
      } catch (error) {
        if (!isCrash(error) || restarts >= MAX_RESTARTS) throw error;
      }
    }
  }

  function call<T>(callMs: number, send: Send<T>): Promise<T> {
    return withRestarts(async () => (await loadedLink()).call(callMs, send));
  }

  /** For what needs the maps of a run. */
  function callOn<T>(runId: RunId, callMs: number, send: Send<T>): Promise<T> {
    return withRestarts(async () => {
      const own = await loadedLink();
      await restore(own, runId);
      return own.call(callMs, send);
    });
  }

  function passesMs(passes: number): number {
    return limitMs.analyse + limitMs.pass * Math.max(0, passes - 1);
  }

  return {
    load(request, onProgress) {
      lastRequest = request;
      return withRestarts(() => startLoad(request, onProgress));
    },
    onReload(listener) {
      reloadListeners.push(listener);
    },
    async analyse(request) {
      const result = await call(limitMs.analyse, (api) => api.analyse(request));
      if (request.keepMaps) {
        kept.set(request.runId, request);
        held.set(request.runId, Promise.resolve());
      }
      return result;
    },
    readThumbnail: (photo, maxSidePx) => call(limitMs.read, (api) => api.readThumbnail(photo, maxSidePx)),
    makeShowable: (photo) => call(limitMs.read, (api) => api.makeShowable(photo)),
    readLayer: (runId, layer) => callOn(runId, limitMs.read, (api) => api.readLayer(runId, layer)),
    readMap: (runId, layer, filter) => callOn(runId, limitMs.read, (api) => api.readMap(runId, layer, filter)),
    experiment: (runId, mutes) => callOn(runId, passesMs(1), (api) => api.experiment(runId, mutes)),
    muteEffects: (runId, layer, first, end) =>
      callOn(runId, passesMs(end - first), (api) => api.muteEffects(runId, layer, first, end)),
    scoreInputs(inputs) {
      const passes = loadedShape === null ? 1 : inputs.length / inputLength(loadedShape);
      return call(passesMs(passes), (api) => api.scoreInputs(inputs));
    },
    explainHead: (runId) => callOn(runId, limitMs.read, (api) => api.explainHead(runId)),
    maximise: (request) => call(passesMs(request.steps * PASSES_A_STEP + 1), (api) => api.maximise(request)),
    firstKernels: () => call(limitMs.read, (api) => api.firstKernels()),
    async release(runId) {
      kept.delete(runId);
      held.delete(runId);
      if (link === null || link.isDead) return; // freed with the worker
      await link.call(limitMs.read, (api) => api.release(runId));
    },
    selfTest: () => call(limitMs.selfTest, (api) => api.selfTest()),
    memory: () => call(limitMs.read, (api) => api.memory()),
    async listRequests() {
      // A worker that is gone asks for nothing more, and none is started to be asked.
      return link === null || link.isDead ? [] : link.call(limitMs.read, (api) => api.listRequests());
    },
    async keepModel() {
      await call(limitMs.load, (api) => api.keepModel());
    },
  };
}
