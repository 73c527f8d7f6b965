/** Which backend computes: pure control flow; what a rung does is in tfjs/backend.ts. */
import { LensError, type ErrorCode } from '../domain/errors';
import { toEngineError } from './engine-error';
import type { Backend, RejectedBackend } from '../domain/loaded-model';

export interface Rung {
  readonly backend: Backend;
  /** A reason not to try this rung at all, asked only where no backend was forced. */
  readonly passOver: () => string | null;
}

interface Climb<R extends Rung, T> {
  readonly rung: R;
  readonly value: T;
  readonly rejected: readonly RejectedBackend[];
}

/**
 * Tries the rungs from the top until one succeeds.
 * @param wanted - A forced backend: only its own rungs are tried, none is passed over.
 * @param attempt - Rejects where the rung cannot be trusted; the message becomes the reason.
 * @throws LensError with the failures' own code where all share one (files that no backend can use, a download that
 * fails), else `backend-none-passed` with every reason.
 */
export async function climbLadder<R extends Rung, T>(
  rungs: readonly R[],
  wanted: Backend | 'auto',
  attempt: (rung: R) => Promise<T>,
): Promise<Climb<R, T>> {
  const rejected: RejectedBackend[] = [];
  const codes = new Set<ErrorCode>();
  for (const rung of rungs) {
    if (wanted !== 'auto' && rung.backend !== wanted) continue;
    const passedOver = wanted === 'auto' ? rung.passOver() : null;
    if (passedOver !== null) {
      rejected.push({ backend: rung.backend, reason: passedOver });
      continue;
    }
    try {
      return { rung, value: await attempt(rung), rejected };
    } catch (thrown) {
      const error = toEngineError(thrown);
      codes.add(error.code);
      rejected.push({ backend: rung.backend, reason: error.detail || error.code });
    }
  }
  const reasons = rejected.map(({ backend, reason }) => `${backend}: ${reason}`).join('; ');
  const [code] = codes;
  throw new LensError(codes.size === 1 && code !== undefined && code !== 'unexpected' ? code : 'backend-none-passed', reasons);
}
