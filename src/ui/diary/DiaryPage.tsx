import { useEffect } from 'react';
import { groupByMole, isoDayOf } from '../../domain/diary';
import type { DiaryFacts } from '../../store/app-state';
import { useApp, useAppState } from '../app-context';
import { ConfirmButton } from '../ConfirmButton';
import { downloadBlob } from '../download';
import { fileSize } from '../words';
import { countWords, newerWords, noticeWords, persistenceWords } from './diary-words';
import { DiaryError } from './DiaryError';
import { MoleSection } from './MoleSection';
import '../styles/diary.css';

/** What the person asked to keep: moles, and the pictures of each by day. */
export function DiaryPage() {
  const { flow } = useApp();
  const diary = useAppState((state) => state.diary);
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
    <div className="page diary" data-testid="diary" data-state={diary.state} data-entries={diary.entries.length}>
      <h1 tabIndex={-1}>Diary</h1>
      <p className="lead">
        Pictures that you chose to keep, on this device only. Show a doctor a mole that changes, whatever its score.
      </p>
      <p>
        A score also changes with light, distance, focus and the chosen square. A difference within that scatter means nothing,
        and no score of two days tells how a mole develops: look at the pictures themselves.
      </p>
      <Controls diary={diary} />
      <DiaryError />
      {diary.notice !== null && (
        <p role="status" className="diary-notice" data-testid="diary-notice" data-kind={diary.notice.kind}>
          {noticeWords(diary.notice)}
          {diary.notice.kind === 'saved' &&
            diary.notice.isPersistent !== null &&
            ` ${persistenceWords(diary.notice.isPersistent)}`}
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
  if (state === 'closed' || state === 'reading') return <p className="soft">Opening the diary &hellip;</p>;
  if (entries.length === 0) {
    // After a failure nothing is known of what is kept.
    if (state === 'unreadable' || damaged.length + newer.length > 0) return null;
    return (
      <p data-testid="diary-empty">
        Nothing is kept. <a href="#/">Analyse a photo</a>, then press &ldquo;Keep in the diary&rdquo; below its score.
      </p>
    );
  }
  return groupByMole(entries).map((mole) => <MoleSection key={mole.id} mole={mole} isBusy={diary.isBusy} />);
}

function Controls({ diary: { entries, damaged, isBusy, state } }: { readonly diary: DiaryFacts }) {
  const { flow } = useApp();
  const isShut = state !== 'read';
  const isEmpty = entries.length === 0;
  const save = async (): Promise<void> => {
    const zip = await flow.diary.export();
    if (zip !== null) downloadBlob(`lesion-lens-diary-${isoDayOf(new Date())}.zip`, zip);
  };
  return (
    <div className="diary-actions">
      <button
        type="button"
        className="button"
        data-testid="diary-export"
        aria-disabled={isBusy || isShut || isEmpty}
        onClick={() => {
          if (!isBusy && !isShut && !isEmpty) void save();
        }}
      >
        Export all as zip
      </button>
      <label className="file-button">
        Import a zip
        <input
          type="file"
          accept=".zip,application/zip"
          data-testid="diary-import"
          onChange={({ currentTarget }) => {
            const file = currentTarget.files?.[0];
            // Otherwise choosing the same file again would be no change, and nothing would happen.
            currentTarget.value = '';
            if (file !== undefined) void flow.diary.import(file);
          }}
        />
      </label>
      {!isEmpty && (
        <ConfirmButton
          testId="diary-clear"
          label="Delete all"
          question={`This deletes ${countWords(entries.length, 'entry', 'entries')} of all moles for good. Export them first, if you may want them again.`}
          isBusy={isBusy}
          onConfirm={() => void flow.diary.remove([...entries.map(({ id }) => id), ...damaged])}
        />
      )}
      {state === 'unreadable' && (
        <button type="button" className="button" data-testid="diary-retry" onClick={() => void flow.diary.open()}>
          Try again
        </button>
      )}
    </div>
  );
}

function Damaged({ diary: { damaged, isBusy } }: { readonly diary: DiaryFacts }) {
  const { flow } = useApp();
  if (damaged.length === 0) return null;
  return (
    <div
      className="diary-error"
      role="group"
      aria-label="Damaged entries"
      data-testid="diary-damaged"
      data-count={damaged.length}
    >
      <p>
        {countWords(damaged.length, 'entry is', 'entries are')} damaged and cannot be shown. The others are as they were.
        Importing your last export restores what is in it.
      </p>
      <ConfirmButton
        testId="diary-damaged-delete"
        label="Delete what is damaged"
        question="This deletes the damaged entries for good."
        isBusy={isBusy}
        onConfirm={() => void flow.diary.remove(damaged)}
      />
    </div>
  );
}

/** What this version of the app cannot show, and leaves alone. */
function Newer({ count }: { readonly count: number }) {
  if (count === 0) return null;
  return (
    <div
      className="diary-error"
      role="group"
      aria-label="Entries of a newer version"
      data-testid="diary-newer"
      data-count={count}
    >
      <p>{newerWords(count)} and cannot be shown by this one. Nothing of it is lost: reload the page to get that version.</p>
    </div>
  );
}

function Storage({ diary: { storage, entries } }: { readonly diary: DiaryFacts }) {
  if (storage === null || entries.length === 0) return null;
  const { usageBytes, quotaBytes, isPersistent } = storage;
  return (
    <p className="small soft" data-testid="diary-storage" data-persistent={String(isPersistent)}>
      {usageBytes !== null && quotaBytes !== null && (
        <>
          The browser&rsquo;s own estimate for all of this app: {fileSize(usageBytes)} in use, {fileSize(quotaBytes)}{' '}
          allowed.{' '}
        </>
      )}
      {isPersistent !== null && persistenceWords(isPersistent)} <a href="#/privacy">All that is stored</a>
    </p>
  );
}
