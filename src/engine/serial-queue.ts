/** Runs one task at a time, in the order of the calls. */
export type SerialQueue = <T>(task: () => Promise<T>) => Promise<T>;

/** A task that fails rejects its own promise and lets the next one start. */
export function createSerialQueue(): SerialQueue {
  let tail: Promise<unknown> = Promise.resolve();
  return (task) => {
    const result = tail.then(task);
    tail = result.catch(() => undefined);
    return result;
  };
}
