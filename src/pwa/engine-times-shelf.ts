/** Which way to compute was faster on this device, in the browser's local storage; nothing lies there before it was measured. */
import { readEngineTimes, type EngineTimes } from '../domain/engine-choice';

export const ENGINE_TIMES_KEY = 'lesion-lens-engine-times';

export interface EngineTimesShelf {
  /** Never throws: null where nothing was measured, storage is blocked, or what lies there cannot be used. */
  readonly read: () => EngineTimes | null;
  /** Never throws: where storage is blocked or full they are measured again on the next visit. */
  readonly keep: (times: EngineTimes) => void;
}

/** @param getStorage - Throws where the browser blocks storage: asking for it is enough. */
export function createEngineTimesShelf(getStorage: () => Pick<Storage, 'getItem' | 'setItem'>): EngineTimesShelf {
  return {
    read() {
      try {
        return readEngineTimes(getStorage().getItem(ENGINE_TIMES_KEY));
      } catch {
        return null;
      }
    },
    keep(times) {
      try {
        getStorage().setItem(ENGINE_TIMES_KEY, JSON.stringify(times));
      } catch {
        // Blocked or full.
      }
    },
  };
}
