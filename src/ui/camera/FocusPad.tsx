import { useEffect, useState, type MouseEvent, type RefObject } from 'react';
import { focusAt, pointInFrame, type OpenCamera } from '../../intake/camera';
import { words } from '../../words/words';
import css from './FocusPad.module.css';

const MARK_MS = 900;

interface FocusPadProps {
  readonly camera: OpenCamera;
  readonly video: RefObject<HTMLVideoElement | null>;
}

/** Tap to focus, on the place of the tap; by keyboard, on the middle. */
export function FocusPad({ camera, video }: FocusPadProps) {
  const [mark, setMark] = useState<{ readonly u: number; readonly v: number } | null>(null);
  useEffect(() => {
    if (mark === null) return undefined;
    const timer = setTimeout(() => {
      setMark(null);
    }, MARK_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [mark]);

  const focus = (event: MouseEvent<HTMLButtonElement>): void => {
    if (video.current === null) return;
    const { videoWidth, videoHeight } = video.current;
    const box = event.currentTarget.getBoundingClientRect();
    // A click made by Enter or Space has no position.
    const isPointed = event.detail > 0;
    const u = isPointed ? (event.clientX - box.left) / box.width : 0.5;
    const v = isPointed ? (event.clientY - box.top) / box.height : 0.5;
    const { x, y } = pointInFrame(u, v, videoWidth, videoHeight, camera.isFront);
    setMark({ u, v });
    void focusAt(camera, x, y);
  };

  return (
    <button type="button" className={css.pad} data-testid="camera-focus" aria-label={words.camera.focus} onClick={focus}>
      {mark !== null && <span className={css.mark} style={{ left: `${mark.u * 100}%`, top: `${mark.v * 100}%` }} />}
    </button>
  );
}
