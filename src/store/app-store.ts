import { createStore, type StoreApi } from 'zustand/vanilla';
import { INITIAL_STATE, type AppState } from './app-state';

export type AppStore = StoreApi<AppState>;

export function createAppStore(): AppStore {
  return createStore<AppState>(() => INITIAL_STATE);
}
