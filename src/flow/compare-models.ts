import type { OwnChoice } from '../engine/protocol';
import { currentLoadRequest } from './engine-choice';
import type { FlowContext } from './flow-context';
import { whenModelReady } from './load-model';

interface SecondPhoto {
  readonly removeSecond: () => void;
  readonly followFirst: () => Promise<void>;
}

/**
 * One photo by two models: B is what A's photo gives with the other one, in a second engine, for as long as B is not emptied
 * (`removeSecond`), which every change of the app's model and every other photo for B do.
 */
export function createComparison(context: FlowContext, { removeSecond, followFirst }: SecondPhoto) {
  const { store, second } = context;

  function compared(): string | null {
    return store.getState().own.compared;
  }

  /** @param own - null: the model that ships. Rejects as a load does; then there is no comparison. */
  async function begin(name: string, own: OwnChoice | null): Promise<void> {
    removeSecond();
    await whenModelReady(store);
    store.setState((state) => ({ own: { ...state.own, compared: name } }));
    try {
      await second.open({ ...currentLoadRequest(context), own });
    } catch (error) {
      // Where B was emptied meanwhile nobody waits for it.
      if (compared() === null) return;
      removeSecond();
      throw error;
    }
    void followFirst();
  }

  return {
    begin,
    end: (): void => {
      if (compared() !== null) removeSecond();
    },
  };
}

export type Comparison = ReturnType<typeof createComparison>;
