import { useEffect, useState } from 'react';
import { ERROR_SENTENCES } from '../../domain/errors';
import type { AppState, WorkFacts } from '../../store/app-state';
import { msLeft, type WorkStart } from '../../viewer/tools/time-left';
import { WorkProgress } from '../../viewer/tools/WorkProgress';
import { useApp, useAppState } from '../app-context';

interface ToolProgressProps {
  readonly label: string;
  /** Must stay the same function. */
  readonly select: (state: AppState) => WorkFacts | null;
}

/** Progress of a long computation with the time it still needs, or the sentence for its failure; else nothing. */
export function ToolProgress({ label, select }: ToolProgressProps) {
  const work = useAppState(select);
  const left = useMsLeft(select);
  if (work?.state === 'running') return <WorkProgress label={label} done={work.done} total={work.total} msLeft={left} />;
  if (work?.state === 'failed' && work.error !== null) return <p className="tool-error">{ERROR_SENTENCES[work.error.code]}</p>;
  return null;
}

/** Measured from the first step that was seen. null: not known yet. */
function useMsLeft(select: ToolProgressProps['select']): number | null {
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
