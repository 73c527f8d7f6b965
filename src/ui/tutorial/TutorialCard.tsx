import { useEffect, useRef, type ReactNode } from 'react';
import { SLOTS } from '../../store/app-state';
import { TUTORIAL_STEPS, type TutorialStep } from '../../store/tutorial-facts';
import type { TermName } from '../../words/en/term-words';
import { words } from '../../words/words';
import { useApp, useAppState } from '../app-context';
import { Terms } from '../Terms';
import { DeepStep, FiltersStep, MapsStep } from './MapSteps';
import { KernelStep } from './KernelStep';
import { MuteStep, ScoreStep } from './ScoreSteps';
import { LesionsStep, NetworkStep } from './StartSteps';
import css from './TutorialCard.module.css';

const BODIES: Readonly<Record<TutorialStep, () => ReactNode>> = {
  lesions: LesionsStep,
  network: NetworkStep,
  filter: KernelStep,
  maps: MapsStep,
  filters: FiltersStep,
  deep: DeepStep,
  mute: MuteStep,
  score: ScoreStep,
};

const TERMS: Readonly<Record<TutorialStep, readonly TermName[]>> = {
  lesions: [],
  network: ['filter', 'pool'],
  filter: ['filter', 'relu', 'featureMap'],
  maps: ['featureMap', 'receptiveField'],
  filters: ['filter', 'featureMap'],
  deep: ['receptiveField', 'relu'],
  mute: ['logit', 'featureMap'],
  score: ['logit'],
};

/** The guided tour: one step at a time, in the flow of the page, so that it covers nothing. */
export function TutorialCard() {
  const { flow } = useApp();
  const at = useAppState(({ tutorial }) => tutorial?.at ?? 0);
  const card = useRef<HTMLElement>(null);
  useCardKeys(card);
  useShownStep(card, at);
  const step = TUTORIAL_STEPS[at]!;
  const Body = BODIES[step];
  const says = words.tutorial;
  const isLast = at === TUTORIAL_STEPS.length - 1;
  return (
    <section
      ref={card}
      className={css.card}
      tabIndex={-1}
      aria-labelledby="tutorial-title"
      data-testid="tutorial-card"
      data-step={at + 1}
    >
      <div className={css.head}>
        <p className="small soft">{says.progress(at + 1, TUTORIAL_STEPS.length)}</p>
        <h3 id="tutorial-title">{says.titles[step]}</h3>
      </div>
      <div className={css.buttons}>
        <button
          type="button"
          className="button"
          data-testid="tutorial-back"
          disabled={at === 0}
          onClick={() => void flow.tutorial.back()}
        >
          {says.back}
        </button>
        <button
          type="button"
          className={isLast ? 'button' : 'button button-primary'}
          data-testid="tutorial-next"
          disabled={isLast}
          onClick={() => void flow.tutorial.next()}
        >
          {says.next}
        </button>
        <button
          type="button"
          className={isLast ? 'button button-primary' : 'button'}
          data-testid="tutorial-exit"
          onClick={flow.tutorial.leave}
        >
          {isLast ? says.done : says.exit}
        </button>
      </div>
      <div className={css.body} key={step}>
        <Body />
        {TERMS[step].length > 0 && <Terms names={TERMS[step]} />}
        <p className={`small soft ${css.keys}`}>{says.keys}</p>
      </div>
    </section>
  );
}

/**
 * Each step has the focus, so that a screen reader says it and keys work at once, and its beginning is in sight, also when what the
 * step brings to the page has moved it.
 */
function useShownStep(card: React.RefObject<HTMLElement | null>, at: number): void {
  const isSettled = useAppState(({ photos, view }) => SLOTS.every((slot) => photos[slot].mapsKey?.layer === view.layer));
  const isMoving = useRef(true);
  useEffect(() => {
    isMoving.current = true;
    card.current?.focus({ preventScroll: true });
    card.current?.scrollIntoView({ block: 'start' });
  }, [card, at]);
  useEffect(() => {
    // Whoever chooses another layer meanwhile is left where they are.
    if (isMoving.current) card.current?.scrollIntoView({ block: 'start' });
    if (isSettled) isMoving.current = false;
  }, [card, at, isSettled]);
}

/** Arrows go on and back while the card, or something in it, has the focus; Escape leaves, also while nothing has it. */
function useCardKeys(card: React.RefObject<HTMLElement | null>): void {
  const { flow } = useApp();
  useEffect(() => {
    const act = (event: KeyboardEvent): void => {
      const { target, key } = event;
      const isOurs = target instanceof Node && card.current?.contains(target) === true;
      const isPlain = !event.defaultPrevented && !event.altKey && !event.ctrlKey && !event.metaKey && !event.shiftKey;
      if (!isPlain || (!isOurs && target !== document.body)) return;
      if (key === 'Escape') flow.tutorial.leave();
      else if (key === 'ArrowRight' && isOurs) void flow.tutorial.next();
      else if (key === 'ArrowLeft' && isOurs) void flow.tutorial.back();
      else return;
      event.preventDefault();
    };
    document.addEventListener('keydown', act);
    return () => {
      document.removeEventListener('keydown', act);
    };
  }, [flow, card]);
}
