/** tfjs's own limit, and the size of its pool of workers. */
const MAX_THREADS = 8;
/** Up to so many logical cores, all are used. */
const SMALL_CORES = 4;

/**
 * Threads for one forward pass. Beyond 4 logical cores half of them: the others are mostly the second halves of the
 * same physical cores, or a phone's slow ones, for which the fast ones would wait.
 */
export function chooseThreads(logicalCores: number): number {
  const wanted = Math.max(Math.min(logicalCores, SMALL_CORES), Math.floor(logicalCores / 2));
  return Math.max(1, Math.min(wanted, MAX_THREADS));
}

/**
 * Runs `task` while `navigator.hardwareConcurrency` reads as twice `threads`. tfjs's wasm takes at most half the
 * logical cores, whatever `setThreadsCount` says: on 2 cores it would silently use 1.
 */
export async function withThreads<T>(threads: number, task: () => Promise<T>): Promise<T> {
  const own = Object.getOwnPropertyDescriptor(navigator, 'hardwareConcurrency');
  Object.defineProperty(navigator, 'hardwareConcurrency', { configurable: true, value: threads * 2 });
  try {
    return await task();
  } finally {
    // The real getter lies on the prototype: taking ours away brings it back.
    if (own === undefined) delete (navigator as { hardwareConcurrency?: number }).hardwareConcurrency;
    else Object.defineProperty(navigator, 'hardwareConcurrency', own);
  }
}
