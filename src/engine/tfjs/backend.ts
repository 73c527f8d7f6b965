/** Opens and closes tfjs backends; each one's code is loaded only when it is tried. */
import {
  backend as currentBackend,
  env,
  findBackendFactory,
  registerBackend,
  removeBackend,
  setBackend,
  type KernelBackend,
} from '@tensorflow/tfjs-core';
import { LensError } from '../../domain/errors';
import { toEngineError } from '../engine-error';
import { createLossGuard, type LossGuard } from './loss-guard';
import type { Backend } from '../../domain/loaded-model';
import { withThreads } from './thread-count';
import { readRenderer } from './webgl-probe';

export interface OpenBackend {
  readonly backend: Backend;
  /** For instance "SIMD, 2 threads". */
  readonly detail: string;
  readonly lossGuard: LossGuard;
  /** Frees the device; tensors must be disposed before. Never throws. */
  close(): void;
}

/** A backend that has not begun by then never will: a wasm thread that failed to load keeps silent. */
const INIT_LIMIT_MS = 30_000;

/**
 * A backend that is open already is shared: tfjs has one of each kind, and a second start would take it from whoever has it.
 * The last user's `close` frees it.
 * @param wasmUrl - folder of the .wasm files, ends in '/'.
 * @param threads - of WebAssembly.
 * @throws LensError, with a detail that says why the backend is not to be had.
 */
export function openBackend(backend: Backend, wasmUrl: string, threads: number): Promise<OpenBackend> {
  return openShared(backend, () => {
    if (backend === 'webgl') return openWebgl();
    return backend === 'wasm' ? openWasm(wasmUrl, threads) : openCpu();
  });
}

interface SharedBackend {
  readonly device: OpenBackend;
  users: number;
}

const opened = new Map<Backend, SharedBackend>();

async function openShared(backend: Backend, open: () => Promise<OpenBackend>): Promise<OpenBackend> {
  const shared = opened.get(backend) ?? { device: await open(), users: 0 };
  opened.set(backend, shared);
  await setBackend(backend);
  shared.users++;
  let isClosed = false;
  return {
    ...shared.device,
    close() {
      if (isClosed) return;
      isClosed = true;
      shared.users--;
      if (shared.users > 0) return;
      opened.delete(backend);
      shared.device.close();
    },
  };
}

async function openWebgl(): Promise<OpenBackend> {
  const { MathBackendWebGL } = await importBackend(() => import('@tensorflow/tfjs-backend-webgl'));
  env().set('SOFTWARE_WEBGL_ENABLED', true); // who forces it shall have it; 'auto' asked for the renderer before
  await start('webgl');
  const webgl = currentBackend();
  if (!(webgl instanceof MathBackendWebGL)) throw new LensError('unexpected', 'webgl is not tfjs webgl');
  const { gl } = webgl.getGPGPUContext();
  const lossGuard = createLossGuard(() => gl.isContextLost());
  // TypeScript's library for workers leaves the canvas out.
  (gl as unknown as { canvas: EventTarget }).canvas.addEventListener('webglcontextlost', () => lossGuard.lose());
  return { backend: 'webgl', detail: readRenderer(gl), lossGuard, close: () => close('webgl') };
}

let wasmPathsSet = false;

async function openWasm(wasmUrl: string, threads: number): Promise<OpenBackend> {
  const wasm = await importBackend(() => import('@tensorflow/tfjs-backend-wasm'));
  // tfjs refuses a second call after a failed start.
  if (!wasmPathsSet) wasm.setWasmPaths(wasmUrl);
  wasmPathsSet = true;
  // Off: its own test says yes wherever SharedArrayBuffer exists, and then starts 8 workers.
  env().set('WASM_HAS_MULTITHREAD_SUPPORT', threads > 1);
  wasm.setThreadsCount(threads);
  await startWasm(threads);
  const instance = currentBackend();
  if (!(instance instanceof wasm.BackendWasm)) throw new LensError('unexpected', 'wasm is not tfjs wasm');
  failOnFullMemory(instance.wasm);
  const simd = (await env().getAsync('WASM_HAS_SIMD_SUPPORT')) === true ? 'SIMD' : 'no SIMD';
  const running = threads > 1 ? wasm.getThreadsCount() : 1;
  const detail = `${simd}, ${running} thread${running === 1 ? '' : 's'}`;
  return { backend: 'wasm', detail, lossGuard: createLossGuard(), close: () => close('wasm') };
}

async function startWasm(threads: number): Promise<void> {
  if (threads === 1) return start('wasm');
  try {
    await withThreads(threads, () => start('wasm'));
  } catch (thrown) {
    const { code, detail } = toEngineError(thrown);
    throw new LensError(code, `with ${threads} threads: ${detail}`); // the rung below is wasm too
  }
}

/** Of the wasm module what tfjs's types leave out. */
interface EmscriptenHeap {
  _malloc(sizeBytes: number): number;
}

/** tfjs does not look at what malloc answers: with 0 it would write over the start of its memory and go on. */
function failOnFullMemory(wasm: EmscriptenHeap): void {
  const malloc = wasm._malloc.bind(wasm);
  wasm._malloc = (sizeBytes) => {
    const at = malloc(sizeBytes);
    if (at === 0 && sizeBytes > 0) throw new LensError('out-of-memory', `wasm: ${sizeBytes} bytes`);
    return at;
  };
}

async function openCpu(): Promise<OpenBackend> {
  await importBackend(() => import('@tensorflow/tfjs-backend-cpu'));
  await start('cpu');
  return { backend: 'cpu', detail: 'plain JavaScript', lossGuard: createLossGuard(), close: () => close('cpu') };
}

async function importBackend<T>(load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (error) {
    throw new LensError('model-download-failed', error instanceof Error ? error.message : String(error));
  }
}

type BackendFactory = Parameters<typeof registerBackend>[1];

/** tfjs registers a backend once, when its module loads, and forgets it on `removeBackend`: kept for the next time. */
const factories = new Map<Backend, BackendFactory>();

function takeFactory(backend: Backend): BackendFactory {
  const registered = findBackendFactory(backend) as BackendFactory | null; // tfjs's type leaves the null out
  if (registered !== null) {
    removeBackend(backend);
    if (!factories.has(backend)) factories.set(backend, registered);
  }
  const factory = factories.get(backend);
  if (factory === undefined) throw new LensError('unexpected', `${backend} is not offered here`);
  return factory;
}

/** Makes the instance itself rather than let tfjs do it, which would log the reason of a failure and say `false`. */
async function start(backend: Backend): Promise<void> {
  const factory = takeFactory(backend);
  const instance = await withinLimit(backend, Promise.resolve().then(factory));
  registerBackend(backend, () => instance);
  if (!(await setBackend(backend))) throw new LensError('unexpected', `${backend} did not start`);
}

async function withinLimit(backend: Backend, coming: Promise<KernelBackend>): Promise<KernelBackend> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new LensError('engine-timeout', `${backend} did not start in ${INIT_LIMIT_MS / 1000} s`));
      coming.then((late) => late.dispose()).catch(() => undefined);
    }, INIT_LIMIT_MS);
  });
  try {
    return await Promise.race([coming, limit]);
  } finally {
    clearTimeout(timer);
  }
}

function close(backend: Backend): void {
  try {
    removeBackend(backend);
  } catch {
    // A device that is lost cannot be tidied up.
  }
}
