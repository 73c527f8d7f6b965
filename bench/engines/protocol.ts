/** What the bench's page says to its workers, and to who runs it. */

export interface EngineOptions {
  readonly kind: 'ours' | 'tfjs' | 'ort';
  readonly threads: number;
  readonly modelUrl: string;
  readonly wasmUrl: string;
  readonly ortUrl: string;
}

interface Scored {
  readonly ms: number;
  readonly logit: number;
}

export interface BenchWorker {
  /** From the weights in memory to the first score. */
  open(options: EngineOptions): Promise<Scored>;
  pass(): Promise<Scored>;
}

export interface EngineTimes {
  readonly kind: EngineOptions['kind'];
  readonly threads: number;
  readonly logit: number;
  /** As `BenchWorker.open` counts; a worker of its own each time. */
  readonly coldMs: readonly number[];
  readonly warmMs: readonly number[];
}
