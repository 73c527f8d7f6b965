import { useEffect, useId, useRef, useState } from 'react';
import { BODY_SITES, groupByMole, isoDayOf, MAX_MOLE_NAME, newDiaryId, type BodySite } from '../../domain/diary';
import { useApp, useAppState } from '../app-context';
import { DiaryError } from './DiaryError';
import { EntryFields } from './EntryFields';
import { persistenceWords } from './diary-words';

const NEW_MOLE = 'new';

interface KeepDialogProps {
  readonly runId: number;
  readonly onClose: () => void;
}

/** Asks which mole the picture is of, and says what will be kept, before anything is. */
export function KeepDialog({ runId, onClose }: KeepDialogProps) {
  const { flow } = useApp();
  const dialog = useRef<HTMLDialogElement>(null);
  const title = useId();
  const [isKept, setIsKept] = useState(false);
  useEffect(() => {
    flow.diary.dismissNotice();
    void flow.diary.open();
    // showModal holds the focus inside and closes on Escape; `open` alone does neither.
    if (dialog.current?.open === false) dialog.current.showModal();
  }, [flow]);
  return (
    <dialog ref={dialog} className="diary-dialog" aria-labelledby={title} data-testid="diary-dialog" onClose={onClose}>
      <h2 id={title}>Keep in the diary</h2>
      {isKept ? (
        <Kept onClose={() => dialog.current?.close()} />
      ) : (
        <KeepForm runId={runId} onKept={() => setIsKept(true)} onCancel={() => dialog.current?.close()} />
      )}
    </dialog>
  );
}

interface KeepFormProps {
  readonly runId: number;
  readonly onKept: () => void;
  readonly onCancel: () => void;
}

function KeepForm({ runId, onKept, onCancel }: KeepFormProps) {
  const { flow } = useApp();
  const diary = useAppState((state) => state.diary);
  const moles = groupByMole(diary.entries);
  const [newId] = useState(newDiaryId);
  const [chosenMole, setChosenMole] = useState<string | null>(null);
  const [name, setName] = useState('');
  const [site, setSite] = useState<BodySite>('somewhere else');
  const [date, setDate] = useState(() => isoDayOf(new Date()));
  const [notes, setNotes] = useState('');
  const id = useId();
  const moleId = chosenMole ?? moles[0]?.id ?? NEW_MOLE;
  const mole = moles.find((one) => one.id === moleId);
  const save = async (): Promise<void> => {
    const words = { moleId: mole?.id ?? newId, moleName: mole?.name ?? name, site: mole?.site ?? site, date, notes };
    if (await flow.diary.keep(runId, words)) onKept();
  };
  return (
    <form
      className="diary-form"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <p className="small soft">
        Kept on this device only, in this browser: the square of the photo, what the network saw, the score and what you write
        here. Not the photo&rsquo;s file, its name or place.
      </p>
      {moles.length > 0 && (
        <div className="field">
          <label htmlFor={`${id}-mole`}>Which mole</label>
          <select
            id={`${id}-mole`}
            data-testid="diary-mole"
            value={moleId}
            onChange={({ target }) => setChosenMole(target.value)}
          >
            {moles.map((one) => (
              <option key={one.id} value={one.id}>
                {one.name} ({one.site})
              </option>
            ))}
            <option value={NEW_MOLE}>A new one</option>
          </select>
        </div>
      )}
      {mole === undefined && (
        <div className="diary-form-row">
          <div className="field">
            <label htmlFor={`${id}-name`}>What you call this mole</label>
            <input
              id={`${id}-name`}
              type="text"
              required
              pattern=".*\S.*"
              maxLength={MAX_MOLE_NAME}
              autoComplete="off"
              data-testid="diary-mole-name"
              value={name}
              onChange={({ target }) => setName(target.value)}
            />
          </div>
          <div className="field">
            <label htmlFor={`${id}-site`}>Where on the body</label>
            <select
              id={`${id}-site`}
              data-testid="diary-site"
              value={site}
              onChange={({ target }) => setSite(BODY_SITES.find((known) => known === target.value) ?? 'somewhere else')}
            >
              {BODY_SITES.map((known) => (
                <option key={known}>{known}</option>
              ))}
            </select>
          </div>
        </div>
      )}
      <EntryFields
        date={date}
        notes={notes}
        notesLabel="Notes (if you like)"
        dateTestId="diary-date"
        notesTestId="diary-notes"
        onDate={setDate}
        onNotes={setNotes}
      />
      <DiaryError />
      <div className="diary-actions">
        <button type="submit" className="button button-primary" data-testid="diary-confirm" aria-disabled={diary.isBusy}>
          {diary.isBusy ? 'Saving …' : 'Save on this device'}
        </button>
        <button type="button" className="button" onClick={onCancel}>
          Cancel
        </button>
      </div>
    </form>
  );
}

function Kept({ onClose }: { readonly onClose: () => void }) {
  const notice = useAppState((state) => state.diary.notice);
  return (
    <>
      <p role="status" data-testid="diary-saved">
        Saved on this device{notice?.kind === 'saved' && ` under “${notice.moleName}”`}.{' '}
        {notice?.kind === 'saved' && notice.isPersistent !== null && persistenceWords(notice.isPersistent)}
      </p>
      <div className="diary-actions">
        <button
          type="button"
          className="button button-primary"
          data-testid="diary-close"
          // The button that was pressed is gone; without this the focus would be lost.
          // eslint-disable-next-line jsx-a11y/no-autofocus
          autoFocus
          onClick={onClose}
        >
          Close
        </button>
        <a className="button" href="#/diary" onClick={onClose}>
          Open the diary
        </a>
      </div>
    </>
  );
}
