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
