import type { AnalysisFacts, Slot } from '../../store/app-state';
import { words } from '../../words/words';
import css from './score-panels.module.css';

interface CantSayProps {
  readonly result: AnalysisFacts;
  readonly slot: Slot;
}

/** No verdict, and why; the number, and how it moves between the views, on request. */
export function CantSay({ result, slot }: CantSayProps) {
  const { reasons, probability, viewRange } = result;
  const isSecond = slot === 'b';
  const says = words.analyse.score;
  return (
    <>
      <p className={isSecond ? css.secondNumber : `${css.number} ${css.cantSay}`}>{says.cantSay}</p>
      <ul className={isSecond ? `${css.reasons} small` : css.reasons}>
        {reasons.map((reason) => (
          <li key={reason}>{words.photo.reasons[reason]}</li>
        ))}
      </ul>
      <details className="small soft" data-testid={isSecond ? 'number-anyway-b' : 'number-anyway'}>
        <summary>{says.numberAnyway}</summary>
        <p>{says.notReliable(probability)}</p>
        {viewRange !== null && <p data-testid="view-range">{words.analyse.scale.range(viewRange)}</p>}
      </details>
    </>
  );
}

/** Said once the views have come and taken the verdict away; they change it in no other way. */
export function VerdictChange({ result, slot }: CantSayProps) {
  const { reasons } = result;
  const isTakenAway = reasons.length === 1 && reasons[0] === 'views-disagree';
  return (
    <p role="status" className="visually-hidden" data-testid={slot === 'b' ? 'verdict-change-b' : 'verdict-change'}>
      {isTakenAway && words.analyse.score.takenAway(slot)}
    </p>
  );
}
