import { useState } from 'react';
import { words } from '../words/words';
import css from './ConfirmButton.module.css';

interface ConfirmButtonProps {
  readonly testId: string;
  readonly label: string;
  readonly question: string;
  readonly confirmLabel?: string;
  readonly isQuiet?: boolean;
  readonly isBusy?: boolean;
  readonly onConfirm: () => void;
}

/** Deletes only after a second press, with the harmless answer under the finger. */
export function ConfirmButton({ testId, label, question, onConfirm, ...choices }: ConfirmButtonProps) {
  const { confirmLabel = words.shell.confirm.confirm, isQuiet = true, isBusy = false } = choices;
  const [isAsking, setIsAsking] = useState(false);
  if (!isAsking) {
    return (
      <button
        type="button"
        className={isQuiet ? 'button button-quiet' : 'button'}
        data-testid={testId}
        aria-disabled={isBusy}
        onClick={() => {
          if (!isBusy) setIsAsking(true);
        }}
      >
        {label}
      </button>
    );
  }
  return (
    <div className={css.question} role="group" aria-label={words.shell.confirm.group(label)}>
      <p>{question}</p>
      <button
        type="button"
        className="button button-primary"
        data-testid={`${testId}-confirm`}
        onClick={() => {
          setIsAsking(false);
          onConfirm();
        }}
      >
        {confirmLabel}
      </button>
      <button
        type="button"
        className="button"
        // The question came where the pressed button was: the harmless answer has the focus.
        // eslint-disable-next-line jsx-a11y/no-autofocus
        autoFocus
        onClick={() => {
          setIsAsking(false);
        }}
      >
        {words.shell.confirm.keep}
      </button>
    </div>
  );
}
