import { useState } from 'react';
import { isoDayOf } from '../../domain/diary';
import { words } from '../../words/words';
import { useApp, useAppState } from '../app-context';
import css from './diary.module.css';
import { DiaryError } from './DiaryError';
import { EntryFields } from './EntryFields';
import { MoleFields } from './MoleFields';
import { useMoleChoice } from './use-mole-choice';

interface KeepFormProps {
  readonly runId: number;
  readonly onKept: () => void;
  readonly onCancel: () => void;
}

/** After a failure what was written stays in it. */
export function KeepForm({ runId, onKept, onCancel }: KeepFormProps) {
  const { flow } = useApp();
  const { entries, isBusy } = useAppState((state) => state.diary);
  const isUnseen = useAppState((state) => state.photos.a.result?.viewLogits.length === 0);
  const mole = useMoleChoice(entries);
  const [date, setDate] = useState(() => isoDayOf(new Date()));
  const [notes, setNotes] = useState('');
  const says = words.diary.keep;
  const save = async (): Promise<void> => {
    if (await flow.diary.keep(runId, { ...mole.chosen, date, notes })) onKept();
  };
  return (
    <form
      className={css.form}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <p className="small soft">{says.what}</p>
      <MoleFields choice={mole} />
      <EntryFields
        date={date}
        notes={notes}
        notesLabel={says.notes}
        dateTestId="diary-date"
        notesTestId="diary-notes"
        onDate={setDate}
        onNotes={setNotes}
      />
      <DiaryError />
      <div className={css.actions}>
        <button type="submit" className="button button-primary" data-testid="diary-confirm" aria-disabled={isBusy}>
          {isBusy ? (isUnseen ? says.reviewing : says.saving) : says.save}
        </button>
        <button type="button" className="button" onClick={onCancel}>
          {says.cancel}
        </button>
      </div>
    </form>
  );
}
