import { useEffect, useRef } from 'react';
import { cropInCopy } from '../../domain/crop';
import type { AnalysisFacts } from '../../store/app-state';
import { words } from '../../words/words';
import { useApp } from '../app-context';

/** Side of the picture in the report, in pixels. */
const SIDE_PX = 512;

/** The analysed square, turned as it was analysed; drawn anew, so that nothing of the file comes along. */
export function CropPicture({ result }: { readonly result: AnalysisFacts }) {
  const { cache } = useApp();
  const canvas = useRef<HTMLCanvasElement>(null);
  const { runId, source, crop, quarterTurns } = result;
  useEffect(() => {
    const photo = cache.photo(runId);
    let isCurrent = true;
    async function draw(): Promise<void> {
      if (photo === null) return;
      const bitmap = await createImageBitmap(photo.shown, { imageOrientation: 'from-image' });
      const context = canvas.current?.getContext('2d');
      if (isCurrent && context != null) {
        context.resetTransform();
        context.fillStyle = '#fff';
        context.fillRect(0, 0, SIDE_PX, SIDE_PX);
        context.translate(SIDE_PX / 2, SIDE_PX / 2);
        context.rotate((quarterTurns * Math.PI) / 2);
        const { x, y, size } = cropInCopy(crop, source, bitmap);
        context.drawImage(bitmap, x, y, size, size, -SIDE_PX / 2, -SIDE_PX / 2, SIDE_PX, SIDE_PX);
        canvas.current?.setAttribute('data-drawn', 'true');
      }
      bitmap.close();
    }
    // It was decoded before; where that fails now, the network's picture beside it still shows what was analysed.
    draw().catch(() => undefined);
    return () => {
      isCurrent = false;
    };
  }, [cache, runId, source, crop, quarterTurns]);
  return (
    <canvas
      ref={canvas}
      data-testid="report-crop"
      width={SIDE_PX}
      height={SIDE_PX}
      role="img"
      aria-label={words.report.squareLabel}
    />
  );
}
