import { LensError, type ErrorCode } from '../domain/errors';

/** Names of DOMExceptions of getUserMedia (W3C Media Capture and Streams) and those that older browsers gave. */
const CODE_OF: Readonly<Record<string, ErrorCode>> = {
  NotAllowedError: 'camera-denied',
  PermissionDeniedError: 'camera-denied',
  PermissionDismissedError: 'camera-denied',
  SecurityError: 'camera-denied',
  NotFoundError: 'camera-none',
  DevicesNotFoundError: 'camera-none',
  OverconstrainedError: 'camera-none',
  NotReadableError: 'camera-busy',
  TrackStartError: 'camera-busy',
  AbortError: 'camera-busy',
  NotSupportedError: 'camera-unsupported',
};

/** Why a camera could not be opened: `camera-denied`, `-none`, `-busy`, `-unsupported`; what has a code keeps it. */
export function toCameraError(error: unknown): LensError {
  if (error instanceof LensError) return error;
  if (!(error instanceof Error)) return new LensError('camera-busy', String(error));
  // Where pages may not use a camera at all, as in a frame, browsers throw a TypeError or name no device.
  const code = error instanceof TypeError ? 'camera-unsupported' : (CODE_OF[error.name] ?? 'camera-busy');
  return new LensError(code, error.message === '' ? error.name : `${error.name}: ${error.message}`);
}
