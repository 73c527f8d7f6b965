/** tfjs's own limit, and the size of its pool of workers; our kernels keep to it. */
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

/** Threads that one forward pass may have: 1 where the page is not isolated, as then no memory can be shared. */
export function availableThreads(): number {
  // Neither is there in Node 20, where the tests run.
  const { crossOriginIsolated, navigator } = globalThis as Partial<Pick<typeof globalThis, 'crossOriginIsolated' | 'navigator'>>;
  return crossOriginIsolated === true && navigator !== undefined ? chooseThreads(navigator.hardwareConcurrency) : 1;
}
