import { formatScore } from '../../words/format';
import { words } from '../../words/words';
import css from './score-panels.module.css';

/** The score in figures, with what it is a number of and what it is not. */
export function ScoreNumber({ probability, unit, isSecond = false }: ScoreNumberProps) {
  return (
    <p className={isSecond ? css.secondNumber : css.number}>
      <span translate="no">{formatScore(probability)}</span>
      <span className={css.unit}>
        <span>{unit}</span>
        <span className={css.notADiagnosis}>{words.line.notADiagnosis}</span>
      </span>
    </p>
  );
}

interface ScoreNumberProps {
  readonly probability: number;
  readonly unit: string;
  readonly isSecond?: boolean;
}
