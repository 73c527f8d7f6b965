import { useRef, useState } from 'react';
import { words } from '../../words/words';
import { KeepDialog } from './KeepDialog';

/** Nothing is kept until the person asks here. */
export function KeepButton({ runId }: { readonly runId: number }) {
  const [isOpen, setIsOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  return (
    <>
      <button
        ref={button}
        type="button"
        className="button"
        data-testid="diary-save"
        onClick={() => {
          setIsOpen(true);
        }}
      >
        {words.diary.keep.title}
      </button>
      {isOpen && (
        <KeepDialog
          runId={runId}
          onClose={() => {
            setIsOpen(false);
            button.current?.focus();
          }}
        />
      )}
    </>
  );
}
