import { useEffect, useRef } from 'react';
import type { OpenCamera } from '../../intake/camera';
import { words } from '../../words/words';
import css from './camera.module.css';
import { CameraIcon } from './CameraIcons';

interface CameraControlsProps {
  /** null: not there yet. */
  readonly camera: OpenCamera | null;
  readonly isTaking: boolean;
  readonly isTorchOn: boolean;
  /** null: there is no other camera. */
  readonly onSwitch: (() => void) | null;
  readonly onTake: () => void;
  readonly onTorch: () => void;
}

/** The shutter, which has the focus as soon as it is there, between the other camera and the torch. */
export function CameraControls({ camera, isTaking, isTorchOn, onSwitch, onTake, onTorch }: CameraControlsProps) {
  const shutter = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    shutter.current?.focus();
  }, []);
  return (
    <div className={css.controls}>
      <span>
        {onSwitch !== null && (
          <button
            type="button"
            className={`button ${css.tool}`}
            data-testid="camera-switch"
            title={camera?.label}
            onClick={onSwitch}
          >
            <CameraIcon name="switch" />
            <span>{words.camera.switch}</span>
          </button>
        )}
      </span>
      <button
        type="button"
        ref={shutter}
        className={css.shutter}
        data-testid="camera-shutter"
        aria-label={words.camera.shutter}
        aria-disabled={camera === null || isTaking}
        onClick={onTake}
      />
      <span>
        {camera?.hasTorch === true && (
          <button
            type="button"
            className={`button ${css.tool}`}
            data-testid="camera-torch"
            aria-pressed={isTorchOn}
            onClick={onTorch}
          >
            <CameraIcon name="torch" />
            <span>{words.camera.torch}</span>
          </button>
        )}
      </span>
    </div>
  );
}
