import { useCallback, useEffect, useRef, useState, type RefObject } from 'react';
import { LensError, toErrorFacts, type ErrorFacts } from '../../domain/errors';
import { listCameras, openCamera, stopStream, type OpenCamera } from '../../intake/camera';

export type CameraState =
  | { readonly state: 'opening' }
  /** A picture is on the screen. */
  | { readonly state: 'live'; readonly camera: OpenCamera; readonly ids: readonly string[] }
  /** The camera is off. */
  | { readonly state: 'failed'; readonly error: ErrorFacts };

/** How long a page may be out of sight before its camera is switched off. */
const HIDDEN_LIMIT_MS = 20_000;
const FIRST_FRAME_LIMIT_MS = 10_000;

/**
 * Runs a camera in a <video> from mounting to unmounting. The camera is off after unmounting, after any error, when the
 * page goes away, until it comes back as it was, and when it has been out of sight for a while.
 */
export function useCamera(video: RefObject<HTMLVideoElement | null>) {
  const [request, setRequest] = useState<{ readonly deviceId: string | null }>({ deviceId: null });
  const [state, setState] = useState<CameraState>({ state: 'opening' });
  /** Off only because the page went away. */
  const isAway = useRef(false);
  /** Of the camera that runs now. */
  const failNow = useRef<(error: unknown) => void>(() => undefined);

  /** Stops the camera that runs and opens another. */
  const open = useCallback((deviceId: string | null) => {
    setState({ state: 'opening' });
    setRequest({ deviceId });
  }, []);

  /** Switches the camera off and says why. */
  const fail = useCallback((error: unknown) => {
    failNow.current(error);
  }, []);

  useEffect(() => {
    const element = video.current;
    if (element === null) return undefined;
    let stream: MediaStream | null = null;
    const life = new AbortController();
    const { signal } = life;
    const isOver = (): boolean => signal.aborted;
    let hiddenTimer: ReturnType<typeof setTimeout> | undefined;

    const stop = (): void => {
      life.abort();
      clearTimeout(hiddenTimer);
      if (stream !== null) stopStream(stream);
      element.srcObject = null;
    };
    const failHere = (error: unknown): void => {
      if (isOver()) return;
      stop();
      setState({ state: 'failed', error: toErrorFacts(error) });
    };
    const start = async (): Promise<void> => {
      const camera = await openCamera(request.deviceId);
      stream = camera.stream;
      if (isOver()) {
        stopStream(stream);
        return;
      }
      const onEnded = (): void => {
        failHere(new LensError('camera-ended'));
      };
      camera.track.addEventListener('ended', onEnded, { signal });
      element.srcObject = stream;
      await firstFrame(element, signal);
      const ids = await listCameras();
      if (!isOver()) setState({ state: 'live', camera, ids });
    };

    const onVisibility = (): void => {
      clearTimeout(hiddenTimer);
      if (document.hidden) hiddenTimer = setTimeout(pause, HIDDEN_LIMIT_MS);
    };
    const pause = (): void => {
      failHere(new LensError('camera-paused'));
    };
    const leave = (): void => {
      isAway.current = true;
      pause();
    };
    isAway.current = false;
    document.addEventListener('visibilitychange', onVisibility, { signal });
    addEventListener('pagehide', leave, { signal });
    failNow.current = failHere;
    start().catch(failHere);
    return stop;
  }, [request, video]);

  useEffect(() => {
    // Back out of the browser's back/forward cache.
    const onShow = ({ persisted }: PageTransitionEvent): void => {
      if (!persisted || !isAway.current) return;
      setState({ state: 'opening' });
      setRequest(({ deviceId }) => ({ deviceId }));
    };
    addEventListener('pageshow', onShow);
    return () => {
      removeEventListener('pageshow', onShow);
    };
  }, []);

  return { state, open, fail };
}

/** @throws LensError `camera-no-picture` when none comes in time. */
async function firstFrame(element: HTMLVideoElement, signal: AbortSignal): Promise<void> {
  // A refusal to play shows as a picture that never comes.
  element.play().catch(() => undefined);
  if (element.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA && element.videoWidth > 0) return;
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(new LensError('camera-no-picture'));
    }, FIRST_FRAME_LIMIT_MS);
    const done = (): void => {
      clearTimeout(timer);
      resolve();
    };
    element.addEventListener('loadeddata', done, { once: true, signal });
    signal.addEventListener('abort', done, { once: true });
  });
}
