/**
 * One computation at a time, in the order of asking. The engine queues calls too, but a call once sent cannot be
 * taken back: waiting here lets a photo that was overtaken leave without costing a forward pass.
 */
export class Turns {
  #last: Promise<void> = Promise.resolve();

  /** @returns A function that ends the turn; call it exactly once, in a `finally`. */
  async take(): Promise<() => void> {
    let end = (): void => undefined;
    const before = this.#last;
    this.#last = new Promise((resolve) => {
      end = resolve;
    });
    await before;
    return end;
  }
}
