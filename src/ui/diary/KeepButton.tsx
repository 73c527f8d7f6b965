import { useRef, useState } from 'react';
import { KeepDialog } from './KeepDialog';
import '../styles/diary.css';

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
        Keep in the diary
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
