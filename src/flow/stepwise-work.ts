import { toErrorFacts } from '../domain/errors';
import type { RunId } from '../domain/analysis';
import type { WorkFacts } from '../store/app-state';
import { noteHeavyChange } from '../store/app-store';
import type { FlowContext } from './flow-context';

/** A row of numbers of photo A that is measured bit by bit. */
interface Measurement {
  readonly runId: RunId;
  /** NaN: not measured yet. Filled from the first to the last. */
  readonly values: Float32Array<ArrayBuffer>;
  /** How many a call. */
  readonly chunk: number;
  readonly measure: (first: number, end: number) => Promise<Float32Array>;
  /** Puts the state of the work on the screen. */
  readonly show: (facts: WorkFacts) => void;
}

/**
 * Long work in small calls between which other calls have their turn. A new start, a cancel or another photo ends it; what was
 * measured is kept and the next start goes on from there.
 */
export class StepwiseWork {
  readonly #store: FlowContext['store'];
  #latest = 0;

  constructor(store: FlowContext['store']) {
    this.#store = store;
  }

  /** Never rejects: a failure is shown. */
  async start({ runId, values, chunk, measure, show }: Measurement): Promise<void> {
    this.#latest += 1;
    const own = this.#latest;
    const total = values.length;
    const unmeasured = values.findIndex(Number.isNaN);
    let done = unmeasured < 0 ? total : unmeasured;
    const tell = (state: WorkFacts['state'], error: WorkFacts['error'] = null): void => {
      show({ state, done, total, error });
    };
    try {
      while (done < total) {
        tell('running');
        const end = Math.min(total, done + chunk);
        const measured = await measure(done, end);
        if (own !== this.#latest) return;
        values.set(measured, done);
        done = end;
        noteHeavyChange(this.#store);
        if (this.#store.getState().photos.a.result?.runId !== runId) {
          tell('cancelled');
          return;
        }
      }
      tell('done');
    } catch (error) {
      if (own === this.#latest) tell('failed', toErrorFacts(error));
    }
  }

  /** The answer of a call under way is thrown away. */
  cancel(): void {
    this.#latest += 1;
  }
}
