import type { RefObject } from 'react';
import { words } from '../../words/words';
import css from './camera.module.css';
import { FocusPad } from './FocusPad';
import { FramingRing } from './FramingRing';
import type { CameraState } from './use-camera';

interface CameraStageProps {
  readonly video: RefObject<HTMLVideoElement | null>;
  readonly state: CameraState;
  /** What the ring shows would make a good photo. */
  readonly isGood: boolean;
}

/** The picture, as the square of the photo that will be analysed, and what lies over it. */
export function CameraStage({ video, state, isGood }: CameraStageProps) {
  const camera = state.state === 'live' ? state.camera : null;
  return (
    <div className={css.stage} hidden={state.state === 'failed'}>
      <video
        ref={video}
        className={camera?.isFront === true ? css.mirrored : undefined}
        data-testid="camera-video"
        autoPlay
        muted
        playsInline
      />
      {camera !== null && <FramingRing isGood={isGood} />}
      {camera !== null && camera.focusMode !== null && <FocusPad key={camera.deviceId} camera={camera} video={video} />}
      {state.state === 'opening' && <p className={css.opening}>{words.camera.opening}</p>}
    </div>
  );
}
