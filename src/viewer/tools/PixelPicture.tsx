import { useEffect, useRef } from 'react';
import { lookUpColours, type ColourMapName } from '../../domain/colour-map';
import { formatActivation } from '../../words/format-values';
import { words } from '../../words/words';
import { heatScale } from './heat-scale';
import { paintRgb, paintValues } from './paint';
import css from './PixelPicture.module.css';
import { RangeLegend } from './RangeLegend';
import tools from './tools.module.css';

interface RgbPictureProps {
  /** [side, side, 3], 0-255. */
  readonly image: Float32Array;
  readonly side: number;
  readonly label: string;
}

/** A colour picture, enlarged. */
export function RgbPicture({ image, side, label }: RgbPictureProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    if (canvas.current !== null) paintRgb(canvas.current, image, side);
  }, [image, side]);
  return <canvas ref={canvas} className={css.picture} role="img" aria-label={label} />;
}

interface MapPictureProps {
  /** [side, side], in activation units, not below zero. */
  readonly values: Float32Array;
  readonly side: number;
  readonly colourMap: ColourMapName;
  readonly label: string;
}

/** One map by its own range, enlarged, with its legend. */
export function MapPicture({ values, side, colourMap, label }: MapPictureProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { min, max } = heatScale(values, 'relu');
  useEffect(() => {
    if (canvas.current !== null) paintValues(canvas.current, values, side, { low: min, high: max }, lookUpColours(colourMap));
  }, [values, side, min, max, colourMap]);
  const numbers = [min, (min + max) / 2, max].map(formatActivation);
  return (
    <>
      <canvas ref={canvas} className={css.picture} role="img" aria-label={label} />
      {max > min ? (
        <RangeLegend
          colourMap={colourMap}
          numbers={[numbers[0]!, numbers[1]!, numbers[2]!]}
          unit={words.viewer.tools.activation}
        />
      ) : (
        <p className={tools.small}>{words.viewer.tools.everywhere(min)}</p>
      )}
    </>
  );
}
