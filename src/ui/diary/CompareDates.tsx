import { useEffect, useId, useState } from 'react';
import { compareEntries, modelFingerprint, momentOf, type DiaryEntry, type EntryMoment } from '../../domain/diary';
import { words } from '../../words/words';
import { useApp, useAppState } from '../app-context';
import { BlinkPictures } from './BlinkPictures';
import css from './CompareDates.module.css';
import shared from './diary.module.css';
import { DiaryPicture } from './DiaryPicture';

const LAYOUTS = ['beside', 'blink'] as const;
type Layout = (typeof LAYOUTS)[number];

/** Two days of one mole, side by side or one in place of the other. @param entries - Two or more, oldest first. */
export function CompareDates({ entries }: { readonly entries: readonly DiaryEntry[] }) {
  const { flow } = useApp();
  const [chosen, setChosen] = useState<readonly [string | null, string | null]>([null, null]);
  const [layout, setLayout] = useState<Layout>('beside');
  const find = (id: string | null): DiaryEntry | undefined => entries.find((entry) => entry.id === id);
  const first = find(chosen[0]) ?? entries[0]!;
  const second = find(chosen[1]) ?? entries.at(-1)!;
  const [older, newer] = compareEntries(first, second) <= 0 ? [first, second] : [second, first];
  const [olderWhen, newerWhen] = [momentOf(older, entries), momentOf(newer, entries)];
  const says = words.diary.compare;
  const open = async (): Promise<void> => {
    if (await flow.diary.openEntries([older.id, newer.id])) location.hash = '#/?view=both';
  };
  return (
    <div className={css.compare} data-testid="diary-comparison">
      <div className={css.choice}>
        <DayChoice label={says.oneDay} entries={entries} value={first.id} onChange={(id) => setChosen([id, second.id])} />
        <DayChoice label={says.anotherDay} entries={entries} value={second.id} onChange={(id) => setChosen([first.id, id])} />
      </div>
      {older.id === newer.id ? (
        <p className="small">{says.same}</p>
      ) : (
        <>
          <LayoutChoice layout={layout} onLayout={setLayout} />
          {layout === 'blink' && (
            <BlinkPictures
              key={`${older.id} ${newer.id}`}
              older={{ id: older.id, when: olderWhen }}
              newer={{ id: newer.id, when: newerWhen }}
            />
          )}
          <div className={css.pair}>
            <Side entry={older} when={olderWhen} which="older" hasView={layout === 'beside'} />
            <Side entry={newer} when={newerWhen} which="newer" hasView={layout === 'beside'} />
          </div>
          <p className="small soft">{says.scale}</p>
          <ModelNotes older={older} newer={newer} />
          <p className="small soft">{says.caution}</p>
          <div className={shared.actions}>
            <button type="button" className="button button-primary" data-testid="diary-open-both" onClick={() => void open()}>
              {says.open}
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
        {entries.map((entry) => (
          <option key={entry.id} value={entry.id}>
            {words.diary.compare.choice(momentOf(entry, entries))}
          </option>
        ))}
      </select>
    </div>
  );
}

interface LayoutChoiceProps {
  readonly layout: Layout;
  readonly onLayout: (layout: Layout) => void;
}

function LayoutChoice({ layout, onLayout }: LayoutChoiceProps) {
  const says = words.diary.compare;
  return (
    <div className={shared.actions} role="group" aria-label={says.layout}>
      {LAYOUTS.map((name) => (
        <button
          key={name}
          type="button"
          className={`button ${css.layout}`}
          aria-pressed={name === layout}
          data-testid={`diary-compare-${name}`}
          onClick={() => onLayout(name)}
        >
          {says.layouts[name]}
        </button>
      ))}
    </div>
  );
}

interface SideProps {
  readonly entry: DiaryEntry;
  readonly when: EntryMoment;
  readonly which: 'older' | 'newer';
  /** Whether the picture stands here, beside the other one. */
  readonly hasView: boolean;
}

function Side({ entry, when, which, hasView }: SideProps) {
  const { compare, entry: says } = words.diary;
  return (
    <figure>
      {hasView && <DiaryPicture id={entry.id} which="view" alt={compare[which].picture(when)} />}
      <DiaryPicture id={entry.id} which="input" alt={compare.input(when)} />
      <figcaption>
        <h3>{compare[which].title(when)}</h3>
        <p className={shared.score}>{says.score(entry)}</p>
        <p className="small">{says.verdict(entry)}</p>
        <p className="small soft mono">{compare.logit(entry.logit)}</p>
        {says.remarks(entry).map((remark) => (
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
  const says = words.diary.compare;
  const isUnfit = [older, newer].some(({ reasons }) => reasons.includes('low-resolution'));
  return (
    <>
      {isMixed && (
        <p className={`${css.note} small`} data-testid="diary-models-differ">
          {says.modelsDiffer(older.model.version, newer.model.version)}
        </p>
      )}
      {isOther && (
        <p className={`${css.note} small`} data-testid="diary-model-other">
          {says.modelOther}
        </p>
      )}
      {isUnfit && <p className={`${css.note} small`}>{says.tooFewPixels}</p>}
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
