import { useEffect, useRef, type ReactNode } from 'react';
import { paintRgb } from './paint';
import css from './PhotoCopy.module.css';

interface PhotoCopyProps {
  /** RGB [side, side, 3]. */
  readonly rgb: Uint8Array;
  readonly label: string;
  readonly testId: string;
  /** What lies over it: each child fills it. */
  readonly children?: ReactNode;
}

/** The network's picture, so that a tool shows what it speaks of wherever the photo itself stands. */
export function PhotoCopy({ rgb, label, testId, children }: PhotoCopyProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    if (canvas.current !== null) paintRgb(canvas.current, rgb, Math.sqrt(rgb.length / 3));
  }, [rgb]);
  return (
    <div className={css.copy} data-testid={testId}>
      <canvas ref={canvas} role="img" aria-label={label} />
      <div>{children}</div>
    </div>
  );
}
