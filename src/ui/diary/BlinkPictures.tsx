import { useEffect, useState } from 'react';
import type { EntryMoment } from '../../domain/diary';
import { useMedia } from '../../viewer/use-media';
import { words } from '../../words/words';
import css from './BlinkPictures.module.css';
import shared from './diary.module.css';
import { DiaryPicture } from './DiaryPicture';

/** Each picture stands for that long: half a flash a second, far below the three of WCAG 2.3.1. */
const STEP_MS = 1000;

const AGES = ['older', 'newer'] as const;
type Age = (typeof AGES)[number];

interface BlinkPicturesProps {
  /** The entry whose picture it is, and when that was. */
  readonly older: { readonly id: string; readonly when: EntryMoment };
  readonly newer: { readonly id: string; readonly when: EntryMoment };
}

/** Two pictures in one place, of which one shows: by a press, or in turn by itself until it is paused. It starts paused. */
export function BlinkPictures({ older, newer }: BlinkPicturesProps) {
  const isCalm = useMedia('(prefers-reduced-motion: reduce)');
  const [shown, setShown] = useState<Age>('older');
  const [isStarted, setIsStarted] = useState(false);
  const isRunning = isStarted && !isCalm;
  useEffect(() => {
    if (!isRunning) return;
    const timer = setInterval(() => setShown(otherOf), STEP_MS);
    return () => {
      clearInterval(timer);
    };
  }, [isRunning]);
  const says = words.diary.compare;
  const entries = { older, newer };
  return (
    <div className={css.blink} role="group" aria-label={says.blink.label} data-testid="diary-blink" data-shown={shown}>
      <div className={css.frame}>
        {AGES.map((age) => (
          <div key={age} className={age === shown ? css.layer : `${css.layer} ${css.hidden}`}>
            <DiaryPicture id={entries[age].id} which="view" alt={says[age].picture(entries[age].when)} />
          </div>
        ))}
      </div>
      {/* Every second would be too often to be read out. */}
      <p className={css.caption} aria-live={isRunning ? 'off' : 'polite'}>
        {says[shown].title(entries[shown].when)}
      </p>
      <div className={shared.actions}>
        <button
          type="button"
          className="button"
          data-testid="diary-blink-swap"
          onClick={() => {
            setIsStarted(false);
            setShown(otherOf);
          }}
        >
          {says.blink.show[otherOf(shown)]}
        </button>
        {!isCalm && (
          <button type="button" className="button" data-testid="diary-blink-run" onClick={() => setIsStarted(!isStarted)}>
            {isRunning ? says.blink.pause : says.blink.start}
          </button>
        )}
      </div>
      {isCalm && <p className="small soft">{says.blink.calm}</p>}
    </div>
  );
}

function otherOf(age: Age): Age {
  return age === 'older' ? 'newer' : 'older';
}
