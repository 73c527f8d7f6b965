import type { Page } from '../../domain/view-route';
import { AppStatus } from './AppStatus';
import { LensMark } from './LensMark';

const LINKS: readonly { readonly page: Page; readonly href: string; readonly name: string }[] = [
  { page: 'analyse', href: '#/', name: 'Analyse' },
  { page: 'batch', href: '#/batch', name: 'Batch' },
  { page: 'diary', href: '#/diary', name: 'Diary' },
  { page: 'model', href: '#/model', name: 'Model' },
  { page: 'about', href: '#/about', name: 'About' },
];

/** @param analyseHref - The analyse page with the layer and filter last looked at. */
export function Header({ page, analyseHref }: { readonly page: Page; readonly analyseHref: string }) {
  return (
    <header className="header">
      <div className="header-row">
        <a className="brand" href={analyseHref}>
          <LensMark />
          <span>Lesion Lens</span>
        </a>
        <nav className="nav" aria-label="Pages">
          {LINKS.map((link) => (
            <a
              key={link.page}
              href={link.page === 'analyse' ? analyseHref : link.href}
              {...(link.page === page ? { 'aria-current': 'page' as const } : {})}
            >
              {link.name}
            </a>
          ))}
        </nav>
        <AppStatus />
      </div>
    </header>
  );
}
