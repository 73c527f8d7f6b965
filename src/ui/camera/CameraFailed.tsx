import { useEffect, useRef } from 'react';
import type { ErrorFacts } from '../../domain/errors';
import type { Slot } from '../../store/app-state';
import { words } from '../../words/words';
import css from './camera.module.css';
import { PhotoFileButton, SystemCameraButton } from './PhotoFileButton';

interface CameraFailedProps {
  readonly slot: Slot;
  readonly error: ErrorFacts;
  readonly onTryAgain: () => void;
  readonly onClose: () => void;
}

/** Why there is no picture, and the ways on. */
export function CameraFailed({ slot, error, onTryAgain, onClose }: CameraFailedProps) {
  const retry = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    // What had the focus is gone.
    retry.current?.focus();
  }, []);
  return (
    <div className={css.failed}>
      <div role="alert" data-testid="camera-error" data-code={error.code}>
        <p>{words.error[error.code]}</p>
        {error.detail !== '' && (
          <p className={`${css.detail} small mono`}>{words.camera.failed.detail(error.code, error.detail)}</p>
        )}
      </div>
      <div className={css.ways}>
        <button type="button" ref={retry} className="button button-primary" data-testid="camera-retry" onClick={onTryAgain}>
          {words.camera.failed.tryAgain}
        </button>
        <PhotoFileButton slot={slot} testId="camera-file-input" onChosen={onClose} />
        <SystemCameraButton slot={slot} testId="camera-error-system-input" onChosen={onClose} />
      </div>
    </div>
  );
}
