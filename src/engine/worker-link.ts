/** One worker and the calls under way in it. Dies once, then rejects them all and takes no more. */
import * as Comlink from 'comlink';
import { LensError } from '../domain/errors';
import type { EngineApi, Outcome } from './protocol';
import { createWatchdog } from './watchdog';

/** A started worker, or in tests a message port with the real core behind it. */
export interface SpawnedWorker {
  readonly endpoint: Comlink.Endpoint;
  /** Called when the worker fails as a whole; `detail` says how. */
  onFailure(listener: (detail: string) => void): void;
  terminate(): void;
}

export interface WorkerLink {
  readonly isDead: boolean;
  /** What it died of; null while it lives. */
  readonly death: LensError | null;
  /**
   * @param limitMs - How long the engine may be silent while this call is the oldest under way.
   * @throws LensError of the worker's answer, `engine-timeout` or `engine-crashed`.
   */
  call<T>(limitMs: number, send: (api: Comlink.Remote<EngineApi>) => Promise<Outcome<T>>): Promise<T>;
  /** Ends the worker; what is under way is rejected as `engine-crashed`, so that it may be made again elsewhere. */
  end(): void;
  /** Something was heard of the engine: the oldest call's time starts anew. */
  noteProgress(): void;
  /**
   * The worker may have ended unnoticed: until something is heard of it, the oldest call waits no longer than this, and what
   * is rejected then is rejected as `engine-crashed`.
   */
  doubt(limitMs: number): void;
}

/** After these the worker's memory or device cannot be trusted: the next call gets a fresh worker. */
const FATAL: ReadonlySet<string> = new Set(['engine-crashed', 'device-lost', 'engine-timeout', 'out-of-memory']);

interface PendingCall {
  readonly limitMs: number;
  readonly reject: (error: LensError) => void;
}

export function createWorkerLink(spawned: SpawnedWorker): WorkerLink {
  const api = Comlink.wrap<EngineApi>(spawned.endpoint);
  /** The worker answers in order: the first is the one that it works on. */
  const pending: PendingCall[] = [];
  let death: LensError | null = null;
  let isDoubted = false;
  // A call is not to blame for a worker that had ended before: it may be made again.
  const watchdog = createWatchdog(() =>
    die(new LensError(isDoubted ? 'engine-crashed' : 'engine-timeout', 'the engine was silent for too long')),
  );
  spawned.onFailure((detail) => die(new LensError('engine-crashed', detail)));

  function die(error: LensError): void {
    if (death !== null) return;
    death = error;
    watchdog.stop();
    spawned.terminate();
    for (const { reject } of pending.splice(0)) reject(error);
  }

  function watchOldest(): void {
    isDoubted = false;
    const [oldest] = pending;
    if (death !== null || oldest === undefined) watchdog.stop();
    else watchdog.feed(oldest.limitMs);
  }

  return {
    get isDead() {
      return death !== null;
    },
    get death() {
      return death;
    },
    end: () => die(new LensError('engine-crashed', 'the engine was replaced')),
    noteProgress: watchOldest,
    doubt(limitMs) {
      if (death !== null || pending.length === 0) return;
      isDoubted = true;
      watchdog.feed(limitMs);
    },
    async call(limitMs, send) {
      if (death !== null) throw new LensError('engine-crashed', 'the engine has stopped');
      let reject: (error: LensError) => void = () => undefined;
      const dying = new Promise<never>((_, rejectDeath) => {
        reject = rejectDeath;
      });
      const call: PendingCall = { limitMs, reject };
      pending.push(call);
      if (pending.length === 1) watchOldest();
      try {
        const outcome = await Promise.race([send(api), dying]);
        if (outcome.ok) return outcome.value;
        throw new LensError(outcome.error.code, outcome.error.detail);
      } catch (thrown) {
        // Not an Outcome: comlink could not carry the call or its answer.
        const error = thrown instanceof LensError ? thrown : new LensError('engine-crashed', String(thrown));
        if (FATAL.has(error.code)) {
          pending.splice(pending.indexOf(call), 1);
          die(error);
        }
        throw error;
      } finally {
        const at = pending.indexOf(call);
        if (at >= 0) {
          pending.splice(at, 1);
          watchOldest();
        }
      }
    },
  };
}
