import { useEffect, useMemo, useRef } from 'react';
import { lookUpColours, type ColourMapName } from '../../domain/colour-map';
import { smoothMap } from '../../domain/smooth-map';
import { paintValues } from '../../viewer/tools/paint';
import { RangeLegend } from '../../viewer/tools/RangeLegend';

interface SmoothPictureProps {
  /** [side, side], no NaN. */
  readonly values: Float32Array;
  readonly side: number;
  /** Grows when `values` were changed in place. */
  readonly version?: number;
  /** Values that get the first and the last colour. */
  readonly low: number;
  readonly high: number;
  readonly colourMap: ColourMapName;
  readonly label: string;
  /** Of the key: see `RangeLegend`. null: all of the map has one colour, and the caption says which number that is. */
  readonly numbers: readonly [string, string, string] | null;
  readonly unit: string;
}

/** A map with the key of its colours; one of few cells is drawn smoothly. */
export function SmoothPicture({ values, side, version = 0, low, high, colourMap, label, numbers, unit }: SmoothPictureProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  // By their content: the values may be a new view of the same numbers each time.
  const { buffer, byteOffset, length } = values;
  const smooth = useMemo(
    () => ({ ...smoothMap(new Float32Array(buffer, byteOffset, length), side), version }),
    [buffer, byteOffset, length, side, version],
  );
  useEffect(() => {
    if (canvas.current !== null) paintValues(canvas.current, smooth.values, smooth.side, { low, high }, lookUpColours(colourMap));
  }, [smooth, low, high, colourMap]);
  return (
    <>
      <canvas ref={canvas} role="img" aria-label={label} data-testid="report-map" data-cells={side} />
      {numbers !== null && (
        <div data-key={colourMap} data-numbers={JSON.stringify(numbers)} data-unit={unit} data-testid="report-key">
          <RangeLegend colourMap={colourMap} numbers={numbers} unit={unit} />
        </div>
      )}
    </>
  );
}
