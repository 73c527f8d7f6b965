import { words } from '../../words/words';
import tools from './tools.module.css';
import css from './WorkProgress.module.css';

interface WorkProgressProps {
  readonly label: string;
  readonly done: number;
  readonly total: number;
  /** null: not known yet. */
  readonly msLeft: number | null;
}

/** How far a long computation is. */
export function WorkProgress({ label, done, total, msLeft }: WorkProgressProps) {
  const share = total > 0 ? done / total : 0;
  const { progress, progressOf } = words.viewer.tools;
  const soFar = progress(done, total, msLeft);
  return (
    <div className={css.progress}>
      <div
        className="progress-track"
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={total}
        aria-valuenow={done}
        aria-valuetext={soFar}
      >
        <div className="progress-fill" style={{ transform: `scaleX(${share})` }} />
      </div>
      <p className={tools.small}>{progressOf(label, soFar)}</p>
    </div>
  );
}
