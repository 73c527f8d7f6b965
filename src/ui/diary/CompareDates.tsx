import { useEffect, useId, useState } from 'react';
import { compareEntries, modelFingerprint, type DiaryEntry } from '../../domain/diary';
import { useApp, useAppState } from '../app-context';
import { dayWords, remarkWords, scoreWords, verdictWords } from './diary-words';
import { DiaryPicture } from './DiaryPicture';

/** Two days of one mole side by side. @param entries - Two or more, oldest first. */
export function CompareDates({ entries }: { readonly entries: readonly DiaryEntry[] }) {
  const { flow } = useApp();
  const [chosen, setChosen] = useState<readonly [string | null, string | null]>([null, null]);
  const find = (id: string | null): DiaryEntry | undefined => entries.find((entry) => entry.id === id);
  const first = find(chosen[0]) ?? entries[0]!;
  const second = find(chosen[1]) ?? entries.at(-1)!;
  const [older, newer] = compareEntries(first, second) <= 0 ? [first, second] : [second, first];
  const open = async (): Promise<void> => {
    if (await flow.diary.openEntries([older.id, newer.id])) location.hash = '#/?view=both';
  };
  return (
    <div className="compare" data-testid="diary-comparison">
      <div className="compare-choice">
        <DayChoice label="One day" entries={entries} value={first.id} onChange={(id) => setChosen([id, second.id])} />
        <DayChoice label="Another day" entries={entries} value={second.id} onChange={(id) => setChosen([first.id, id])} />
      </div>
      {older.id === newer.id ? (
        <p className="small">Choose two different entries.</p>
      ) : (
        <>
          <div className="compare-pair">
            <Side entry={older} name="Older" />
            <Side entry={newer} name="Newer" />
          </div>
          <ModelNotes older={older} newer={newer} />
          <p className="small soft">
            Two numbers are no trend: light, distance, focus and the chosen square change a score as well. If the mole itself
            looks changed, show it to a doctor, whatever the scores.
          </p>
          <div className="diary-actions">
            <button type="button" className="button button-primary" data-testid="diary-open-both" onClick={() => void open()}>
              Open both in the viewer
            </button>
          </div>
        </>
      )}
    </div>
  );
}

interface DayChoiceProps {
  readonly label: string;
  readonly entries: readonly DiaryEntry[];
  readonly value: string;
  readonly onChange: (id: string) => void;
}

function DayChoice({ label, entries, value, onChange }: DayChoiceProps) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select id={id} value={value} onChange={({ target }) => onChange(target.value)}>
        {entries.map((entry, i) => (
          <option key={entry.id} value={entry.id}>
            {dayWords(entry.date)}
            {entries.some((other) => other !== entry && other.date === entry.date) && ` (no. ${i + 1})`}
          </option>
        ))}
      </select>
    </div>
  );
}

function Side({ entry, name }: { readonly entry: DiaryEntry; readonly name: string }) {
  return (
    <figure>
      <DiaryPicture id={entry.id} which="view" alt={`${name} picture, ${dayWords(entry.date)}`} />
      <DiaryPicture id={entry.id} which="input" alt={`What the network saw, ${dayWords(entry.date)}`} />
      <figcaption>
        <h3>
          {name}: {dayWords(entry.date)}
        </h3>
        <p className="entry-score">{scoreWords(entry)}</p>
        <p className="small">{verdictWords(entry)}</p>
        <p className="small soft mono">logit {entry.logit.toFixed(4)}</p>
        {remarkWords(entry).map((remark) => (
          <p key={remark} className="small soft">
            {remark}
          </p>
        ))}
      </figcaption>
    </figure>
  );
}

/** Where a number of the record and one of the viewer cannot be set beside each other. */
function ModelNotes({ older, newer }: { readonly older: DiaryEntry; readonly newer: DiaryEntry }) {
  const current = useCurrentFingerprint();
  const isMixed = older.model.sha256 !== newer.model.sha256;
  const isOther = current !== null && [older, newer].some(({ model }) => model.sha256 !== current);
  const isUnfit = [older, newer].some(({ reasons }) => reasons.includes('low-resolution'));
  return (
    <>
      {isMixed && (
        <p className="small compare-note" data-testid="diary-models-differ">
          Two versions of the model gave these scores ({older.model.version} and {newer.model.version}): they cannot be compared.
        </p>
      )}
      {isOther && (
        <p className="small compare-note" data-testid="diary-model-other">
          The model of this app is not the one that was used then. The viewer computes both pictures anew, with the present model:
          its scores differ from those written here.
        </p>
      )}
      {isUnfit && (
        <p className="small compare-note">
          One of the photos had too few pixels for a verdict. The viewer opens what the network saw and cannot know that: go by
          what is written here.
        </p>
      )}
    </>
  );
}

/** null until the model is loaded. */
function useCurrentFingerprint(): string | null {
  const manifest = useAppState((state) => (state.model.state === 'ready' ? state.model.facts.manifest : null));
  const [fingerprint, setFingerprint] = useState<string | null>(null);
  useEffect(() => {
    let isCurrent = true;
    if (manifest !== null) {
      void modelFingerprint(manifest).then((text) => {
        if (isCurrent) setFingerprint(text);
      });
    }
    return () => {
      isCurrent = false;
    };
  }, [manifest]);
  return fingerprint;
}
