import type { RunId } from '../domain/analysis';
import type { ModelManifest } from '../domain/manifest';
import type { Engine, EngineBeside, LoadRequest } from '../engine/protocol';

/** The engine of photo B while another model computes it: which runs are its own, and what it loaded. */
export class SecondEngine {
  readonly #main: Engine;
  #beside: EngineBeside | null = null;
  #manifest: ModelManifest | null = null;
  readonly #runs = new Set<RunId>();
  #followed: RunId | null = null;

  constructor(main: Engine) {
    this.#main = main;
  }

  /** Of the model that it computes with; null: none is loaded. */
  get manifest(): ModelManifest | null {
    return this.#manifest;
  }

  /** The engine that computes, or computed, a run: what is asked of the run is asked of it. */
  of(runId: RunId): Engine {
    return this.#runs.has(runId) && this.#beside !== null ? this.#beside : this.#main;
  }

  /** The run is computed by the second engine. */
  claim(runId: RunId): void {
    this.#runs.add(runId);
  }

  /** Whether this run of photo A is one that it has not followed yet; from now on it has. */
  follows(runId: RunId): boolean {
    const isNew = this.#followed !== runId;
    this.#followed = runId;
    return isNew;
  }

  /** In the place of one that is open. Rejects as a load does; as `unexpected` where it was closed meanwhile. */
  async open(request: LoadRequest): Promise<void> {
    this.close();
    const beside = this.#main.beside();
    this.#beside = beside;
    const { manifest } = await beside.load(request, () => undefined);
    if (this.#beside === beside) this.#manifest = manifest;
  }

  /** Frees its memory. Its runs are gone. */
  close(): void {
    this.#beside?.end().catch(() => undefined);
    this.#beside = null;
    this.#manifest = null;
    this.#followed = null;
    this.#runs.clear();
  }

  async revive(): Promise<void> {
    await this.#beside?.revive();
  }
}
