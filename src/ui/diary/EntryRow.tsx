import { useState } from 'react';
import type { DiaryEntry, EntryMoment } from '../../domain/diary';
import { words } from '../../words/words';
import { useApp } from '../app-context';
import { ConfirmButton } from '../ConfirmButton';
import shared from './diary.module.css';
import { DiaryPicture } from './DiaryPicture';
import { EntryFields } from './EntryFields';
import css from './EntryRow.module.css';
import { SideField } from './SideField';

interface EntryRowProps {
  readonly entry: DiaryEntry;
  readonly when: EntryMoment;
  /** What the mole is called now; the entry may say what it was called then. */
  readonly moleName: string;
  readonly isBusy: boolean;
}

export function EntryRow({ entry, when, moleName, isBusy }: EntryRowProps) {
  const { flow } = useApp();
  const [isEditing, setIsEditing] = useState(false);
  const { id, date, notes, probability, logit, verdict } = entry;
  const says = words.diary.entry;
  const open = async (): Promise<void> => {
    if (await flow.diary.openEntries([id])) location.hash = '#/';
  };
  return (
    <article
      className={css.entry}
      aria-label={says.label(moleName, when)}
      data-testid="diary-entry"
      data-id={id}
      data-date={date}
      data-probability={probability}
      data-logit={logit}
      data-verdict={verdict}
    >
      <DiaryPicture id={id} which="view" alt={says.picture(moleName, when)} />
      <div className={css.words}>
        <h3>{says.moment(when)}</h3>
        <p>
          <span className={shared.score}>{says.score(entry)}</span> <span className="small soft">{says.scoreOf(entry)}</span>
        </p>
        <p className="small">{says.verdict(entry)}</p>
        {says.remarks(entry).map((remark) => (
          <p key={remark} className="small soft">
            {remark}
          </p>
        ))}
        {isEditing ? (
          <WordsForm entry={entry} onClose={() => setIsEditing(false)} />
        ) : (
          notes !== '' && (
            <p className={css.notes} data-testid="diary-entry-notes">
              {notes}
            </p>
          )
        )}
        <div className={shared.actions}>
          <button type="button" className="button" data-testid="diary-open" onClick={() => void open()}>
            {says.open}
          </button>
          {!isEditing && (
            <button type="button" className="button button-quiet" data-testid="diary-edit" onClick={() => setIsEditing(true)}>
              {says.edit}
            </button>
          )}
          <ConfirmButton
            testId="diary-delete"
            label={says.delete}
            question={says.deleteQuestion(when)}
            isBusy={isBusy}
            onConfirm={() => void flow.diary.remove([id])}
          />
        </div>
      </div>
    </article>
  );
}

function WordsForm({ entry, onClose }: { readonly entry: DiaryEntry; readonly onClose: () => void }) {
  const { flow } = useApp();
  const says = words.diary.entry;
  const [notes, setNotes] = useState(entry.notes);
  const [date, setDate] = useState(entry.date);
  const [side, setSide] = useState(entry.side ?? null);
  const save = async (): Promise<void> => {
    // After a failure what was written stays in the form.
    if (await flow.diary.changeWords(entry.id, { notes, date, side })) onClose();
  };
  return (
    <form
      className={shared.form}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <SideField testId="diary-edit-side" side={side} onSide={setSide} />
      <EntryFields
        date={date}
        notes={notes}
        notesLabel={says.notes}
        dateTestId="diary-edit-date"
        notesTestId="diary-edit-notes"
        onDate={setDate}
        onNotes={setNotes}
      />
      <div className={shared.actions}>
        <button type="submit" className="button button-primary" data-testid="diary-edit-save">
          {says.save}
        </button>
        <button type="button" className="button" onClick={onClose}>
          {says.cancel}
        </button>
      </div>
    </form>
  );
}
