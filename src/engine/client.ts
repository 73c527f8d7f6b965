/** The engine as the rest of the app calls it, on the main thread. */
import * as Comlink from 'comlink';
import { inputLength } from '../domain/network';
import { MendedWorker } from './mended-worker';
import type { Engine, EngineBeside } from './protocol';
import { RequestTally } from './request-tally';
import { createWorkerLink, type SpawnedWorker } from './worker-link';

/**
 * How long the engine may be silent. On a CPU or on software GL one pass takes 4-20 s, and a load makes one; a tab
 * in the background computes slower still. A lost answer is rarer than a slow device, so these are long.
 */
const LIMIT_MS: EngineLimitsMs = {
  load: 120_000,
  analyse: 120_000,
  read: 60_000,
  selfTest: 300_000,
  pass: 30_000,
  sign: 10_000,
};

/** A step of gradient ascent goes forwards and backwards. */
const PASSES_A_STEP = 2;

interface EngineLimitsMs {
  readonly load: number;
  readonly analyse: number;
  readonly read: number;
  readonly selfTest: number;
  /** Added to `analyse` for every further pass that one call makes. */
  readonly pass: number;
  /** For a sign of life, which costs no computing. */
  readonly sign: number;
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

/** The worker is started at the first call and mended behind the calls (mended-worker.ts). */
export function createEngine(options: EngineClientOptions = { spawn: spawnWorker, limitMs: LIMIT_MS }): Engine {
  return engineOf(options, new RequestTally(), new Set());
}

/** @param workers - those that count to the tally; a living engine's own is one of them. */
function engineOf({ spawn, limitMs }: EngineClientOptions, tally: RequestTally, workers: Set<MendedWorker>): EngineBeside {
  const worker = new MendedWorker(spawn, limitMs);
  workers.add(worker);

  /** A worker that is gone asks for nothing more, and none is started to be asked. */
  async function countRequests({ living }: MendedWorker): Promise<void> {
    if (living !== null) await tally.ask(living, limitMs.read);
  }

  function passesMs(passes: number): number {
    return limitMs.analyse + limitMs.pass * Math.max(0, passes - 1);
  }

  return {
    load: (request, onProgress) => worker.load(request, onProgress),
    describeOwn: (files) => worker.call(limitMs.load, (api) => api.describeOwn(files)),
    exportKeras: () => worker.call(limitMs.load, (api) => api.exportKeras()),
    onReload: (listener) => worker.onReload(listener),
    async analyse(request) {
      const result = await worker.call(limitMs.analyse, (api) => api.analyse(request));
      if (request.keepMaps) worker.keep(request);
      return result;
    },
    readThumbnail: (photo, maxSidePx) => worker.call(limitMs.read, (api) => api.readThumbnail(photo, maxSidePx)),
    makeShowable: (photo) => worker.call(limitMs.read, (api) => api.makeShowable(photo)),
    encodeFrame: (frame) => worker.call(limitMs.read, (api) => api.encodeFrame(Comlink.transfer(frame, [frame]))),
    readLayer: (runId, layer) => worker.callOn(runId, limitMs.read, (api) => api.readLayer(runId, layer)),
    readMap: (runId, layer, filter) => worker.callOn(runId, limitMs.read, (api) => api.readMap(runId, layer, filter)),
    experiment: (runId, mutes) => worker.callOn(runId, passesMs(1), (api) => api.experiment(runId, mutes)),
    muteEffects: (runId, layer, first, end) =>
      worker.callOn(runId, passesMs(end - first), (api) => api.muteEffects(runId, layer, first, end)),
    scoreInputs(inputs) {
      const shape = worker.loadedShape;
      const passes = shape === null ? 1 : inputs.length / inputLength(shape);
      return worker.call(passesMs(passes), (api) => api.scoreInputs(inputs));
    },
    eraseShortcut: (input, shortcut) => worker.call(passesMs(1), (api) => api.eraseShortcut(input, shortcut)),
    explainHead: (runId) => worker.callOn(runId, limitMs.read, (api) => api.explainHead(runId)),
    maximise: (request) => worker.call(passesMs(request.steps * PASSES_A_STEP + 1), (api) => api.maximise(request)),
    firstKernels: () => worker.call(limitMs.read, (api) => api.firstKernels()),
    async setAside(runId) {
      worker.setAside(runId);
      await worker.living?.call(limitMs.read, (api) => api.release(runId));
    },
    async release(runId) {
      worker.forget(runId);
      await worker.living?.call(limitMs.read, (api) => api.release(runId)); // else freed with the worker
    },
    selfTest: () => worker.call(limitMs.selfTest, (api) => api.selfTest()),
    memory: () => worker.call(limitMs.read, (api) => api.memory()),
    timePass: () => worker.call(passesMs(4), (api) => api.timePass()),
    describeCompute: () => worker.call(limitMs.read, (api) => api.describeCompute()),
    async timeAside(request) {
      const link = createWorkerLink(spawn());
      try {
        const onProgress = Comlink.proxy(() => link.noteProgress());
        await link.call(limitMs.load, (api) => api.load(request, onProgress));
        return await link.call(passesMs(4), (api) => api.timePass());
      } finally {
        if (!link.isDead) await tally.ask(link, limitMs.read).catch(() => undefined);
        link.end();
      }
    },
    reopen: (request) => worker.reopen(request),
    async revive() {
      const ask = (): Promise<unknown> => worker.call(limitMs.sign, (api) => api.memory());
      // What was under way answers first, after a pass at most; the sign of life stands behind it.
      worker.living?.doubt(limitMs.pass);
      // A worker that does not answer is ended; the second call starts another one, with the model.
      await ask().catch(ask);
    },
    async listRequests() {
      for (const one of workers) await countRequests(one);
      return tally.list;
    },
    async keepModel() {
      await worker.call(limitMs.load, (api) => api.keepModel());
    },
    beside: () => engineOf({ spawn, limitMs }, tally, workers),
    async end() {
      await countRequests(worker).catch(() => undefined);
      workers.delete(worker);
      worker.end();
    },
  };
}
