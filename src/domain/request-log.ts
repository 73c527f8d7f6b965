/** Which requests a page or a worker made, from what the browser's resource timing tells. */

/** Of a PerformanceResourceTiming entry. */
interface ResourceEntry {
  readonly name: string;
}

/** Addresses that never reach a network: objects in memory. */
const LOCAL = /^(blob|data):/;

interface RequestLog {
  add(entries: readonly ResourceEntry[]): void;
  /** Addresses, oldest first. */
  list(): readonly string[];
}

/** Counts every request, also one that a cache answered: the browser does not tell them apart reliably. */
export function createRequestLog(): RequestLog {
  const addresses: string[] = [];
  return {
    add(entries) {
      for (const { name } of entries) if (!LOCAL.test(name)) addresses.push(name);
    },
    list: () => addresses,
  };
}
