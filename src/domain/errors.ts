/** Every error a person can meet, by its code: stable, in `data-code` of the alert. The words room has a sentence for each. */
const ERROR_CODES = [
  'file-empty',
  'file-unreadable',
  'file-not-image',
  'file-is-zip',
  'folder-empty',
  'link-dropped',
  'file-truncated',
  'file-too-large',
  'image-too-many-pixels',
  'image-unsupported',
  'image-damaged',
  'image-decode-failed',
  'pixels-altered',
  'heic-decoder-missing',
  'model-download-failed',
  'model-corrupt',
  'model-invalid',
  'own-model-format',
  'own-model-truncated',
  'own-model-damaged',
  'own-model-weights-only',
  'own-model-weights-fit',
  'own-model-weights-mismatch',
  'own-model-not-finite',
  'own-model-shard-missing',
  'own-model-shard-size',
  'own-model-elsewhere',
  'own-model-too-large',
  'own-model-unpacks-too-large',
  'own-model-custom-layer',
  'own-model-lambda',
  'own-model-layer-unsupported',
  'own-model-no-maps',
  'own-model-input',
  'own-model-output',
  'own-model-reader-missing',
  'own-model-keep-full',
  'own-model-keep-failed',
  'backend-none-passed',
  'engine-timeout',
  'engine-crashed',
  'device-lost',
  'out-of-memory',
  'labels-unreadable',
  'crops-unreadable',
  'crops-line-invalid',
  'crop-outside',
  'app-part-missing',
  'share-failed',
  'storage-full',
  'storage-blocked',
  'shell-not-kept',
  'diary-unavailable',
  'diary-full',
  'diary-other-tab',
  'diary-newer',
  'diary-failed',
  'diary-entry-missing',
  'diary-entry-damaged',
  'diary-entry-newer',
  'diary-entry-invalid',
  'diary-file-many',
  'diary-file-not-zip',
  'diary-file-too-large',
  'diary-file-invalid',
  'diary-file-newer',
  'diary-file-damaged',
  'camera-denied',
  'camera-none',
  'camera-busy',
  'camera-insecure',
  'camera-unsupported',
  'camera-ended',
  'camera-paused',
  'camera-no-picture',
  'camera-still-failed',
  'unexpected',
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];

/** An error with a code. `detail` is for diagnostics and never names the photo's content. */
export class LensError extends Error {
  readonly code: ErrorCode;
  readonly detail: string;

  constructor(code: ErrorCode, detail = '') {
    super(detail ? `${code}: ${detail}` : code);
    this.name = 'LensError';
    this.code = code;
    this.detail = detail;
  }
}

/** What crosses the worker's border instead of an Error object, which structured cloning would strip of its code. */
export interface ErrorFacts {
  readonly code: ErrorCode;
  readonly detail: string;
}

export function isErrorCode(value: unknown): value is ErrorCode {
  return (ERROR_CODES as readonly unknown[]).includes(value);
}

/** Any thrown value -> facts; a value without a known code becomes `unexpected` with its message as detail. */
export function toErrorFacts(error: unknown): ErrorFacts {
  if (error instanceof LensError) return { code: error.code, detail: error.detail };
  if (typeof error === 'object' && error !== null && 'code' in error && isErrorCode(error.code)) {
    return { code: error.code, detail: 'detail' in error ? String(error.detail) : '' };
  }
  return { code: 'unexpected', detail: error instanceof Error ? error.message : String(error) };
}
