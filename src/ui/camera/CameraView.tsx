import { useRef } from 'react';
import type { CoachState } from '../../domain/coach-state';
import { nextCamera } from '../../intake/camera';
import type { Slot } from '../../store/app-state';
import { words } from '../../words/words';
import { useApp } from '../app-context';
import css from './camera.module.css';
import { CameraControls } from './CameraControls';
import { CameraFailed } from './CameraFailed';
import { CameraIcon } from './CameraIcons';
import { CameraStage } from './CameraStage';
import { SystemCameraButton } from './PhotoFileButton';
import { useCamera } from './use-camera';
import { useCameraDialog } from './use-camera-dialog';
import { useCoach } from './use-coach';
import { useShutter } from './use-shutter';
import { useTorch } from './use-torch';

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
  const { dialog, isShown } = useCameraDialog(onClose);
  const video = useRef<HTMLVideoElement>(null);
  const { state, open, fail } = useCamera(video);
  const camera = state.state === 'live' ? state.camera : null;
  const torch = useTorch(camera);
  const { isTaking, take, release } = useShutter({
    video,
    camera,
    isTorchOn: torch.isOn,
    isShown,
    onPhoto(file, notes) {
      onClose();
      void flow.photo.analyse(file, slot, { coachNotes: notes });
    },
    onFailure: fail,
  });
  const coach = useCoach(video, camera !== null && !isTaking);

  const reopen = (deviceId: string | null): void => {
    release();
    open(deviceId);
  };

  const other = state.state === 'live' ? nextCamera(state.ids, state.camera.deviceId) : null;
  return (
    <dialog
      ref={dialog}
      className={css.camera}
      aria-labelledby="camera-title"
      data-testid="camera"
      data-state={isTaking ? 'taking' : state.state}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <CameraHead slot={slot} onClose={onClose} />
      <CameraStage video={video} state={state} isGood={coach.said === 'good'} />
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
          <CoachLine coach={camera === null ? null : coach} isTaking={isTaking} />
          <CameraControls
            camera={camera}
            isTaking={isTaking}
            isTorchOn={torch.isOn}
            onSwitch={
              other === null
                ? null
                : () => {
                    reopen(other);
                  }
            }
            onTake={() => void take(coach.standing)}
            onTorch={() => void torch.toggle()}
          />
          <div className={css.system}>
            <SystemCameraButton slot={slot} testId="camera-system-input" onChosen={onClose} />
          </div>
        </>
      )}
    </dialog>
  );
}

function CameraHead({ slot, onClose }: CameraViewProps) {
  return (
    <div className={css.head}>
      <h2 id="camera-title">{words.camera.titles[slot]}</h2>
      <button
        type="button"
        className={`icon-button ${css.tool}`}
        data-testid="camera-close"
        aria-label={words.camera.close}
        onClick={onClose}
      >
        <CameraIcon name="close" />
      </button>
    </div>
  );
}

interface CoachLineProps {
  /** null: no camera runs. */
  readonly coach: CoachState | null;
  readonly isTaking: boolean;
}

/** One thing that would make the photo better. */
function CoachLine({ coach, isTaking }: CoachLineProps) {
  return (
    <p
      className={css.coach}
      aria-live="polite"
      data-testid="camera-coach"
      data-code={coach?.said ?? ''}
      data-standing={coach?.standing.join(' ') ?? ''}
    >
      {isTaking ? words.camera.taking : coach === null ? '' : words.photo.coach(coach.said)}
    </p>
  );
}
