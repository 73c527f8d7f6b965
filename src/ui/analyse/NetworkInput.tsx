import { useEffect, useRef } from 'react';
import { words } from '../../words/words';
import css from './NetworkInput.module.css';

/** The picture that the network saw. @param rgb - [side, side, 3]. */
export function NetworkInput({ rgb }: { readonly rgb: Uint8Array<ArrayBuffer> }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const side = Math.sqrt(rgb.length / 3);
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context) return;
    const image = context.createImageData(side, side);
    for (let source = 0, target = 0; source < rgb.length; source += 3, target += 4) {
      image.data[target] = rgb[source] ?? 0;
      image.data[target + 1] = rgb[source + 1] ?? 0;
      image.data[target + 2] = rgb[source + 2] ?? 0;
      image.data[target + 3] = 255;
    }
    context.putImageData(image, 0, 0);
  }, [rgb, side]);
  return (
    <canvas
      ref={canvas}
      className={css.input}
      data-testid="network-input"
      width={side}
      height={side}
      role="img"
      aria-label={words.analyse.photo.seenLabel(side)}
    />
  );
}
