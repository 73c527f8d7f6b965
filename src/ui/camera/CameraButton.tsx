import { useCallback, useState } from 'react';
import type { Slot } from '../../store/app-state';
import { words } from '../../words/words';
import { CameraIcon } from './CameraIcons';
import { CameraView } from './CameraView';

interface CameraButtonProps {
  readonly slot: Slot;
}

/** Opens the camera's view. Nothing asks for a camera before it is pressed. */
export function CameraButton({ slot }: CameraButtonProps) {
  const [isOpen, setIsOpen] = useState(false);
  const close = useCallback(() => {
    setIsOpen(false);
  }, []);
  return (
    <>
      <button
        type="button"
        className={slot === 'a' ? 'button' : 'button small'}
        data-testid={slot === 'a' ? 'camera-open' : 'camera-open-b'}
        aria-haspopup="dialog"
        onClick={() => {
          setIsOpen(true);
        }}
      >
        <CameraIcon name="camera" />
        <span>{words.camera.open[slot]}</span>
      </button>
      {isOpen && <CameraView slot={slot} onClose={close} />}
    </>
  );
}
