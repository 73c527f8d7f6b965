import { ERROR_SENTENCES } from '../../domain/errors';
import { useAppState } from '../app-context';
import css from './diary.module.css';

/** What went wrong with the diary, where the person is looking. */
export function DiaryError() {
  const error = useAppState((state) => state.diary.error);
  if (error === null) return null;
  return (
    <div className={css.alert} role="alert" data-testid="diary-error" data-code={error.code}>
      <p>{ERROR_SENTENCES[error.code]}</p>
      {error.detail !== '' && <p className="small mono">{error.detail}</p>}
    </div>
  );
}
