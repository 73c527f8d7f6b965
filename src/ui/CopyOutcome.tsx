import type { Copying } from './use-copying';

interface CopyOutcomeProps {
  readonly copied: Copying['copied'];
  readonly says: { readonly copied: string; readonly refused: string };
}

/** Whether a text is on the clipboard. */
export function CopyOutcome({ copied, says }: CopyOutcomeProps) {
  return (
    <p role="status" className="small">
      {copied !== 'no' && <span>{copied === 'yes' ? says.copied : says.refused}</span>}
    </p>
  );
}
