import { createElement, useEffect, useState } from 'react';
import { LensError } from '../domain/errors';
import type { Page } from '../domain/view-route';
import { words } from '../words/words';
import { AnalysePage } from './analyse/AnalysePage';
import { loadTutorialCard } from './tutorial/load-card';

type PageComponent = () => React.JSX.Element;

/** Nothing of these is needed for the first screen, so each is a file of its own. */
const LOADERS: Readonly<Record<Exclude<Page, 'analyse'>, () => Promise<PageComponent>>> = {
  batch: async () => (await import('./batch/BatchPage')).BatchPage,
  model: async () => (await import('./model/ModelPage')).ModelPage,
  about: async () => (await import('./about/AboutPage')).AboutPage,
  privacy: async () => (await import('./privacy/PrivacyPage')).PrivacyPage,
  report: async () => (await import('./report/ReportPage')).ReportPage,
  diary: async () => (await import('./diary/DiaryPage')).DiaryPage,
};

const loaded = new Map<Page, PageComponent>([['analyse', AnalysePage]]);

/** @returns LensError `app-part-missing` where its file cannot be had, else null. */
async function loadPage(page: Exclude<Page, 'analyse'>): Promise<LensError | null> {
  try {
    loaded.set(page, await LOADERS[page]());
    return null;
  } catch (error) {
    return new LensError('app-part-missing', error instanceof Error ? error.message : String(error));
  }
}

/**
 * Fetches all pages beside the model, so that they open at once and without a connection, and nothing is asked for while a
 * photo is analysed. What fails is tried again, and told, when the page is opened.
 */
export async function preloadPages(): Promise<void> {
  await Promise.all([...(Object.keys(LOADERS) as (keyof typeof LOADERS)[]).map(loadPage), loadTutorialCard()]);
}

interface PageSlotProps {
  readonly page: Page;
  /** Called when the page is drawn for the first time after another one. */
  readonly onShown: (page: Page) => void;
}

/** The page of that name, as soon as its file is there. Throws where it cannot be had, for the boundary around it. */
export function PageSlot({ page, onShown }: PageSlotProps) {
  const [failure, setFailure] = useState<Error | null>(null);
  const [, setLoads] = useState(0);
  const Shown = loaded.get(page) ?? null;
  useEffect(() => {
    if (Shown !== null) {
      onShown(page);
      return;
    }
    let isWanted = true;
    if (page !== 'analyse') {
      void loadPage(page).then((error) => {
        if (!isWanted) return;
        if (error === null) setLoads((count) => count + 1);
        else setFailure(error);
      });
    }
    return () => {
      isWanted = false;
    };
  }, [Shown, page, onShown]);
  if (failure !== null) throw failure;
  return Shown === null ? (
    <p className="page" role="status">
      {words.shell.loadingPage}
    </p>
  ) : (
    createElement(Shown)
  );
}
