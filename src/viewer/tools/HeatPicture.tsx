import { useEffect, useRef, useState, type PointerEvent } from 'react';
import { formatSigned } from '../../words/format-values';
import { words } from '../../words/words';
import { barAt } from './bar-layout';
import { colourHeatMap, layHeatMap, type DrawnHeatMap } from './heat-map';
import css from './HeatPicture.module.css';
import { heatScale } from './heat-scale';
import { paintPixels } from './paint';
import { PhotoCopy } from './PhotoCopy';
import { RangeLegend } from './RangeLegend';
import tools from './tools.module.css';

interface HeatPictureProps extends DrawnHeatMap {
  /** Grows when `values` were changed in place. */
  readonly version: number;
  readonly name: string;
  /** The network's picture that the map lies over; without it the map stands alone. */
  readonly under?: {
    /** RGB [side, side, 3]. */
    readonly rgb: Uint8Array;
    readonly label: string;
    /** Of the map's greatest value, 0-1. */
    readonly opacity: number;
  };
}

/** A heat map of the score, every cell enlarged, alone or over the photo, with its numbers; the pointer reads a cell off. */
export function HeatPicture({ values, side, version, mode, colourMap, name, unit, under }: HeatPictureProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [cell, setCell] = useState<number | null>(null);
  const { low, high, min, max, peak, negativeCells, negativeSum } = heatScale(values, mode);
  const isLaid = under !== undefined;
  useEffect(() => {
    const colour = isLaid ? layHeatMap : colourHeatMap;
    if (canvas.current !== null) paintPixels(canvas.current, colour({ values, mode, colourMap }), side);
  }, [values, version, side, mode, colourMap, isLaid]);
  const findCell = (event: PointerEvent<HTMLCanvasElement>): number => {
    const box = event.currentTarget.getBoundingClientRect();
    const column = barAt((event.clientX - box.left) / box.width, side);
    return barAt((event.clientY - box.top) / box.height, side) * side + column;
  };
  const numbers =
    mode === 'relu' ? ['0', formatSigned(high / 2), formatSigned(high)] : [formatSigned(low), '0', formatSigned(high)];
  const range = { min, max, peak: peak === null ? null : placeOf(peak, side) };
  const { heat } = words.viewer.tools;
  const map = (
    <canvas
      ref={canvas}
      className={!isLaid && values.includes(Number.NaN) ? `${css.canvas} ${css.unmeasured}` : css.canvas}
      style={isLaid ? { opacity: under.opacity } : {}}
      data-testid="heat-canvas"
      data-min={min}
      data-max={max}
      data-side={side}
      role="img"
      aria-label={heat.label(name, side, range)}
      onPointerMove={(event) => {
        setCell(findCell(event));
      }}
      onPointerLeave={() => {
        setCell(null);
      }}
    />
  );
  return (
    <div className={css.picture}>
      {isLaid ? (
        <PhotoCopy rgb={under.rgb} label={under.label} testId="heat-picture">
          {map}
        </PhotoCopy>
      ) : (
        map
      )}
      <RangeLegend colourMap={colourMap} numbers={[numbers[0]!, numbers[1]!, numbers[2]!]} unit={unit} />
      <p className={tools.readout}>
        {cell === null ? heat.range(range) : heat.cell(placeOf(cell, side), measuredAt(values, cell))}
      </p>
      {mode === 'relu' && negativeCells > 0 && (
        <p className={tools.small}>{heat.belowZero(negativeCells, side * side, negativeSum)}</p>
      )}
    </div>
  );
}

/** @returns null where nothing is measured yet. */
function measuredAt(values: Float32Array, cell: number): number | null {
  const value = values[cell] ?? Number.NaN;
  return Number.isNaN(value) ? null : value;
}

function placeOf(cell: number, side: number): { readonly column: number; readonly row: number } {
  return { column: cell % side, row: Math.floor(cell / side) };
}
