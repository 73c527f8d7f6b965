/** Milliseconds of each pass, one after the other in turn. */
export interface OwnModelTimes {
  /** Own engine, every layer's output kept, as for a photo on the screen. */
  readonly keeping: readonly number[];
  /** Own engine, the answer alone, as in a batch. */
  readonly scoring: readonly number[];
  /** `tf.loadLayersModel(...).predict`. */
  readonly stock: readonly number[];
  /** The largest difference of the two answers. */
  readonly difference: number;
}

export interface OwnModelWorker {
  measure(wasmUrl: string, threads: number, rounds: number): Promise<OwnModelTimes>;
}
