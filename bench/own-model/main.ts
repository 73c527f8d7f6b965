/** For each number of threads a worker of its own, as tfjs's WebAssembly has one number for good. */
import * as Comlink from 'comlink';
import type { OwnModelTimes, OwnModelWorker } from './protocol';

async function measure(threads: number, rounds: number): Promise<OwnModelTimes> {
  const worker = new Worker(new URL('./own-model-worker.ts', import.meta.url), { type: 'module' });
  try {
    return await Comlink.wrap<OwnModelWorker>(worker).measure(new URL('wasm/', document.baseURI).href, threads, rounds);
  } finally {
    worker.terminate();
  }
}

Object.assign(globalThis, { measureOwnModel: measure });
