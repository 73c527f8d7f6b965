import type { ReactNode } from 'react';
import { ErrorBoundary, type FallbackProps } from 'react-error-boundary';
import { ERROR_SENTENCES, toErrorFacts } from '../../domain/errors';

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
    <div className="error-banner" role="alert" data-testid="part-failed" data-code={code}>
      <div className="error-words">
        <p>{ERROR_SENTENCES[code]}</p>
        {detail !== '' && <p className="mono small">{`${code}: ${detail}`}</p>}
      </div>
      <div className="error-actions">
        <button type="button" className="button" onClick={resetErrorBoundary}>
          Try again
        </button>
      </div>
    </div>
  );
}
