import { useId } from 'react';
import { isLanguage, LANGUAGES } from '../../domain/language';
import { LANGUAGE_NAMES } from '../../words/language-names';
import { words } from '../../words/words';
import { useApp, useAppState } from '../app-context';
import css from './LanguageSelect.module.css';

/** The languages of the app, each by its own name. */
export function LanguageSelect() {
  const { flow } = useApp();
  const language = useAppState((state) => state.language.now);
  const id = useId();
  return (
    <div className={css.place}>
      <label className="visually-hidden" htmlFor={id}>
        {words.shell.language}
      </label>
      <svg className={css.globe} viewBox="0 0 24 24" width="22" height="22" aria-hidden="true">
        <path d="M3 12h18M12 3c5 5 5 13 0 18c-5 -5 -5 -13 0 -18M12 3a9 9 0 0 1 0 18a9 9 0 0 1 0 -18" />
      </svg>
      <select
        id={id}
        className={css.select}
        data-testid="language-select"
        value={language}
        onChange={({ target }) => {
          if (isLanguage(target.value)) void flow.preferences.language.set(target.value);
        }}
      >
        {LANGUAGES.map((one) => (
          <option key={one} value={one} lang={one}>
            {LANGUAGE_NAMES[one]}
          </option>
        ))}
      </select>
    </div>
  );
}
