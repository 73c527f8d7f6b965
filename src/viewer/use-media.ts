import { useCallback, useSyncExternalStore } from 'react';

/** Screens on which things stand side by side; the style modules break at the same width, which no style can read from here. */
export const WIDE = '(width >= 48rem)';

/** Whether a media query holds, as it changes. */
export function useMedia(query: string): boolean {
  const subscribe = useCallback(
    (onChange: () => void) => {
      const list = matchMedia(query);
      list.addEventListener('change', onChange);
      return () => {
        list.removeEventListener('change', onChange);
      };
    },
    [query],
  );
  return useSyncExternalStore(subscribe, () => matchMedia(query).matches);
}
