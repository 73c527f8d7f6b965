import { createStore, type StoreApi } from 'zustand/vanilla';
import { INITIAL_STATE, type AppState, type PhotoSlot, type Slot } from './app-state';

export type AppStore = StoreApi<AppState>;

export function createAppStore(): AppStore {
  return createStore<AppState>(() => INITIAL_STATE);
}

/** Changes some of what a slot holds. */
export function patchSlot(store: AppStore, slot: Slot, change: Partial<PhotoSlot>): void {
  const { photos } = store.getState();
  store.setState({ photos: { ...photos, [slot]: { ...photos[slot], ...change } } });
}

/** Tells who draws from the heavy cache that it holds something else now. */
export function noteHeavyChange(store: AppStore): void {
  store.setState(({ heavyVersion }) => ({ heavyVersion: heavyVersion + 1 }));
}
