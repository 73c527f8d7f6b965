import { useShallow } from 'zustand/react/shallow';
import type { Slot } from '../../store/app-state';
import { selectError, type ShownError } from '../../store/select-status';
import { words } from '../../words/words';
import { useApp, useAppState } from '../app-context';
import css from './banner.module.css';

/** The one error, with its sentence and a way on. What was on the screen before stays below it. */
export function ErrorBanner() {
  const error = useAppState(useShallow(selectError));
  const hasResult = useAppState(({ photos }) => isPhotoError(error) && photos[error.source].result !== null);
  const { flow } = useApp();
  if (error === null) return null;
  const says = words.shell.banner;
  return (
    <div className={css.banner} role="alert" data-testid="error" data-code={error.code}>
      <div className={css.words}>
        {error.fileName !== null && <p className={css.file}>{error.fileName}</p>}
        <p>{words.error[error.code]}</p>
        {hasResult && <p className="small">{says.resultIsOlder}</p>}
        {error.detail !== '' && (
          <details className="small">
            <summary>{says.details}</summary>
            <p className="mono">{says.detail(error.code, error.detail)}</p>
          </details>
        )}
      </div>
      <div className={css.actions}>
        {canTryAgain(error) && (
          <button
            type="button"
            className="button"
            data-testid="try-again"
            onClick={() => void (error.source === 'model' ? flow.model.load() : flow.photo.tryAgain())}
          >
            {says.tryAgain}
          </button>
        )}
        {error.code === 'own-model-weights-fit' && (
          <button
            type="button"
            className="button"
            data-testid="own-use-built-in-architecture"
            onClick={() => void flow.own.openWithBuiltIn()}
          >
            {says.useBuiltIn}
          </button>
        )}
        {error.source !== 'model' && (
          <button
            type="button"
            className="button"
            data-testid="dismiss"
            onClick={error.source === 'language' ? flow.preferences.language.dismissError : flow.photo.dismissError}
          >
            {says.dismiss}
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
  if (error.source === 'intake' || error.source === 'own' || error.source === 'language') return false;
  return !isPhotoError(error) || !/^(file|folder|image)-/.test(error.code);
}
