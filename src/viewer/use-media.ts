import { useCallback, useSyncExternalStore } from 'react';

/** Screens on which things stand side by side; the style modules break at the same width, which no style can read from here. */
export const WIDE = '(width >= 48rem)';

/** By query: the answer of one that was asked before costs nothing, that of a new one lays the page out. */
const lists = new Map<string, MediaQueryList>();

function listOf(query: string): MediaQueryList {
  const list = lists.get(query) ?? matchMedia(query);
  lists.set(query, list);
  return list;
}

/** Whether a media query holds, as it changes. */
export function useMedia(query: string): boolean {
  const subscribe = useCallback(
    (onChange: () => void) => {
      const list = listOf(query);
      list.addEventListener('change', onChange);
      return () => {
        list.removeEventListener('change', onChange);
      };
    },
    [query],
  );
  return useSyncExternalStore(subscribe, () => listOf(query).matches);
}
