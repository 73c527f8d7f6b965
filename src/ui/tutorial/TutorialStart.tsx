import { tutorialHindrance } from '../../flow/tutorial';
import { words } from '../../words/words';
import { useApp, useAppState } from '../app-context';
import css from './TutorialStart.module.css';

export const TUTORIAL_START_ID = 'tutorial-start';

/** Begins the tutorial; while it is under way there is nothing to begin. @param isShort - Where there is little room. */
export function TutorialStart({ isShort = false }: { readonly isShort?: boolean }) {
  const { flow } = useApp();
  const isOpen = useAppState((state) => state.tutorial !== null);
  const hindrance = useAppState(tutorialHindrance);
  if (isOpen) return null;
  const says = words.tutorial;
  return (
    <div>
      <button
        type="button"
        className="button small"
        id={TUTORIAL_START_ID}
        data-testid="tutorial-start"
        aria-disabled={hindrance !== null}
        title={hindrance === null ? undefined : says.hindrances[hindrance]}
        onClick={() => void flow.tutorial.start()}
      >
        {isShort ? says.startShort : says.start}
      </button>
      {hindrance === 'other-model' && <p className={`small soft ${css.why}`}>{says.hindrances[hindrance]}</p>}
    </div>
  );
}
