import { useId } from 'react';
import { BODY_SITES, MAX_MOLE_NAME } from '../../domain/diary';
import { words } from '../../words/words';
import css from './MoleFields.module.css';
import { SideField } from './SideField';
import { NEW_MOLE, type MoleChoice } from './use-mole-choice';

/** Asks which mole it is, and of a new one its name and place. */
export function MoleFields({ choice }: { readonly choice: MoleChoice }) {
  const id = useId();
  const { moles, value, isNew, onValue } = choice;
  const says = words.diary.keep;
  return (
    <>
      {moles.length > 0 && (
        <div className="field">
          <label htmlFor={id}>{says.mole}</label>
          <select id={id} data-testid="diary-mole" value={value} onChange={({ target }) => onValue(target.value)}>
            {moles.map((mole) => (
              <option key={mole.id} value={mole.id}>
                {says.moleChoice(mole.name, mole.site, mole.side)}
              </option>
            ))}
            <option value={NEW_MOLE}>{says.newMole}</option>
          </select>
        </div>
      )}
      {isNew && <NewMoleFields choice={choice} />}
    </>
  );
}

function NewMoleFields({ choice: { name, site, side, onName, onSite, onSide } }: { readonly choice: MoleChoice }) {
  const id = useId();
  const says = words.diary.keep;
  return (
    <div className={css.row}>
      <div className="field">
        <label htmlFor={`${id}-name`}>{says.moleName}</label>
        <input
          id={`${id}-name`}
          type="text"
          required
          pattern=".*\S.*"
          maxLength={MAX_MOLE_NAME}
          autoComplete="off"
          data-testid="diary-mole-name"
          value={name}
          onChange={({ target }) => onName(target.value)}
        />
      </div>
      <div className="field">
        <label htmlFor={`${id}-site`}>{says.site}</label>
        <select
          id={`${id}-site`}
          data-testid="diary-site"
          value={site}
          onChange={({ target }) => onSite(BODY_SITES.find((known) => known === target.value) ?? 'somewhere else')}
        >
          {BODY_SITES.map((known) => (
            <option key={known} value={known}>
              {words.diary.sites[known]}
            </option>
          ))}
        </select>
      </div>
      <SideField testId="diary-side" side={side} onSide={onSide} />
    </div>
  );
}
