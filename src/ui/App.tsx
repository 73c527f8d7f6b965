// Before the rooms: what a room's own style says counts more than the style of all.
import './styles/tokens.css';
import './styles/base.css';
import './styles/controls.css';
import { useCallback, useEffect, useRef } from 'react';
import { formatRoute, type Page } from '../domain/view-route';
import { AboutPage } from './about/AboutPage';
import { AnalysePage } from './analyse/AnalysePage';
import { useApp, useAppState } from './app-context';
import { BatchPage } from './batch/BatchPage';
import { DiaryPage } from './diary/DiaryPage';
import { ModelPage } from './model/ModelPage';
import { PrivacyPage } from './privacy/PrivacyPage';
import { ReportPage } from './report/ReportPage';
import { ErrorBanner } from './shell/ErrorBanner';
import { Footer } from './shell/Footer';
import { Header } from './shell/Header';
import { PartBoundary } from './shell/PartBoundary';
import { UpdateBanner } from './shell/UpdateBanner';
import { useFileTransfer } from './use-file-transfer';
import { useIncomingFiles } from './use-incoming-files';
import { routeOfView, useRoute } from './use-route';
import './styles/shell.css';
import './styles/pages.css';

const PAGES: Readonly<Record<Page, { readonly title: string; readonly Page: () => React.JSX.Element }>> = {
  analyse: { title: 'Lesion Lens', Page: AnalysePage },
  batch: { title: 'Batch · Lesion Lens', Page: BatchPage },
  model: { title: 'The model · Lesion Lens', Page: ModelPage },
  about: { title: 'About · Lesion Lens', Page: AboutPage },
  privacy: { title: 'Privacy and storage · Lesion Lens', Page: PrivacyPage },
  report: { title: 'Report · Lesion Lens', Page: ReportPage },
  diary: { title: 'Diary · Lesion Lens', Page: DiaryPage },
};

export function App() {
  const { flow } = useApp();
  const { page } = useRoute();
  const view = useAppState((state) => state.view);
  const analyseHref = view.isChosen ? formatRoute(routeOfView(view)) : '#/';
  const openFiles = useCallback(
    (files: File[], isSet = false) => {
      const [first, second] = files;
      if (first === undefined) return;
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
  const main = useFocusOnPageChange(page);
  const { title, Page: CurrentPage } = PAGES[page];
  return (
    <div className="app">
      <title>{title}</title>
      <a
        className="skip-link"
        href="#main"
        onClick={(event) => {
          // The address is the app's own: it must not become "#main".
          event.preventDefault();
          main.current?.focus();
        }}
      >
        Skip to the content
      </a>
      <Header page={page} analyseHref={analyseHref} />
      <div className="banners">
        <UpdateBanner />
        <ErrorBanner />
      </div>
      <main className="main" id="main" ref={main} tabIndex={-1}>
        <PartBoundary resetKey={page}>
          <CurrentPage />
        </PartBoundary>
      </main>
      <Footer />
      {isDropping && (
        <div className="drop-veil" aria-hidden="true">
          {page === 'batch'
            ? 'Drop the pictures to score them'
            : 'Drop a photo to analyse it, two to compare them, more to score them all'}
        </div>
      )}
    </div>
  );
}

/** Moves focus to the heading of a page that was just opened, so that a screen reader hears it; not on load. */
function useFocusOnPageChange(page: Page) {
  const main = useRef<HTMLElement>(null);
  const shownPage = useRef(page);
  useEffect(() => {
    if (shownPage.current === page) return;
    shownPage.current = page;
    main.current?.querySelector('h1')?.focus();
    scrollTo(0, 0);
  }, [page]);
  return main;
}
