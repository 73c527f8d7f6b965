import { useShallow } from 'zustand/react/shallow';
import { ERROR_SENTENCES } from '../../domain/errors';
import type { Slot } from '../../store/app-state';
import { selectError, type ShownError } from '../../store/select-status';
import { useApp, useAppState } from '../app-context';

/** The one error, with its sentence and a way on. What was on the screen before stays below it. */
export function ErrorBanner() {
  const error = useAppState(useShallow(selectError));
  const hasResult = useAppState(({ photos }) => isPhotoError(error) && photos[error.source].result !== null);
  const { flow } = useApp();
  if (error === null) return null;
  return (
    <div className="error-banner" role="alert" data-testid="error" data-code={error.code}>
      <div className="error-words">
        {error.fileName !== null && <p className="error-file">{error.fileName}</p>}
        <p>{ERROR_SENTENCES[error.code]}</p>
        {hasResult && <p className="small">The result below is that of the photo before.</p>}
        {error.detail !== '' && (
          <details className="small">
            <summary>Details</summary>
            <p className="mono">
              {error.code}: {error.detail}
            </p>
          </details>
        )}
      </div>
      <div className="error-actions">
        {canTryAgain(error) && (
          <button
            type="button"
            className="button"
            data-testid="try-again"
            onClick={() => void (error.source === 'model' ? flow.model.load() : flow.photo.tryAgain())}
          >
            Try again
          </button>
        )}
        {error.source !== 'model' && (
          <button type="button" className="button" data-testid="dismiss" onClick={flow.photo.dismissError}>
            Dismiss
          </button>
        )}
      </div>
    </div>
  );
}

function isPhotoError(error: ShownError | null): error is ShownError & { readonly source: Slot } {
  return error !== null && (error.source === 'a' || error.source === 'b');
}

/** What is wrong with the file itself will be wrong the next time too. */
function canTryAgain(error: ShownError): boolean {
  if (error.source === 'intake') return false;
  return !isPhotoError(error) || !/^(file|folder|image)-/.test(error.code);
}
