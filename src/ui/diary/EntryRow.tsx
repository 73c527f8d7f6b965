import { useState } from 'react';
import type { DiaryEntry } from '../../domain/diary';
import { useApp } from '../app-context';
import { ConfirmButton } from '../ConfirmButton';
import { dayWords, remarkWords, scoreWords, verdictWords } from './diary-words';
import { DiaryPicture } from './DiaryPicture';
import { EntryFields } from './EntryFields';

interface EntryRowProps {
  readonly entry: DiaryEntry;
  /** Mole and day, for who does not see the picture. */
  readonly label: string;
  readonly isBusy: boolean;
}

export function EntryRow({ entry, label, isBusy }: EntryRowProps) {
  const { flow } = useApp();
  const [isEditing, setIsEditing] = useState(false);
  const { id, date, notes, probability, logit, verdict, model } = entry;
  const open = async (): Promise<void> => {
    if (await flow.diary.openEntries([id])) location.hash = '#/';
  };
  return (
    <article
      className="entry"
      aria-label={label}
      data-testid="diary-entry"
      data-id={id}
      data-date={date}
      data-probability={probability}
      data-logit={logit}
      data-verdict={verdict}
    >
      <DiaryPicture id={id} which="view" alt={`Picture of ${label}`} />
      <div className="entry-words">
        <h3>{dayWords(date)}</h3>
        <p>
          <span className="entry-score">{scoreWords(entry)}</span>{' '}
          <span className="small soft">
            {verdict === 'cant-say' ? '' : 'the model’s score for malignant, '}model {model.version}
          </span>
        </p>
        <p className="small">{verdictWords(entry)}</p>
        {remarkWords(entry).map((remark) => (
          <p key={remark} className="small soft">
            {remark}
          </p>
        ))}
        {isEditing ? (
          <WordsForm entry={entry} onClose={() => setIsEditing(false)} />
        ) : (
          notes !== '' && (
            <p className="entry-notes" data-testid="diary-entry-notes">
              {notes}
            </p>
          )
        )}
        <div className="diary-actions">
          <button type="button" className="button" data-testid="diary-open" onClick={() => void open()}>
            Open in the viewer
          </button>
          {!isEditing && (
            <button type="button" className="button button-quiet" data-testid="diary-edit" onClick={() => setIsEditing(true)}>
              Edit day and notes
            </button>
          )}
          <ConfirmButton
            testId="diary-delete"
            label="Delete"
            question={`This deletes the entry of ${dayWords(date)} for good.`}
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
  const [notes, setNotes] = useState(entry.notes);
  const [date, setDate] = useState(entry.date);
  const save = async (): Promise<void> => {
    // After a failure what was written stays in the form.
    if (await flow.diary.changeWords(entry.id, { notes, date })) onClose();
  };
  return (
    <form
      className="diary-form"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <EntryFields
        date={date}
        notes={notes}
        notesLabel="Notes"
        dateTestId="diary-edit-date"
        notesTestId="diary-edit-notes"
        onDate={setDate}
        onNotes={setNotes}
      />
      <div className="diary-actions">
        <button type="submit" className="button button-primary" data-testid="diary-edit-save">
          Save
        </button>
        <button type="button" className="button" onClick={onClose}>
          Cancel
        </button>
      </div>
    </form>
  );
}
