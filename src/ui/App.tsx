// Before the rooms: what a room's own style says counts more than the style of all.
import './styles/tokens.css';
import './styles/base.css';
import './styles/controls.css';
import { useCallback, useEffect, useRef } from 'react';
import { isModelName, isZipName } from '../domain/file-names';
import { formatRoute, type Page } from '../domain/view-route';
import { selectSample } from '../store/select-status';
import { words } from '../words/words';
import css from './App.module.css';
import { selectOwnView } from '../store/tutorial-facts';
import { useApp, useAppState } from './app-context';
import { PageSlot, preloadPages } from './pages';
import { ErrorBanner } from './shell/ErrorBanner';
import { Footer } from './shell/Footer';
import { Header } from './shell/Header';
import { PartBoundary } from './shell/PartBoundary';
import { UpdateBanner } from './shell/UpdateBanner';
import { useFileTransfer } from './use-file-transfer';
import { useIncomingFiles } from './use-incoming-files';
import { routeOfView, useRoute } from './use-route';

export function App() {
  const { flow } = useApp();
  const { page } = useRoute();
  const view = useAppState(selectOwnView);
  const line = useAppState((state) => state.preferences.line);
  const sample = useAppState(selectSample);
  const analyseHref = formatRoute(routeOfView(view, line, sample));
  // With it all below is drawn again; what is drawn from memory asks for it as well.
  const language = useAppState((state) => state.language.now);
  const openFiles = useCallback(
    (files: File[], isSet = false) => {
      const [first, second] = files;
      if (first === undefined) return;
      if (page === 'diary' && files.every(isZipName)) {
        void flow.diary.import(...files);
        return;
      }
      if (page === 'model' || files.some(({ name }) => isModelName(name))) {
        if (page !== 'model') location.hash = '#/model';
        void flow.own.open(files);
        return;
      }
      if (page === 'batch' || isSet || files.length > 2) {
        if (page !== 'batch') location.hash = '#/batch';
        void flow.batch.run(files);
        return;
      }
      if (page !== 'analyse') location.hash = analyseHref;
      void flow.photo.analyse(first);
      if (second !== undefined) void flow.photo.analyse(second, 'b');
    },
    [flow, page, analyseHref],
  );
  const isDropping = useFileTransfer(openFiles, flow.photo.reportFailure);
  useIncomingFiles(openFiles);
  const { main, noteShown } = useFocusOnPageChange(page);
  useEffect(() => {
    void preloadPages();
  }, []);
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  return (
    <div className={css.app}>
      <title>{words.shell.titles[page]}</title>
      <a
        className={css.skipLink}
        href="#main"
        onClick={(event) => {
          // The address is the app's own: it must not become "#main".
          event.preventDefault();
          main.current?.focus();
        }}
      >
        {words.shell.skip}
      </a>
      <Header page={page} analyseHref={analyseHref} />
      <div className={css.banners}>
        <UpdateBanner />
        <ErrorBanner />
      </div>
      <main className={css.main} id="main" ref={main} tabIndex={-1}>
        <PartBoundary resetKey={page}>
          <PageSlot page={page} onShown={noteShown} />
        </PartBoundary>
      </main>
      <Footer />
      {isDropping && (
        <div className={css.dropVeil} aria-hidden="true">
          {words.shell.drop[page === 'batch' || page === 'diary' ? page : 'here']}
        </div>
      )}
    </div>
  );
}

/** Moves focus to the heading of a page that was just opened, so that a screen reader hears it; not on load. */
function useFocusOnPageChange(page: Page) {
  const main = useRef<HTMLElement>(null);
  const shownPage = useRef(page);
  const noteShown = useCallback((shown: Page) => {
    if (shownPage.current === shown) return;
    shownPage.current = shown;
    main.current?.querySelector('h1')?.focus();
    scrollTo(0, 0);
  }, []);
  return { main, noteShown };
}
