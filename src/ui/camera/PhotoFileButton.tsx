import { useRef } from 'react';
import type { Slot } from '../../store/app-state';
import { words } from '../../words/words';
import { useApp } from '../app-context';
import { FileButton, takeFile } from '../FileButton';
import { CameraIcon } from './CameraIcons';
import css from './PhotoFileButton.module.css';

interface PhotoFileProps {
  readonly slot: Slot;
  /** Of the input. */
  readonly testId: string;
  readonly onChosen?: () => void;
}

/** What is chosen is analysed at once. */
function useAnalyse({ slot, onChosen }: Pick<PhotoFileProps, 'slot' | 'onChosen'>): (file: File) => void {
  const { flow } = useApp();
  return (file) => {
    onChosen?.();
    void flow.photo.analyse(file, slot);
  };
}

export function PhotoFileButton({ testId, ...props }: PhotoFileProps) {
  return <FileButton label={words.camera.chooseFile} testId={testId} onFile={useAnalyse(props)} />;
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
        onChange={takeFile(useAnalyse(props))}
      />
    </>
  );
}
