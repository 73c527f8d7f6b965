import { useEffect, useState } from 'react';
import type { AppState } from '../store/app-state';
import { msLeft, type WorkStart } from '../viewer/tools/time-left';
import { useApp } from './app-context';

/** Work that goes on in steps. */
export interface StepFacts {
  readonly state: string;
  readonly done: number;
  readonly total: number;
}

/**
 * How long work in state `running` still needs, measured from the first step that was seen. null: not known yet.
 * @param select - Must stay the same function.
 */
export function useMsLeft(select: (state: AppState) => StepFacts | null): number | null {
  const { store } = useApp();
  const [left, setLeft] = useState<number | null>(null);
  useEffect(() => {
    let start: WorkStart | null = null;
    return store.subscribe((state) => {
      const work = select(state);
      if (work?.state !== 'running') {
        start = null;
        setLeft(null);
        return;
      }
      if (start === null || work.done < start.done) start = { atMs: performance.now(), done: work.done };
      setLeft(msLeft(start, performance.now(), work.done, work.total));
    });
  }, [store, select]);
  return left;
}
