import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { coachWords } from '../../domain/coach-state';
import { nextCamera, setTorch } from '../../intake/camera';
import { takeStillOf } from '../../intake/camera-still';
import type { Slot } from '../../store/app-state';
import { useApp } from '../app-context';
import { CameraFailed } from './CameraFailed';
import { CameraIcon, FramingRing } from './CameraIcons';
import { FocusPad } from './FocusPad';
import { useCamera } from './use-camera';
import { useCoach } from './use-coach';

interface CameraViewProps {
  readonly slot: Slot;
  readonly onClose: () => void;
}

/**
 * The camera: what the square shows is what will be analysed, as it is the largest in the photo's middle. It leaves by its
 * button, by Escape, with a photo, or when the address changes; the camera is off from then on.
 */
export function CameraView({ slot, onClose }: CameraViewProps) {
  const { flow } = useApp();
  const dialog = useRef<HTMLDialogElement>(null);
  const video = useRef<HTMLVideoElement>(null);
  const shutter = useRef<HTMLButtonElement>(null);
  const isShown = useRef(false);
  const { state, open, fail } = useCamera(video);
  const [isTaking, setIsTaking] = useState(false);
  /** The camera whose torch is on. */
  const [litTrack, setLitTrack] = useState<MediaStreamTrack | null>(null);
  const camera = state.state === 'live' ? state.camera : null;
  const isTorchOn = camera !== null && litTrack === camera.track;
  const coach = useCoach(video, camera !== null && !isTaking);
  const hasFailed = state.state === 'failed';

  // Before the page is painted, and on leaving before the dialog is taken out: only then does focus go back to the opener.
  useLayoutEffect(() => {
    const element = dialog.current;
    isShown.current = true;
    element?.showModal();
    return () => {
      isShown.current = false;
      element?.close();
    };
  }, []);

  useEffect(() => {
    if (!hasFailed) shutter.current?.focus();
  }, [hasFailed]);

  useEffect(() => {
    addEventListener('hashchange', onClose);
    return () => {
      removeEventListener('hashchange', onClose);
    };
  }, [onClose]);

  const take = async (): Promise<void> => {
    if (camera === null || isTaking || video.current === null) return;
    setIsTaking(true);
    const notes = coach.standing;
    video.current.pause();
    try {
      const file = await takeStillOf(video.current, camera.track, isTorchOn);
      // Whoever left meanwhile did not want it.
      if (!isShown.current) return;
      onClose();
      void flow.photo.analyse(file, slot, notes);
    } catch (error) {
      setIsTaking(false);
      fail(error);
    }
  };

  const reopen = (deviceId: string | null): void => {
    setIsTaking(false);
    open(deviceId);
  };

  const toggleTorch = async (): Promise<void> => {
    if (camera === null) return;
    const isWanted = !isTorchOn;
    if (await setTorch(camera, isWanted)) setLitTrack(isWanted ? camera.track : null);
  };

  const other = state.state === 'live' ? nextCamera(state.ids, state.camera.deviceId) : null;
  return (
    <dialog
      ref={dialog}
      className="camera"
      aria-labelledby="camera-title"
      data-testid="camera"
      data-state={isTaking ? 'taking' : state.state}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <div className="camera-head">
        <h2 id="camera-title">{slot === 'a' ? 'Camera' : 'Camera: photo B'}</h2>
        <button
          type="button"
          className="icon-button camera-tool"
          data-testid="camera-close"
          aria-label="Close the camera"
          onClick={onClose}
        >
          <CameraIcon name="close" />
        </button>
      </div>
      <div className="camera-stage" hidden={hasFailed}>
        <video
          ref={video}
          className={camera?.isFront === true ? 'camera-mirrored' : undefined}
          data-testid="camera-video"
          autoPlay
          muted
          playsInline
        />
        {camera !== null && <FramingRing />}
        {camera !== null && camera.focusMode !== null && <FocusPad key={camera.deviceId} camera={camera} video={video} />}
        {state.state === 'opening' && (
          <p className="camera-opening">
            Waiting for the camera. The browser may ask whether this page may use it. The picture stays on this device.
          </p>
        )}
      </div>
      {state.state === 'failed' ? (
        <CameraFailed
          slot={slot}
          error={state.error}
          onTryAgain={() => {
            reopen(null);
          }}
          onClose={onClose}
        />
      ) : (
        <>
          <p
            className="camera-coach"
            aria-live="polite"
            data-testid="camera-coach"
            data-code={camera === null ? '' : (coach.said ?? '')}
            data-standing={camera === null ? '' : coach.standing.join(' ')}
          >
            {isTaking ? 'Taking the photo …' : camera === null ? '' : coachWords(coach)}
          </p>
          <div className="camera-controls">
            <span>
              {other !== null && (
                <button
                  type="button"
                  className="button camera-tool"
                  data-testid="camera-switch"
                  title={camera?.label}
                  onClick={() => {
                    reopen(other);
                  }}
                >
                  <CameraIcon name="switch" />
                  Switch
                </button>
              )}
            </span>
            <button
              type="button"
              ref={shutter}
              className="camera-shutter"
              data-testid="camera-shutter"
              aria-label="Take the photo"
              aria-disabled={camera === null || isTaking}
              onClick={() => void take()}
            />
            <span>
              {camera?.hasTorch === true && (
                <button
                  type="button"
                  className="button camera-tool"
                  data-testid="camera-torch"
                  aria-pressed={isTorchOn}
                  onClick={() => void toggleTorch()}
                >
                  <CameraIcon name="torch" />
                  Torch
                </button>
              )}
            </span>
          </div>
        </>
      )}
    </dialog>
  );
}
