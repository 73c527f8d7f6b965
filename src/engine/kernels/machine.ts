/** The compiled kernels with their memory and threads. */
import { LensError } from '../../domain/errors';
import { HEAD } from './plan';

export interface KernelExports {
  run(from: number, end: number, slot: number): void;
  serve(thread: number): void;
}

export interface HelperStart {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  /** From 1. */
  readonly thread: number;
}

export interface Machine {
  readonly threads: number;
  /** As it is now: growing may replace it. */
  readonly buffer: ArrayBufferLike;
  /** Computes steps, all threads at once; returns when they are done. @throws LensError `engine-crashed`. */
  run(from: number, end: number, slot: number): void;
  /** Makes the memory at least so large. @throws LensError `out-of-memory`. */
  reserve(bytes: number): void;
  close(): void;
}

interface MachineOptions {
  readonly threads: number;
  readonly bytes: number;
  /** Of the memory, should it grow; address space only. */
  readonly maxBytes: number;
  readonly scratch: number;
  readonly scratchBytes: number;
}

const PAGE = 2 ** 16;
/** A helper that has not begun by then never will. */
const START_LIMIT_MS = 10_000;

/** @throws LensError `unexpected` where the browser has no SIMD. */
export async function compileKernels(code: Uint8Array<ArrayBuffer>): Promise<WebAssembly.Module> {
  if (!WebAssembly.validate(code)) throw new LensError('unexpected', 'no SIMD in WebAssembly here');
  return WebAssembly.compile(code);
}

/** @throws LensError of what is compiled; `out-of-memory`; `unexpected` where a helper does not start. */
export async function openMachine(
  compiled: Promise<WebAssembly.Module>,
  { threads, bytes, maxBytes, scratch, scratchBytes }: MachineOptions,
): Promise<Machine> {
  const module = await compiled;
  const memory = makeMemory(bytes, maxBytes, threads > 1);
  const exports = (await WebAssembly.instantiate(module, { env: { memory } })).exports as unknown as KernelExports;
  const head = new Int32Array(memory.buffer, 0, HEAD.steps / 4);
  head[HEAD.scratch / 4] = scratch;
  head[HEAD.scratchBytes / 4] = scratchBytes;
  const helpers: Worker[] = [];
  function close(): void {
    for (const helper of helpers.splice(0)) helper.terminate();
  }
  try {
    await Promise.all(
      Array.from({ length: threads - 1 }, async (_, i) => {
        const helper = new Worker(new URL('./helper.ts', import.meta.url), { type: 'module', name: 'lesion-lens-kernels' });
        helpers.push(helper);
        await startHelper(helper, { module, memory, thread: i + 1 });
      }),
    );
  } catch (error) {
    close();
    throw error;
  }
  head[HEAD.helpers / 4] = helpers.length;
  return {
    threads,
    get buffer() {
      return memory.buffer;
    },
    run(from, end, slot) {
      try {
        exports.run(from, end, slot);
      } catch (error) {
        throw new LensError('engine-crashed', error instanceof Error ? error.message : String(error));
      }
    },
    reserve(needed) {
      const missing = needed - memory.buffer.byteLength;
      if (missing <= 0) return;
      try {
        memory.grow(Math.ceil(missing / PAGE));
      } catch {
        throw new LensError('out-of-memory', `kernels: ${needed} bytes`);
      }
    },
    close,
  };
}

function makeMemory(bytes: number, maxBytes: number, shared: boolean): WebAssembly.Memory {
  const initial = Math.ceil(bytes / PAGE);
  try {
    return new WebAssembly.Memory({ initial, maximum: Math.ceil(maxBytes / PAGE), shared });
  } catch {
    throw new LensError('out-of-memory', `kernels: ${bytes} bytes`);
  }
}

function startHelper(helper: Worker, start: HelperStart): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => fail(`did not start in ${START_LIMIT_MS / 1000} s`), START_LIMIT_MS);
    function fail(why: string): void {
      clearTimeout(timer);
      reject(new LensError('unexpected', `a thread of the kernels ${why}`));
    }
    helper.addEventListener('error', ({ message }) => fail(`failed: ${message}`));
    helper.addEventListener('message', () => {
      clearTimeout(timer);
      resolve();
    });
    helper.postMessage(start);
  });
}
