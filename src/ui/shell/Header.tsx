import type { Page } from '../../domain/view-route';
import { words } from '../../words/words';
import { AppStatus } from './AppStatus';
import css from './Header.module.css';
import { LanguageSelect } from './LanguageSelect';
import { LensMark } from './LensMark';

const LINKS = [
  { page: 'analyse', href: '#/' },
  { page: 'batch', href: '#/batch' },
  { page: 'diary', href: '#/diary' },
  { page: 'model', href: '#/model' },
  { page: 'about', href: '#/about' },
] as const satisfies readonly { readonly page: Page; readonly href: string }[];

/** @param analyseHref - The analyse page with the layer and filter last looked at. */
export function Header({ page, analyseHref }: { readonly page: Page; readonly analyseHref: string }) {
  return (
    <header className={css.header}>
      <div className={css.row}>
        <a className={css.brand} href={analyseHref}>
          <LensMark />
          <span>{words.shell.name}</span>
        </a>
        <nav className={css.nav} aria-label={words.shell.nav.title}>
          {LINKS.map((link) => (
            <a
              key={link.page}
              href={link.page === 'analyse' ? analyseHref : link.href}
              {...(link.page === page ? { 'aria-current': 'page' as const } : {})}
            >
              {words.shell.nav[link.page]}
            </a>
          ))}
        </nav>
        <AppStatus />
        <LanguageSelect />
      </div>
    </header>
  );
}
