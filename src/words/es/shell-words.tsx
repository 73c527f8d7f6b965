import type { ReactNode } from 'react';
import type { Backend, LoadedModel } from '../../domain/loaded-model';
import type { Page } from '../../domain/view-route';
import type { LoadStep, OfflineStatus } from '../../store/app-state';
import { formatNumber, megabytes } from '../format';
import { sentence } from '../sentence';

const NAME = 'Lesion Lens';
const TRY_AGAIN = 'Intentar de nuevo';

const titles: Readonly<Record<Page, string>> = {
  analyse: NAME,
  batch: `Lote · ${NAME}`,
  model: `El modelo · ${NAME}`,
  about: `Acerca de · ${NAME}`,
  privacy: `Privacidad y almacenamiento · ${NAME}`,
  report: `Informe · ${NAME}`,
  diary: `Diario · ${NAME}`,
};

const backends: Readonly<Record<Backend, string>> = {
  webgl: 'procesador gráfico (WebGL)',
  wasm: 'WebAssembly',
  cpu: 'JavaScript sin más (lento)',
};

const shortBackends: Readonly<Record<Backend, string>> = { webgl: 'WebGL', wasm: 'WebAssembly', cpu: 'JavaScript' };

/** For instance "WebAssembly, SIMD, 2 hilos". The engine words its detail in English. */
function backendWords({ backend, backendDetail }: Pick<LoadedModel, 'backend' | 'backendDetail'>): string {
  const detail = backendDetail
    .replace('own kernels', 'código propio')
    .replace(/\bthreads\b/, 'hilos')
    .replace(/\bthread\b/, 'hilo');
  return detail === '' ? backends[backend] : `${backends[backend]}, ${detail}`;
}

const OPENING = 'Abriendo el modelo';

function loadStep(step: LoadStep): string {
  switch (step.phase) {
    case 'start':
      return OPENING;
    case 'download':
      return 'Descargando el modelo';
    case 'compile':
      return 'Preparando este dispositivo';
    case 'self-test':
      return 'Comprobando este dispositivo';
  }
}

const offline: Readonly<Record<OfflineStatus['state'], string>> = {
  ready: 'Listo para usar sin conexión',
  caching: 'Preparando el uso sin conexión',
  'not-ready': 'Necesita conexión',
};

const status = {
  modelFailed: 'El modelo no está cargado',
  opening: OPENING,
  loadStep,
  analysing: 'Analizando la foto',
  scoring: 'Puntuando el lote',
  checking: 'Comprobando este dispositivo',
  photoFailed: 'No se pudo analizar la última foto',
  ready: 'Listo',
  done: 'Hecho',
  runsOn: (model: Pick<LoadedModel, 'backend' | 'backendDetail'>) => `Funciona en este dispositivo: ${backendWords(model)}`,
  download: 'Descarga del modelo',
  downloaded: (loadedBytes: number, totalBytes: number) => `${megabytes(loadedBytes)} de ${megabytes(totalBytes)} MB`,
  passedOver: (passed: readonly Backend[]) => `${passed.map((backend) => shortBackends[backend]).join(', ')}: descartado`,
  passedOverFor: (backend: Backend, reason: string): ReactNode => sentence`${(<b>{backends[backend]}</b>)}: ${reason}`,
};

const banner = {
  resultIsOlder: 'El resultado de abajo es el de la foto anterior.',
  details: 'Detalles',
  detail: (code: string, detail: string) => `${code}: ${detail}`,
  tryAgain: TRY_AGAIN,
  useBuiltIn: 'Usar estas capas',
  dismiss: 'Cerrar',
  newer: (hasPhoto: boolean): string =>
    hasPhoto
      ? 'Hay lista una versión más nueva. Al recargar se cierra la foto de la pantalla.'
      : 'Hay lista una versión más nueva. Recargue para usarla.',
  reload: 'Recargar',
};

/** Twice: whoever looks for another language may not read this one. */
const LANGUAGE = 'Idioma · Language';

const footer = {
  noDevice: 'Modelo educativo y de investigación; no es un dispositivo médico.',
  nothingSent: 'Las fotos se quedan en este dispositivo: no se envía nada a ninguna parte.',
  requests: (count: number): ReactNode =>
    sentence`Peticiones desde que se abrió la foto: ${(<span className="mono">{formatNumber(count)}</span>)}`,
  offline: (state: OfflineStatus['state'], canInstall: boolean): ReactNode =>
    canInstall ? sentence`${offline[state]}. ${(<a href="#/privacy">Instalar</a>)}` : offline[state],
  privacy: 'Privacidad',
};

const confirm = {
  group: (label: string) => `¿${label}?`,
  /** Unless the caller words it. */
  confirm: 'Borrar para siempre',
  keep: 'Conservar',
};

export const shell = {
  name: NAME,
  titles,
  loadingPage: 'Abriendo la página …',
  skip: 'Ir al contenido',
  drop: {
    here: 'Suelte una foto para analizarla, dos para compararlas o más para puntuarlas todas',
    batch: 'Suelte las imágenes para puntuarlas',
    diary: 'Suelte un zip para importarlo al diario o una foto para analizarla',
  },
  nav: {
    title: 'Páginas',
    analyse: 'Analizar',
    batch: 'Lote',
    diary: 'Diario',
    model: 'Modelo',
    about: 'Info',
  },
  language: LANGUAGE,
  status,
  banner,
  footer,
  confirm,
  backend: backendWords,
  offline,
};
