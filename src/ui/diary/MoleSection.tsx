import { useId, useState } from 'react';
import type { DiaryEntry, DiaryMole } from '../../domain/diary';
import { useApp } from '../app-context';
import { ConfirmButton } from '../ConfirmButton';
import { CompareDates } from './CompareDates';
import { countWords, dayWords } from './diary-words';
import { EntryRow } from './EntryRow';

interface MoleSectionProps {
  readonly mole: DiaryMole;
  readonly isBusy: boolean;
}

export function MoleSection({ mole, isBusy }: MoleSectionProps) {
  const { flow } = useApp();
  const title = useId();
  const [isComparing, setIsComparing] = useState(false);
  const { name, site, entries } = mole;
  const canCompare = entries.length > 1;
  return (
    <section className="panel mole" aria-labelledby={title} data-testid="diary-mole-section">
      <div className="panel-head">
        <h2 id={title} className="mole-name">
          {name}
        </h2>
        <p className="soft small">
          {site}, {countWords(entries.length, 'entry', 'entries')}
        </p>
      </div>
      <div className="diary-actions">
        {canCompare && (
          <button
            type="button"
            className="button"
            data-testid="diary-compare"
            aria-expanded={isComparing}
            onClick={() => {
              setIsComparing(!isComparing);
            }}
          >
            Compare two days
          </button>
        )}
        <ConfirmButton
          testId="diary-mole-delete"
          label="Delete this mole"
          question={`This deletes “${name}” with ${countWords(entries.length, 'entry', 'entries')} for good.`}
          isBusy={isBusy}
          onConfirm={() => void flow.diary.remove(entries.map(({ id }) => id))}
        />
      </div>
      {canCompare && isComparing && <CompareDates entries={entries} />}
      <ol className="mole-entries" aria-label={`Entries of ${name}, newest first`}>
        {newestFirst(entries).map((entry) => (
          <li key={entry.id}>
            <EntryRow entry={entry} label={`${name}, ${dayWords(entry.date)}`} isBusy={isBusy} />
          </li>
        ))}
      </ol>
    </section>
  );
}

function newestFirst(entries: readonly DiaryEntry[]): readonly DiaryEntry[] {
  return [...entries].reverse();
}
