import type { ReactNode } from 'react';
import fold from './fold.module.css';
import { useMedia, WIDE } from './use-media';

interface FoldOnPhoneProps {
  readonly summary: ReactNode;
  readonly className: string | undefined;
  readonly children: ReactNode;
}

/** Shows its content; on a phone behind a line that opens it, so that the maps come first. */
export function FoldOnPhone({ summary, className, children }: FoldOnPhoneProps) {
  const isWide = useMedia(WIDE);
  if (isWide) return <div className={className}>{children}</div>;
  return (
    <details className={fold.fold}>
      <summary>
        <span>{summary}</span>
      </summary>
      <div className={className}>{children}</div>
    </details>
  );
}
