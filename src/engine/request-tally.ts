import type { WorkerLink } from './worker-link';

/** What all workers of this page asked the network for, in the order in which it became known. */
export class RequestTally {
  readonly #list: string[] = [];
  /** How many of a worker's requests are in the list. */
  readonly #counted = new WeakMap<WorkerLink, number>();

  get list(): readonly string[] {
    return [...this.#list];
  }

  /** Brings the list up to date with one worker. Rejects as a call does. */
  async ask(link: WorkerLink, limitMs: number): Promise<void> {
    const requests = await link.call(limitMs, (api) => api.listRequests());
    // Read after the answer: two may be on their way at once.
    const counted = this.#counted.get(link) ?? 0;
    this.#list.push(...requests.slice(counted));
    this.#counted.set(link, Math.max(counted, requests.length));
  }
}
