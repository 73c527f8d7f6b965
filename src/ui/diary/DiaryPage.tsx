import { useEffect } from 'react';
import { groupByMole, isoDayOf } from '../../domain/diary';
import type { DiaryFacts } from '../../store/app-state';
import { words } from '../../words/words';
import { useApp, useAppState } from '../app-context';
import { FileButton } from '../FileButton';
import { ConfirmButton } from '../ConfirmButton';
import { downloadBlob } from '../download';
import shared from './diary.module.css';
import { DiaryError } from './DiaryError';
import css from './DiaryPage.module.css';
import { MoleSection } from './MoleSection';

/** What the person asked to keep: moles, and the pictures of each by day. */
export function DiaryPage() {
  const { flow } = useApp();
  const diary = useAppState((state) => state.diary);
  const says = words.diary.page;
  useEffect(() => {
    flow.diary.dismissNotice();
    const look = (): void => {
      // Where tabs cannot tell each other, coming back to this one does.
      if (document.visibilityState === 'visible') void flow.diary.open();
    };
    look();
    document.addEventListener('visibilitychange', look);
    return () => {
      document.removeEventListener('visibilitychange', look);
    };
  }, [flow]);
  return (
    <div className="page" data-testid="diary" data-state={diary.state} data-entries={diary.entries.length}>
      <h1 tabIndex={-1}>{says.title}</h1>
      <p className="lead">{says.lead}</p>
      <p>{says.scatter}</p>
      <Controls diary={diary} />
      <DiaryError />
      {diary.notice !== null && (
        <p role="status" className={css.notice} data-testid="diary-notice" data-kind={diary.notice.kind}>
          {says.notice(diary.notice)}
        </p>
      )}
      <Damaged diary={diary} />
      <Newer count={diary.newer.length} />
      <Moles diary={diary} />
      <Storage diary={diary} />
    </div>
  );
}

function Moles({ diary }: { readonly diary: DiaryFacts }) {
  const { state, entries, damaged, newer } = diary;
  const says = words.diary.page;
  if (state === 'closed' || state === 'reading') return <p className="soft">{says.opening}</p>;
  if (entries.length === 0) {
    // After a failure nothing is known of what is kept.
    if (state === 'unreadable' || damaged.length + newer.length > 0) return null;
    return <p data-testid="diary-empty">{says.empty()}</p>;
  }
  return groupByMole(entries).map((mole) => <MoleSection key={mole.id} mole={mole} isBusy={diary.isBusy} />);
}

function Controls({ diary: { entries, damaged, isBusy, state } }: { readonly diary: DiaryFacts }) {
  const { flow } = useApp();
  const says = words.diary.page;
  const isShut = state !== 'read';
  const isEmpty = entries.length === 0;
  const save = async (): Promise<void> => {
    const zip = await flow.diary.export();
    if (zip !== null) downloadBlob(`lesion-lens-diary-${isoDayOf(new Date())}.zip`, zip);
  };
  return (
    <div className={shared.actions}>
      <button
        type="button"
        className="button"
        data-testid="diary-export"
        aria-disabled={isBusy || isShut || isEmpty}
        onClick={() => {
          if (!isBusy && !isShut && !isEmpty) void save();
        }}
      >
        {says.export}
      </button>
      <FileButton
        label={says.import}
        accept=".zip,application/zip"
        testId="diary-import"
        onFile={(file) => void flow.diary.import(file)}
      />
      {!isEmpty && (
        <ConfirmButton
          testId="diary-clear"
          label={says.clear}
          question={says.clearQuestion(entries.length)}
          isBusy={isBusy}
          onConfirm={() => void flow.diary.remove([...entries.map(({ id }) => id), ...damaged])}
        />
      )}
      {state === 'unreadable' && (
        <button type="button" className="button" data-testid="diary-retry" onClick={() => void flow.diary.open()}>
          {says.retry}
        </button>
      )}
    </div>
  );
}

function Damaged({ diary: { damaged, isBusy } }: { readonly diary: DiaryFacts }) {
  const { flow } = useApp();
  const says = words.diary.page;
  if (damaged.length === 0) return null;
  return (
    <div className={shared.alert} role="group" aria-label={says.damaged} data-testid="diary-damaged" data-count={damaged.length}>
      <p>{says.damagedWords(damaged.length)}</p>
      <ConfirmButton
        testId="diary-damaged-delete"
        label={says.damagedDelete}
        question={says.damagedQuestion}
        isBusy={isBusy}
        onConfirm={() => void flow.diary.remove(damaged)}
      />
    </div>
  );
}

/** What this version of the app cannot show, and leaves alone. */
function Newer({ count }: { readonly count: number }) {
  const says = words.diary.page;
  if (count === 0) return null;
  return (
    <div className={shared.alert} role="group" aria-label={says.newer} data-testid="diary-newer" data-count={count}>
      <p>{says.newerWords(count)}</p>
    </div>
  );
}

function Storage({ diary: { storage, entries } }: { readonly diary: DiaryFacts }) {
  if (storage === null || entries.length === 0) return null;
  const says = words.diary.page;
  const { usageBytes, quotaBytes, isPersistent } = storage;
  return (
    <p className="small soft" data-testid="diary-storage" data-persistent={String(isPersistent)}>
      {usageBytes !== null && quotaBytes !== null && (
        <>
          <span>{says.estimate(usageBytes, quotaBytes)}</span>{' '}
        </>
      )}
      <span>{says.persistence(isPersistent)}</span> <a href="#/privacy">{says.allStored}</a>
    </p>
  );
}
