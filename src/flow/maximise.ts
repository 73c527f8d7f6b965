import { toErrorFacts } from '../domain/errors';
import type { LikingFacts } from '../store/app-state';
import { noteHeavyChange } from '../store/app-store';
import type { FlowContext } from './flow-context';

/** Steps of gradient ascent in all, and a call: a step through all of the network costs several forward passes. */
const STEPS = 40;
const STEPS_PER_CALL = 2;
/** The same picture for the same filter, every time. */
const SEED = 20_170_101;

/** Pictures that filters like, drawn by gradient ascent in small calls. A new start or a cancel ends the one under way. */
export function createMaximiseUseCases({ store, engine, cache }: FlowContext) {
  let latest = 0;

  async function maximise(layer: string, filter: number): Promise<void> {
    latest += 1;
    const own = latest;
    const facts: LikingFacts = { layer, filter, state: 'running', done: 0, total: STEPS, error: null, noiseMean: 0, mean: 0 };
    const show = (change: Partial<LikingFacts>): void => {
      store.setState(({ liking }) => ({ liking: { ...(liking ?? facts), ...change } }));
      noteHeavyChange(store);
    };
    store.setState({ liking: facts });
    try {
      let current = await engine.maximise({ layer, filter, image: null, steps: 0, stepsDone: 0, seed: SEED });
      if (own !== latest) return;
      cache.liked = { ...current, layer, filter };
      show({ noiseMean: current.mean, mean: current.mean });
      for (let done = 0; done < STEPS;) {
        const steps = Math.min(STEPS_PER_CALL, STEPS - done);
        current = await engine.maximise({ layer, filter, image: current.image, steps, stepsDone: done, seed: SEED });
        if (own !== latest) return;
        done += steps;
        cache.liked = { ...current, layer, filter };
        show({ done, mean: current.mean });
      }
      show({ state: 'done' });
    } catch (error) {
      if (own === latest) show({ state: 'failed', error: toErrorFacts(error) });
    }
  }

  function cancelMaximise(): void {
    latest += 1;
    const { liking } = store.getState();
    if (liking?.state === 'running') store.setState({ liking: { ...liking, state: 'cancelled' } });
  }

  /** Reads the kernels of the first convolution, unless they are known. */
  async function loadKernels(): Promise<void> {
    if (cache.kernels !== null) return;
    try {
      cache.kernels = await engine.firstKernels();
      noteHeavyChange(store);
    } catch (error) {
      store.setState({ mapsError: toErrorFacts(error) });
    }
  }

  return { maximise, cancelMaximise, loadKernels };
}
