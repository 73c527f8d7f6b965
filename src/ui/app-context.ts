import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { NetworkShape } from '../domain/network';
import type { Flow } from '../flow/create-flow';
import type { AppState } from '../store/app-state';
import type { AppStore } from '../store/app-store';
import type { HeavyCache } from '../store/heavy-cache';
import { selectNetwork } from '../store/select-network';

export interface App {
  readonly store: AppStore;
  readonly cache: HeavyCache;
  readonly flow: Flow;
}

export const AppContext = createContext<App | null>(null);

export function useApp(): App {
  const app = useContext(AppContext);
  if (app === null) throw new Error('AppContext is missing: render inside its provider');
  return app;
}

/** @param select - Must return the same reference for the same state, or React renders without end. */
export function useAppState<T>(select: (state: AppState) => T): T {
  return useStore(useApp().store, select);
}

/** The network that the viewer shows. */
export function useNetwork(): NetworkShape {
  return useAppState(selectNetwork);
}
