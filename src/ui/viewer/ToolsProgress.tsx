import type { AppState, WorkFacts } from '../../store/app-state';
import { WorkProgress } from '../../viewer/tools/WorkProgress';
import { words } from '../../words/words';
import { useAppState } from '../app-context';
import { useMsLeft } from '../use-ms-left';
import tool from './tool.module.css';

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
  if (work?.state === 'failed' && work.error !== null) return <p className={tool.error}>{words.error[work.error.code]}</p>;
  return null;
}
