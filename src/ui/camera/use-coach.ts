import { useEffect, useState, type RefObject } from 'react';
import { COACH_INTERVAL_MS } from '../../domain/coach';
import { coach, NO_COACHING, type CoachState } from '../../domain/coach-state';
import { openRingMeter } from '../../intake/ring-meter';

/** At most this share of the time goes into measuring, on however slow a device. */
const MAX_LOAD = 0.3;

/**
 * Measures what the ring shows a few times a second while `isLive`.
 * @returns The state last changed in what it says or what stands in the way; that of the camera before until the first measurement.
 */
export function useCoach(video: RefObject<HTMLVideoElement | null>, isLive: boolean): CoachState {
  const [shown, setShown] = useState(NO_COACHING);
  useEffect(() => {
    if (!isLive) return undefined;
    const meter = openRingMeter();
    let state = NO_COACHING;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isOver = false;
    const measure = async (): Promise<void> => {
      const startedMs = performance.now();
      const measures = document.hidden || video.current === null ? null : await meter.measure(video.current);
      if (isOver) return;
      if (measures !== null) {
        state = coach(state, measures, startedMs);
        const next = state;
        setShown((before) => (isSame(before, next) ? before : next));
      }
      const tookMs = performance.now() - startedMs;
      timer = setTimeout(() => void measure(), Math.max(COACH_INTERVAL_MS, tookMs / MAX_LOAD) - tookMs);
    };
    timer = setTimeout(() => void measure(), COACH_INTERVAL_MS);
    return () => {
      isOver = true;
      clearTimeout(timer);
      meter.close();
    };
  }, [isLive, video]);
  return shown;
}

function isSame(a: CoachState, b: CoachState): boolean {
  return a.said === b.said && a.standing.join() === b.standing.join();
}
