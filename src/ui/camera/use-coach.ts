import { useEffect, useState, type RefObject } from 'react';
import { COACH_INTERVAL_MS, COACH_SIDE_PX, measureFrame } from '../../domain/coach';
import { coach, NO_COACHING, type CoachState } from '../../domain/coach-state';

/** At most this share of the time goes into measuring, on however slow a device. */
const MAX_LOAD = 0.1;

/**
 * Measures what the ring shows a few times a second while `isLive`.
 * @returns The state last changed in what it says or what stands in the way; that of the camera before until the first measurement.
 */
export function useCoach(video: RefObject<HTMLVideoElement | null>, isLive: boolean): CoachState {
  const [shown, setShown] = useState(NO_COACHING);
  useEffect(() => {
    const canvas = document.createElement('canvas');
    canvas.width = COACH_SIDE_PX;
    canvas.height = COACH_SIDE_PX;
    const context = canvas.getContext('2d', { alpha: false, willReadFrequently: true });
    if (!isLive || context === null) return undefined;
    // Reducing fifteenfold with less leaves out most pixels, which looks sharp where nothing is.
    context.imageSmoothingQuality = 'high';
    let state = NO_COACHING;
    let luma: Float32Array | null = null;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const measure = (): void => {
      const startedMs = performance.now();
      const rgba = document.hidden || video.current === null ? null : copyRing(context, video.current);
      if (rgba !== null) {
        const frame = measureFrame(rgba, luma);
        luma = frame.luma;
        state = coach(state, frame.measures, startedMs);
        const next = state;
        setShown((before) => (isSame(before, next) ? before : next));
      }
      timer = setTimeout(measure, Math.max(COACH_INTERVAL_MS, (performance.now() - startedMs) / MAX_LOAD));
    };
    timer = setTimeout(measure, COACH_INTERVAL_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [isLive, video]);
  return shown;
}

/** The largest square in the frame's middle, small; null where there is no frame. */
function copyRing(context: CanvasRenderingContext2D, video: HTMLVideoElement): Uint8ClampedArray<ArrayBuffer> | null {
  const { videoWidth: width, videoHeight: height, readyState } = video;
  const side = Math.min(width, height);
  if (side === 0 || readyState < HTMLMediaElement.HAVE_CURRENT_DATA) return null;
  context.drawImage(video, (width - side) / 2, (height - side) / 2, side, side, 0, 0, COACH_SIDE_PX, COACH_SIDE_PX);
  return context.getImageData(0, 0, COACH_SIDE_PX, COACH_SIDE_PX).data;
}

function isSame(a: CoachState, b: CoachState): boolean {
  return a.said === b.said && a.standing.join() === b.standing.join();
}
