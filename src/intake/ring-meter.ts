import { COACH_SIDE_PX, type CoachMeasures } from '../domain/coach';

/** Measures what a camera's ring shows, in a worker of its own. */
interface RingMeter {
  /**
   * One at a time.
   * @returns null where there is no frame, or where this browser cannot measure: then the coach is silent. Never rejects.
   */
  measure(video: HTMLVideoElement): Promise<CoachMeasures | null>;
  close(): void;
}

export function openRingMeter(): RingMeter {
  const worker = new Worker(new URL('./ring-meter.worker.ts', import.meta.url), { type: 'module' });
  let answer: (measures: CoachMeasures | null) => void = () => undefined;
  let isBroken = false;
  worker.onmessage = ({ data }: MessageEvent<CoachMeasures | null>) => {
    answer(data);
  };
  worker.onerror = (event) => {
    // A browser without OffscreenCanvas, or a worker that could not be loaded: the camera works without a coach.
    event.preventDefault();
    isBroken = true;
    answer(null);
  };
  return {
    async measure(video) {
      const copy = isBroken ? null : await copyRing(video);
      if (copy === null) return null;
      return new Promise((resolve) => {
        answer = resolve;
        worker.postMessage(copy, [copy]);
      });
    },
    close() {
      worker.terminate();
      answer(null);
    },
  };
}

/** The largest square in the frame's middle, small: made by the browser, outside the main thread. */
async function copyRing(video: HTMLVideoElement): Promise<ImageBitmap | null> {
  const { videoWidth: width, videoHeight: height, readyState } = video;
  const side = Math.min(width, height);
  if (side === 0 || readyState < HTMLMediaElement.HAVE_CURRENT_DATA) return null;
  try {
    return await createImageBitmap(video, (width - side) / 2, (height - side) / 2, side, side, {
      resizeWidth: COACH_SIDE_PX,
      resizeHeight: COACH_SIDE_PX,
      // Reducing fifteenfold with less leaves out most pixels, which looks sharp where nothing is.
      resizeQuality: 'medium',
    });
  } catch {
    // The stream may have ended meanwhile.
    return null;
  }
}
