import { useState } from 'react';
import { words } from '../../words/words';
import { useApp } from '../app-context';
import { CopyOutcome } from '../CopyOutcome';
import { useCopying } from '../use-copying';
import css from './about.module.css';

/** A text for a report of a fault; shown before it is copied, so that nobody sends what they have not seen. */
export function Diagnostics() {
  const says = words.pages.diagnostics;
  const { flow } = useApp();
  const [text, setText] = useState<string | null>(null);
  const { copied, copyText } = useCopying();
  const copy = async (): Promise<void> => {
    const told = await flow.device.describeState();
    setText(told);
    await copyText(told);
  };
  return (
    <section aria-labelledby="diagnostics-title">
      <h2 id="diagnostics-title">{says.title}</h2>
      <p>{says.intro}</p>
      <p>
        <button type="button" className="button" data-testid="diagnostics-copy" onClick={() => void copy()}>
          {says.copy}
        </button>
      </p>
      <CopyOutcome copied={copied} says={says} />
      {text !== null && (
        <pre
          className={`${css.diagnostics} mono small`}
          data-testid="diagnostics"
          tabIndex={0}
          role="region"
          aria-label={says.text}
        >
          {text}
        </pre>
      )}
    </section>
  );
}
