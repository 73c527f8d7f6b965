import type { ReactNode } from 'react';
import { ErrorBoundary, type FallbackProps } from 'react-error-boundary';
import { toErrorFacts } from '../../domain/errors';
import { words } from '../../words/words';
import css from './banner.module.css';

interface PartBoundaryProps {
  /** What failed here may be right for another: a change of it tries anew. */
  readonly resetKey: unknown;
  readonly children: ReactNode;
}

/** Where drawing a part of the screen fails, that part says so; all around it stays. */
export function PartBoundary({ resetKey, children }: PartBoundaryProps) {
  return (
    <ErrorBoundary FallbackComponent={PartFailed} resetKeys={[resetKey]}>
      {children}
    </ErrorBoundary>
  );
}

function PartFailed({ error, resetErrorBoundary }: FallbackProps) {
  const { code, detail } = toErrorFacts(error);
  return (
    <div className={css.banner} role="alert" data-testid="part-failed" data-code={code}>
      <div className={css.words}>
        <p>{words.error[code]}</p>
        {detail !== '' && <p className="mono small">{words.shell.banner.detail(code, detail)}</p>}
      </div>
      <div className={css.actions}>
        <button type="button" className="button" onClick={resetErrorBoundary}>
          {words.shell.banner.tryAgain}
        </button>
      </div>
    </div>
  );
}
