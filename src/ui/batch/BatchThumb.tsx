import { useEffect, useRef } from 'react';
import { useApp } from '../app-context';

/** What the network saw of a row's photo, small. Empty where the pixels are gone. */
export function BatchThumb({ id }: { readonly id: number }) {
  const { cache } = useApp();
  const ref = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const rgb = cache.thumb(id);
    const canvas = ref.current;
    const context = canvas?.getContext('2d');
    if (rgb === null || canvas === null || context == null) return;
    const side = Math.sqrt(rgb.length / 3);
    const image = new ImageData(side, side);
    for (let i = 0; i < side * side; i++) {
      image.data.set(rgb.subarray(i * 3, i * 3 + 3), i * 4);
      image.data[i * 4 + 3] = 255;
    }
    canvas.width = side;
    canvas.height = side;
    context.putImageData(image, 0, 0);
  }, [cache, id]);
  return <canvas ref={ref} width={1} height={1} aria-hidden="true" />;
}
