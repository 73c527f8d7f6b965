import { useId } from 'react';
import { BODY_SIDES, type BodySide } from '../../domain/diary';
import { words } from '../../words/words';

interface SideFieldProps {
  readonly testId: string;
  /** null: nothing is said. */
  readonly side: BodySide | null;
  readonly onSide: (side: BodySide | null) => void;
}

/** Which side of the body a place is on. */
export function SideField({ testId, side, onSide }: SideFieldProps) {
  const id = useId();
  const says = words.diary;
  return (
    <div className="field">
      <label htmlFor={id}>{says.keep.side}</label>
      <select
        id={id}
        data-testid={testId}
        value={side ?? ''}
        onChange={({ target }) => onSide(BODY_SIDES.find((known) => known === target.value) ?? null)}
      >
        <option value="">{says.keep.noSide}</option>
        {BODY_SIDES.map((known) => (
          <option key={known} value={known}>
            {says.sides[known]}
          </option>
        ))}
      </select>
    </div>
  );
}
