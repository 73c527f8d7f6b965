import { formatScore } from '../words';

interface ScoreScaleProps {
  readonly probability: number;
  readonly threshold: number;
}

/** A ruler from 0 to 1: where the score stands and where the model's threshold stands. No bands, no colours of alarm. */
export function ScoreScale({ probability, threshold }: ScoreScaleProps) {
  const label = `On a scale from 0 to 1 the score is ${formatScore(probability)}; the model's threshold is ${threshold.toFixed(2)}.`;
  return (
    <div className="scale" role="img" aria-label={label}>
      <span className="scale-marker" style={{ left: `${probability * 100}%` }} />
      <span className="scale-ruler" />
      <span className="scale-threshold" style={{ left: `${threshold * 100}%` }} />
      <span className="scale-label scale-zero">0</span>
      <span
        className="scale-label scale-threshold-label"
        style={{ left: `clamp(4.25rem, ${threshold * 100}%, calc(100% - 4.25rem))` }}
      >
        threshold {threshold.toFixed(2)}
      </span>
      <span className="scale-label scale-one">1</span>
    </div>
  );
}
