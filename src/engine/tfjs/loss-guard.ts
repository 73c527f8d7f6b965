import { LensError } from '../../domain/errors';

/**
 * Stands between a device's numbers and the world. A lost WebGL context is silent: `dataSync()` gives zeros and
 * `data()` never settles, so every read goes through `guard`.
 */
export interface LossGuard {
  /** @throws LensError `device-lost` from then on. */
  assertAlive(): void;
  /** Settles as `read` does, or rejects with `device-lost` as soon as the device is lost. */
  guard<T>(read: Promise<T>): Promise<T>;
  /** Told by the device's own event. */
  lose(): void;
}

/** @param isLost - asks the device itself: its event may come late. */
export function createLossGuard(isLost: () => boolean = () => false): LossGuard {
  let lost = false;
  /** One entry for each read under way; a shared promise would hold on to every result ever raced against it. */
  const rejecters = new Set<(error: LensError) => void>();
  const crash = (): LensError => new LensError('device-lost');

  function assertAlive(): void {
    lost ||= isLost();
    if (lost) throw crash();
  }

  return {
    assertAlive,
    async guard(read) {
      assertAlive();
      let reject: (error: LensError) => void = () => undefined;
      const loss = new Promise<never>((_, rejectLoss) => {
        reject = rejectLoss;
      });
      rejecters.add(reject);
      try {
        const value = await Promise.race([read, loss]);
        assertAlive();
        return value;
      } finally {
        rejecters.delete(reject);
      }
    },
    lose() {
      lost = true;
      for (const reject of rejecters) reject(crash());
    },
  };
}
