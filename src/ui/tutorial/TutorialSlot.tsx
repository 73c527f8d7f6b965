import { createElement, useEffect, useRef, useState } from 'react';
import { words } from '../../words/words';
import { useAppState } from '../app-context';
import { PartBoundary } from '../shell/PartBoundary';
import { loadedTutorialCard, loadTutorialCard } from './load-card';
import { TUTORIAL_START_ID } from './TutorialStart';

/** The tutorial's card, while it is under way. */
export function TutorialSlot() {
  const isOpen = useAppState((state) => state.tutorial !== null);
  const wasOpen = useRef(isOpen);
  useEffect(() => {
    // Who left with a key or a button of the card goes on where the tutorial began.
    const isFocusLost = document.activeElement === null || document.activeElement === document.body;
    if (wasOpen.current && !isOpen && isFocusLost) document.getElementById(TUTORIAL_START_ID)?.focus();
    wasOpen.current = isOpen;
  }, [isOpen]);
  if (!isOpen) return null;
  return (
    <PartBoundary resetKey={isOpen}>
      <Card />
    </PartBoundary>
  );
}

/** A file of its own: nothing of it is needed for the first screen. */
function Card() {
  const [failure, setFailure] = useState<Error | null>(null);
  const [, setLoads] = useState(0);
  const Shown = loadedTutorialCard();
  useEffect(() => {
    if (Shown !== null) return;
    let isWanted = true;
    void loadTutorialCard().then((error) => {
      if (!isWanted) return;
      if (error === null) setLoads((count) => count + 1);
      else setFailure(error);
    });
    return () => {
      isWanted = false;
    };
  }, [Shown]);
  if (failure !== null) throw failure;
  return Shown === null ? <p role="status">{words.tutorial.loading}</p> : createElement(Shown);
}
