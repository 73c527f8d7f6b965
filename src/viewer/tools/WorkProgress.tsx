import { timeLeftWords } from './time-left';

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
  const words = `${done} of ${total}${msLeft === null ? '' : `, ${timeLeftWords(msLeft)}`}`;
  return (
    <div className="work-progress">
      <div
        className="progress-track"
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={total}
        aria-valuenow={done}
        aria-valuetext={words}
      >
        <div className="progress-fill" style={{ transform: `scaleX(${share})` }} />
      </div>
      <p className="tool-small">
        {label}: {words}
      </p>
    </div>
  );
}
