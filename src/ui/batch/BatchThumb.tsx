import { useEffect, useRef } from 'react';
import { THUMB_PX } from '../../store/heavy-cache';
import { useApp } from '../app-context';

/** What the network saw of a row's photo, small. Empty where the pixels are gone. */
export function BatchThumb({ id }: { readonly id: number }) {
  const { cache } = useApp();
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const rgb = cache.thumb(id);
    const context = canvas.current?.getContext('2d');
    if (rgb === null || context == null) return;
    const image = new ImageData(THUMB_PX, THUMB_PX);
    for (let i = 0; i < THUMB_PX * THUMB_PX; i++) {
      image.data.set(rgb.subarray(i * 3, i * 3 + 3), i * 4);
      image.data[i * 4 + 3] = 255;
    }
    context.putImageData(image, 0, 0);
  }, [cache, id]);
  return <canvas ref={canvas} width={THUMB_PX} height={THUMB_PX} aria-hidden="true" />;
}
