import { useId, useState } from 'react';
import { momentOf, shotsOfDays, type DiaryEntry, type DiaryMole } from '../../domain/diary';
import { words } from '../../words/words';
import { useApp } from '../app-context';
import { ConfirmButton } from '../ConfirmButton';
import { CompareDates } from './CompareDates';
import shared from './diary.module.css';
import { EntryRow } from './EntryRow';
import css from './MoleSection.module.css';

interface MoleSectionProps {
  readonly mole: DiaryMole;
  readonly isBusy: boolean;
}

export function MoleSection({ mole, isBusy }: MoleSectionProps) {
  const { flow } = useApp();
  const title = useId();
  const [isComparing, setIsComparing] = useState(false);
  const { name, site, side, entries } = mole;
  const says = words.diary.mole;
  const canCompare = entries.length > 1;
  return (
    <section className="panel" aria-labelledby={title} data-testid="diary-mole-section">
      <div className="panel-head">
        <h2 id={title} className={css.name}>
          {name}
        </h2>
        <p className="soft small">{says.about(site, side, entries.length)}</p>
      </div>
      {shotsOfDays(entries).map((shots) => (
        <p key={`${shots.date} ${shots.model.sha256}`} className="small" data-testid="diary-shots" data-date={shots.date}>
          {says.shots(shots)}
        </p>
      ))}
      <div className={shared.actions}>
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
            {says.compare}
          </button>
        )}
        <ConfirmButton
          testId="diary-mole-delete"
          label={says.delete}
          question={says.deleteQuestion(name, entries.length)}
          isBusy={isBusy}
          onConfirm={() => void flow.diary.remove(entries.map(({ id }) => id))}
        />
      </div>
      {canCompare && isComparing && <CompareDates entries={entries} />}
      <ol className={css.entries} aria-label={says.entries(name)}>
        {newestFirst(entries).map((entry) => (
          <li key={entry.id}>
            <EntryRow entry={entry} when={momentOf(entry, entries)} moleName={name} isBusy={isBusy} />
          </li>
        ))}
      </ol>
    </section>
  );
}

function newestFirst(entries: readonly DiaryEntry[]): readonly DiaryEntry[] {
  return [...entries].reverse();
}
