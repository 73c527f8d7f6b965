/** The engine as the rest of the app calls it, on the main thread. */
import * as Comlink from 'comlink';
import { LensError } from '../domain/errors';
import { INPUT_PX } from '../domain/network';
import type { Engine, LoadedModel, LoadProgress, LoadRequest } from './protocol';
import { createWorkerLink, type SpawnedWorker, type WorkerLink } from './worker-link';

/**
 * How long the engine may be silent. On a CPU or on software GL one pass takes 4-20 s, and a load makes one; a tab
 * in the background computes slower still. A lost answer is rarer than a slow device, so these are long.
 */
const LIMIT_MS: EngineLimitsMs = { load: 120_000, analyse: 120_000, read: 60_000, selfTest: 300_000, pass: 30_000 };

/** A step of gradient ascent goes forwards and backwards. */
const PASSES_A_STEP = 2;

export interface EngineLimitsMs {
  readonly load: number;
  readonly analyse: number;
  readonly read: number;
  readonly selfTest: number;
  /** Added to `analyse` for every further pass that one call makes. */
  readonly pass: number;
}

export interface EngineClientOptions {
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

/**
 * Starts no worker before the first call. After a crash, a time-out or a full memory the calls under way are rejected;
 * the next call that needs no maps starts a fresh worker and loads the last model into it. The maps of earlier runs are
 * gone then: what needs them rejects with `engine-crashed`.
 */
export function createEngine({ spawn, limitMs }: EngineClientOptions = { spawn: spawnWorker, limitMs: LIMIT_MS }): Engine {
  let link: WorkerLink | null = null;
  let lastRequest: LoadRequest | null = null;
  /** The load that a fresh worker needs before anything else; shared by the calls that wait for it. */
  let reload: Promise<unknown> | null = null;

  function livingLink(): WorkerLink {
    if (link === null || link.isDead) link = createWorkerLink(spawn());
    return link;
  }

  function startLoad(request: LoadRequest, onProgress: (progress: LoadProgress) => void): Promise<LoadedModel> {
    const own = livingLink();
    let settled = false;
    const tell = Comlink.proxy((progress: LoadProgress) => {
      own.noteProgress();
      if (!settled) onProgress(progress);
    });
    return own
      .call(limitMs.load, (api) => api.load(request, tell))
      .finally(() => {
        settled = true;
      });
  }

  async function loadedLink(): Promise<WorkerLink> {
    if (link !== null && !link.isDead && reload === null) return link;
    if (reload === null && lastRequest !== null) {
      reload = startLoad(lastRequest, () => undefined).finally(() => {
        reload = null;
      });
    }
    await reload;
    return livingLink();
  }

  /** For what lives in the worker's memory: a fresh worker would not have it. */
  function oldLink(): WorkerLink {
    if (link === null || link.isDead) throw new LensError('engine-crashed', 'the maps were lost with the engine');
    return link;
  }

  function passesMs(passes: number): number {
    return limitMs.analyse + limitMs.pass * Math.max(0, passes - 1);
  }

  return {
    load(request, onProgress) {
      lastRequest = request;
      return startLoad(request, onProgress);
    },
    async analyse(request) {
      return (await loadedLink()).call(limitMs.analyse, (api) => api.analyse(request));
    },
    async readThumbnail(photo, maxSidePx) {
      return (await loadedLink()).call(limitMs.read, (api) => api.readThumbnail(photo, maxSidePx));
    },
    async makeShowable(photo) {
      return (await loadedLink()).call(limitMs.read, (api) => api.makeShowable(photo));
    },
    async readLayer(runId, layer) {
      return oldLink().call(limitMs.read, (api) => api.readLayer(runId, layer));
    },
    async readMap(runId, layer, filter) {
      return oldLink().call(limitMs.read, (api) => api.readMap(runId, layer, filter));
    },
    async experiment(runId, mutes) {
      return oldLink().call(passesMs(1), (api) => api.experiment(runId, mutes));
    },
    async muteEffects(runId, layer, first, end) {
      return oldLink().call(passesMs(end - first), (api) => api.muteEffects(runId, layer, first, end));
    },
    async scoreInputs(inputs) {
      const passes = inputs.length / (INPUT_PX * INPUT_PX * 3);
      return (await loadedLink()).call(passesMs(passes), (api) => api.scoreInputs(inputs));
    },
    async explainHead(runId) {
      return oldLink().call(limitMs.read, (api) => api.explainHead(runId));
    },
    async maximise(request) {
      return (await loadedLink()).call(passesMs(request.steps * PASSES_A_STEP + 1), (api) => api.maximise(request));
    },
    async firstKernels() {
      return (await loadedLink()).call(limitMs.read, (api) => api.firstKernels());
    },
    async release(runId) {
      if (link === null || link.isDead) return; // freed with the worker
      await link.call(limitMs.read, (api) => api.release(runId));
    },
    async selfTest() {
      return (await loadedLink()).call(limitMs.selfTest, (api) => api.selfTest());
    },
    async memory() {
      return (await loadedLink()).call(limitMs.read, (api) => api.memory());
    },
  };
}
