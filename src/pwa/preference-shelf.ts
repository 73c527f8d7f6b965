/** The person's preferences in the browser's local storage; nothing lies there until something is set. */
import { readPreferences, type Preferences } from '../domain/preferences';

export const PREFERENCES_KEY = 'lesion-lens-preferences';

export interface PreferenceShelf {
  /** Never throws: where storage is blocked nothing was set. */
  readonly read: () => Preferences;
  /** Keeps these and leaves the others. Never throws: where storage is blocked or full they last as long as the page. */
  readonly keep: (change: Partial<Preferences>) => void;
}

/** @param getStorage - Throws where the browser blocks storage: asking for it is enough. */
export function createPreferenceShelf(getStorage: () => Pick<Storage, 'getItem' | 'setItem'>): PreferenceShelf {
  const read = (): Preferences => {
    try {
      return readPreferences(getStorage().getItem(PREFERENCES_KEY));
    } catch {
      return readPreferences(null);
    }
  };
  return {
    read,
    keep(change) {
      try {
        getStorage().setItem(PREFERENCES_KEY, JSON.stringify({ ...read(), ...change }));
      } catch {
        // Blocked or full.
      }
    },
  };
}
