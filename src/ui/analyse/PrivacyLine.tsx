import { words } from '../../words/words';
import css from './PrivacyLine.module.css';

export function PrivacyLine() {
  return (
    <p className={`${css.line} small`}>
      <svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">
        <rect x="3" y="7" width="10" height="7" rx="1.5" fill="currentColor" />
        <path d="M5 7V5a3 3 0 0 1 6 0v2" fill="none" stroke="currentColor" strokeWidth="1.6" />
      </svg>
      <span>{words.analyse.privacy}</span>
    </p>
  );
}
