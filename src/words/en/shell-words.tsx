import type { ReactNode } from 'react';
import type { Backend, LoadedModel } from '../../domain/loaded-model';
import type { Page } from '../../domain/view-route';
import type { LoadStep, OfflineStatus } from '../../store/app-state';
import { formatNumber, megabytes } from '../format';
import { sentence } from '../sentence';

const NAME = 'Lesion Lens';
const TRY_AGAIN = 'Try again';

const titles: Readonly<Record<Page, string>> = {
  analyse: NAME,
  batch: `Batch · ${NAME}`,
  model: `The model · ${NAME}`,
  about: `About · ${NAME}`,
  privacy: `Privacy and storage · ${NAME}`,
  report: `Report · ${NAME}`,
  diary: `Diary · ${NAME}`,
};

const backends: Readonly<Record<Backend, string>> = {
  webgl: 'graphics processor (WebGL)',
  wasm: 'WebAssembly',
  cpu: 'plain JavaScript (slow)',
};

const shortBackends: Readonly<Record<Backend, string>> = { webgl: 'WebGL', wasm: 'WebAssembly', cpu: 'JavaScript' };

/** For instance "WebAssembly, SIMD, 2 threads". */
function backendWords({ backend, backendDetail }: Pick<LoadedModel, 'backend' | 'backendDetail'>): string {
  return backendDetail === '' ? backends[backend] : `${backends[backend]}, ${backendDetail}`;
}

const OPENING = 'Opening the model';

function loadStep(step: LoadStep): string {
  switch (step.phase) {
    case 'start':
      return OPENING;
    case 'download':
      return 'Downloading the model';
    case 'compile':
      return 'Preparing this device';
    case 'self-test':
      return 'Checking this device';
  }
}

const offline: Readonly<Record<OfflineStatus['state'], string>> = {
  ready: 'Ready for use without a connection',
  caching: 'Getting ready for use without a connection',
  'not-ready': 'Needs a connection',
};

const status = {
  modelFailed: 'The model is not loaded',
  opening: OPENING,
  loadStep,
  analysing: 'Analysing the photo',
  scoring: 'Scoring the batch',
  checking: 'Checking this device',
  photoFailed: 'The last photo could not be analysed',
  ready: 'Ready',
  done: 'Done',
  runsOn: (model: Pick<LoadedModel, 'backend' | 'backendDetail'>) => `Runs on this device: ${backendWords(model)}`,
  download: 'Model download',
  downloaded: (loadedBytes: number, totalBytes: number) => `${megabytes(loadedBytes)} of ${megabytes(totalBytes)} MB`,
  passedOver: (passed: readonly Backend[]) => `${passed.map((backend) => shortBackends[backend]).join(', ')} passed over`,
  passedOverFor: (backend: Backend, reason: string): ReactNode => sentence`${(<b>{backends[backend]}</b>)}: ${reason}`,
};

const banner = {
  resultIsOlder: 'The result below is that of the photo before.',
  details: 'Details',
  detail: (code: string, detail: string) => `${code}: ${detail}`,
  tryAgain: TRY_AGAIN,
  useBuiltIn: 'Use these layers',
  dismiss: 'Dismiss',
  newer: (hasPhoto: boolean): string =>
    hasPhoto
      ? 'A newer version is ready. Reloading closes the photo on the screen.'
      : 'A newer version is ready. Reload to use it.',
  reload: 'Reload',
};

/** Twice: whoever looks for another language may not read this one. */
const LANGUAGE = 'Language · Idioma';

const footer = {
  noDevice: 'Educational and research model, not a medical device.',
  nothingSent: 'Photos stay on this device: nothing is sent anywhere.',
  requests: (count: number): ReactNode =>
    sentence`Requests since the photo was opened: ${(<span className="mono">{formatNumber(count)}</span>)}`,
  offline: (state: OfflineStatus['state'], canInstall: boolean): ReactNode =>
    canInstall ? sentence`${offline[state]}. ${(<a href="#/privacy">Install</a>)}` : offline[state],
  privacy: 'Privacy',
};

const confirm = {
  group: (label: string) => `${label}?`,
  /** Unless the caller words it. */
  confirm: 'Delete for good',
  keep: 'Keep',
};

export const shell = {
  name: NAME,
  titles,
  loadingPage: 'Opening the page …',
  skip: 'Skip to the content',
  drop: {
    here: 'Drop a photo to analyse it, two to compare them, more to score them all',
    batch: 'Drop the pictures to score them',
    diary: 'Drop a zip to import it into the diary, a photo to analyse it',
  },
  nav: {
    title: 'Pages',
    analyse: 'Analyse',
    batch: 'Batch',
    diary: 'Diary',
    model: 'Model',
    about: 'About',
  },
  language: LANGUAGE,
  status,
  banner,
  footer,
  confirm,
  backend: backendWords,
  offline,
};
