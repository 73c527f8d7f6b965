import { useRef, type ChangeEvent } from 'react';
import { PICTURE_ACCEPT } from '../../domain/file-names';
import type { Slot } from '../../store/app-state';
import { words } from '../../words/words';
import { useApp } from '../app-context';
import { CameraIcon } from './CameraIcons';
import css from './PhotoFileButton.module.css';

interface PhotoFileProps {
  readonly slot: Slot;
  /** Of the input. */
  readonly testId: string;
  readonly onChosen?: () => void;
}

/** What is chosen is analysed at once. */
function usePhotoFile({ slot, onChosen }: Pick<PhotoFileProps, 'slot' | 'onChosen'>) {
  const { flow } = useApp();
  return ({ currentTarget }: ChangeEvent<HTMLInputElement>): void => {
    const file = currentTarget.files?.[0];
    // Otherwise choosing the same file again would be no change, and nothing would happen.
    currentTarget.value = '';
    if (file === undefined) return;
    onChosen?.();
    void flow.photo.analyse(file, slot);
  };
}

/** A file input that looks like a button. */
export function PhotoFileButton({ testId, ...props }: PhotoFileProps) {
  return (
    <label className="file-button">
      <span>{words.camera.chooseFile}</span>
      <input type="file" accept={PICTURE_ACCEPT} data-testid={testId} onChange={usePhotoFile(props)} />
    </label>
  );
}

/** Opens the system's own camera app; shown where a finger is the pointer, as elsewhere it would open the gallery once more. */
export function SystemCameraButton({ testId, ...props }: PhotoFileProps) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button type="button" className={`button ${css.touchOnly}`} onClick={() => input.current?.click()}>
        <CameraIcon name="camera" />
        <span>{words.camera.systemCamera}</span>
      </button>
      <input
        ref={input}
        type="file"
        accept="image/*"
        capture="environment"
        hidden
        data-testid={testId}
        onChange={usePhotoFile(props)}
      />
    </>
  );
}
