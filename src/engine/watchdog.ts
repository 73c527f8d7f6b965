/** How often a watchdog looks, in milliseconds. */
const TICK_MS = 1000;

/**
 * Calls `onExpired` once `limitMs` of awake time have passed since the last `feed`. Timers sleep with the device: after
 * waking, the hours slept count as one tick, not as the engine's silence.
 */
interface Watchdog {
  feed(limitMs: number): void;
  stop(): void;
}

export function createWatchdog(onExpired: () => void): Watchdog {
  let remainingMs = 0;
  let timer: ReturnType<typeof setInterval> | undefined;

  function stop(): void {
    clearInterval(timer);
    timer = undefined;
  }

  return {
    feed(limitMs) {
      remainingMs = limitMs;
      timer ??= setInterval(() => {
        remainingMs -= TICK_MS;
        if (remainingMs > 0) return;
        stop();
        onExpired();
      }, TICK_MS);
    },
    stop,
  };
}
