/** The worker as one that never stays dead: a fresh one is started, gets the last model and what was lost with the old one. */
import * as Comlink from 'comlink';
import type { RunId } from '../domain/analysis';
import { LensError } from '../domain/errors';
import type { LoadedModel, LoadProgress } from '../domain/loaded-model';
import type { NetworkShape } from '../domain/network';
import type { AnalyseRequest, EngineApi, LoadRequest, Outcome } from './protocol';
import { createWorkerLink, type SpawnedWorker, type WorkerLink } from './worker-link';

type Send<T> = (api: Comlink.Remote<EngineApi>) => Promise<Outcome<T>>;

/** Fresh workers that one call may cost. With the two losses that end WebGL, the third try computes on WebAssembly. */
const MAX_RESTARTS = 2;
/** Losses of the graphics device after which it is not tried again. */
const MAX_DEVICE_LOSSES = 2;

function isCrash(error: unknown): boolean {
  return error instanceof LensError && (error.code === 'engine-crashed' || error.code === 'device-lost');
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

/** How long a load, and an analysis that is made again, may be silent. */
interface MendingLimitsMs {
  readonly load: number;
  readonly analyse: number;
}

/**
 * Starts no worker before the first call. After a crash, a lost graphics device, a time-out or a full memory the worker is
 * ended and the next call gets a fresh one, with the last model loaded into it. A call that a crash interrupts is made again
 * there, at most `MAX_RESTARTS` times; maps that it needs are computed anew from their photo. After `MAX_DEVICE_LOSSES`
 * losses WebGL gives way to WebAssembly.
 */
export class MendedWorker {
  readonly #spawn: () => SpawnedWorker;
  readonly #limitMs: MendingLimitsMs;
  #link: WorkerLink | null = null;
  #lastRequest: LoadRequest | null = null;
  #deviceLosses = 0;
  #loadedShape: NetworkShape | null = null;
  #isEnded = false;
  /** The load that a fresh worker needs before anything else; shared by the calls that wait for it. */
  #reload: Promise<LoadedModel> | null = null;
  /** What was analysed with its maps and not released since: it can be computed anew. */
  readonly #kept = new Map<RunId, AnalyseRequest>();
  /** Runs whose maps lie in the living worker, or are on their way there. */
  #held = new Map<RunId, Promise<unknown>>();
  readonly #reloadListeners: ((facts: LoadedModel) => void)[] = [];

  constructor(spawn: () => SpawnedWorker, limitMs: MendingLimitsMs) {
    this.#spawn = spawn;
    this.#limitMs = limitMs;
  }

  /** Of the network that was loaded last; null: none was. */
  get loadedShape(): NetworkShape | null {
    return this.#loadedShape;
  }

  /** The link as it is, if its worker lives: none is started or mended. */
  get living(): WorkerLink | null {
    return this.#link === null || this.#link.isDead ? null : this.#link;
  }

  /** Also what every fresh worker is given from now on. */
  load(request: LoadRequest, onProgress: (progress: LoadProgress) => void): Promise<LoadedModel> {
    this.#lastRequest = request;
    return withRestarts(() => this.#load(request, onProgress));
  }

  /** A fresh worker in the place of the living one, loaded by another request. @throws LensError of the load. */
  async reopen(request: LoadRequest): Promise<void> {
    this.#lastRequest = request;
    this.living?.end();
    await withRestarts(() => this.#loadedLink());
  }

  /** For good: no fresh worker takes over. What is under way rejects as `unexpected`. */
  end(): void {
    this.#isEnded = true;
    this.living?.end();
  }

  onReload(listener: (facts: LoadedModel) => void): void {
    this.#reloadListeners.push(listener);
  }

  /** @param limitMs - how long the engine may be silent (worker-link.ts). @throws LensError of the call, after the restarts. */
  call<T>(limitMs: number, send: Send<T>): Promise<T> {
    return withRestarts(async () => (await this.#loadedLink()).call(limitMs, send));
  }

  /** For what needs the maps of a run. @throws LensError `unexpected` for a run that is not kept, else as `call`. */
  callOn<T>(runId: RunId, limitMs: number, send: Send<T>): Promise<T> {
    return withRestarts(async () => {
      const own = await this.#loadedLink();
      await this.#restore(own, runId);
      return own.call(limitMs, send);
    });
  }

  /** Its maps lie in the worker; where that is lost, they are computed anew. */
  keep(request: AnalyseRequest): void {
    this.#kept.set(request.runId, request);
    this.#held.set(request.runId, Promise.resolve());
  }

  /** Its maps leave the worker; the next call that needs them has them computed anew. */
  setAside(runId: RunId): void {
    this.#held.delete(runId);
  }

  forget(runId: RunId): void {
    this.#kept.delete(runId);
    this.#held.delete(runId);
  }

  #livingLink(): WorkerLink {
    const { living } = this;
    if (this.#isEnded) throw new LensError('unexpected', 'the engine was closed');
    if (living !== null) return living;
    if (this.#link?.death?.code === 'device-lost') this.#deviceLosses += 1;
    this.#link = createWorkerLink(this.#spawn());
    this.#held = new Map();
    return this.#link;
  }

  async #load(request: LoadRequest, onProgress: (progress: LoadProgress) => void): Promise<LoadedModel> {
    const own = this.#livingLink();
    let settled = false;
    const tell = Comlink.proxy((progress: LoadProgress) => {
      own.noteProgress();
      if (!settled) onProgress(progress);
    });
    const givesWay = this.#deviceLosses >= MAX_DEVICE_LOSSES && request.backend !== 'cpu';
    const actual: LoadRequest = givesWay ? { ...request, backend: 'wasm' } : request;
    try {
      const facts = await own.call(this.#limitMs.load, (api) => api.load(actual, tell));
      this.#loadedShape = facts.manifest.network;
      if (!givesWay) return facts;
      const reason = `the graphics device was lost ${this.#deviceLosses} times`;
      return { ...facts, rejected: [{ backend: 'webgl', reason }, ...facts.rejected] };
    } finally {
      settled = true;
    }
  }

  async #loadedLink(): Promise<WorkerLink> {
    if (this.living !== null && this.#reload === null) return this.living;
    if (this.#isEnded) return this.#livingLink();
    if (this.#reload === null && this.#lastRequest !== null) {
      this.#reload = this.#load(this.#lastRequest, () => undefined).finally(() => {
        this.#reload = null;
      });
      const facts = await this.#reload;
      for (const listener of this.#reloadListeners) listener(facts);
    } else {
      await this.#reload;
    }
    return this.#livingLink();
  }

  /** Sees to it that a run's maps lie in this worker. */
  async #restore(own: WorkerLink, runId: RunId): Promise<void> {
    const runs = this.#held;
    let restored = runs.get(runId);
    if (restored === undefined) {
      const request = this.#kept.get(runId);
      if (request === undefined) throw new LensError('unexpected', `run ${runId} is not kept`);
      restored = own.call(this.#limitMs.analyse, (api) => api.analyse(request));
      runs.set(runId, restored);
      restored.catch(() => runs.delete(runId));
    }
    await restored;
  }
}
