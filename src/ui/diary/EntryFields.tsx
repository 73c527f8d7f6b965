import { useId } from 'react';
import { MAX_NOTES } from '../../domain/diary';
import { words } from '../../words/words';

interface EntryFieldsProps {
  readonly date: string;
  readonly notes: string;
  readonly notesLabel: string;
  readonly dateTestId: string;
  readonly notesTestId: string;
  readonly onDate: (date: string) => void;
  readonly onNotes: (notes: string) => void;
}

/** What can be said of an entry, and changed later. */
export function EntryFields({ date, notes, notesLabel, dateTestId, notesTestId, onDate, onNotes }: EntryFieldsProps) {
  const id = useId();
  return (
    <>
      <div className="field">
        <label htmlFor={`${id}-date`}>{words.diary.entry.date}</label>
        <input
          id={`${id}-date`}
          type="date"
          required
          min="1900-01-01"
          max="2199-12-31"
          data-testid={dateTestId}
          value={date}
          onChange={({ target }) => onDate(target.value)}
        />
      </div>
      <div className="field">
        <label htmlFor={`${id}-notes`}>{notesLabel}</label>
        <textarea
          id={`${id}-notes`}
          rows={3}
          maxLength={MAX_NOTES}
          data-testid={notesTestId}
          value={notes}
          onChange={({ target }) => onNotes(target.value)}
        />
      </div>
    </>
  );
}
