import type { Backend, LoadedModel } from '../domain/loaded-model';
import type { LoadStep, OfflineStatus } from '../store/app-state';

const BACKEND_NAMES: Readonly<Record<Backend, string>> = {
  webgl: 'graphics processor (WebGL)',
  wasm: 'WebAssembly',
  cpu: 'plain JavaScript (slow)',
};

export function backendName(backend: Backend): string {
  return BACKEND_NAMES[backend];
}

/** For instance "WebAssembly, SIMD, 2 threads". */
export function backendWords({ backend, backendDetail }: Pick<LoadedModel, 'backend' | 'backendDetail'>): string {
  return backendDetail === '' ? backendName(backend) : `${backendName(backend)}, ${backendDetail}`;
}

/** Megabytes of a million bytes, as download dialogs count; one decimal. */
export function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}

export function fileSize(bytes: number): string {
  if (bytes >= 1e9) return `${(bytes / 1e9).toFixed(1)} GB`;
  return bytes < 1e5 ? `${Math.ceil(bytes / 1e3)} kB` : `${megabytes(bytes)} MB`;
}

export function loadStepWords(step: LoadStep): string {
  switch (step.phase) {
    case 'start':
      return 'Opening the model';
    case 'download':
      return 'Downloading the model';
    case 'compile':
      return `Preparing ${backendName(step.backend)}`;
    case 'self-test':
      return 'Checking this device against reference results';
  }
}

export function offlineWords({ state }: OfflineStatus): string {
  switch (state) {
    case 'ready':
      return 'Ready for use without a connection';
    case 'caching':
      return 'Getting ready for use without a connection';
    case 'not-ready':
      return 'Needs a connection';
  }
}

/** A score on the screen: three decimals, never rounded up to a certainty it is not. */
export function formatScore(probability: number): string {
  if (probability > 0.9994 && probability < 1) return '>0.999';
  if (probability < 0.0006 && probability > 0) return '<0.001';
  return probability.toFixed(3);
}
