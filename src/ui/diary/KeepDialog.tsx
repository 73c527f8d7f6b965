import { useEffect, useId, useRef, useState } from 'react';
import { words } from '../../words/words';
import { useApp, useAppState } from '../app-context';
import shared from './diary.module.css';
import css from './KeepDialog.module.css';
import { KeepForm } from './KeepForm';

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
    <dialog ref={dialog} className={css.dialog} aria-labelledby={title} data-testid="diary-dialog" onClose={onClose}>
      <h2 id={title}>{words.diary.keep.title}</h2>
      {isKept ? (
        <Kept onClose={() => dialog.current?.close()} />
      ) : (
        <KeepForm runId={runId} onKept={() => setIsKept(true)} onCancel={() => dialog.current?.close()} />
      )}
    </dialog>
  );
}

function Kept({ onClose }: { readonly onClose: () => void }) {
  const notice = useAppState((state) => state.diary.notice);
  const saved = notice?.kind === 'saved' ? notice : null;
  const says = words.diary.keep;
  return (
    <>
      <p role="status" data-testid="diary-saved">
        {says.saved(saved?.moleName ?? null, saved?.isPersistent ?? null)}
      </p>
      <div className={shared.actions}>
        <button
          type="button"
          className="button button-primary"
          data-testid="diary-close"
          // The button that was pressed is gone; without this the focus would be lost.
          // eslint-disable-next-line jsx-a11y/no-autofocus
          autoFocus
          onClick={onClose}
        >
          {says.close}
        </button>
        <a className="button" href="#/diary" onClick={onClose}>
          {says.openDiary}
        </a>
      </div>
    </>
  );
}
