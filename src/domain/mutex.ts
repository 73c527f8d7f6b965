/** Mutual exclusion of asynchronous work: one holder at a time, in the order of asking. */
export class Mutex {
  #last: Promise<void> = Promise.resolve();

  /** Never rejects. @returns A function that releases the mutex; call it exactly once, in a `finally`. */
  async acquire(): Promise<() => void> {
    let release = (): void => undefined;
    const before = this.#last;
    this.#last = new Promise((resolve) => {
      release = resolve;
    });
    await before;
    return release;
  }

  /** Runs the task while holding the mutex. A task that fails rejects its own promise and lets the next one start. */
  async runExclusive<T>(task: () => T | Promise<T>): Promise<T> {
    const release = await this.acquire();
    try {
      return await task();
    } finally {
      release();
    }
  }
}
