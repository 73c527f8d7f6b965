import { useEffect, useRef, useState, type PointerEvent } from 'react';
import { formatSigned } from '../../words/format-values';
import { words } from '../../words/words';
import { barAt } from './bar-layout';
import { colourHeatMap, type DrawnHeatMap } from './heat-map';
import css from './HeatPicture.module.css';
import { heatScale } from './heat-scale';
import { paintPixels } from './paint';
import { RangeLegend } from './RangeLegend';
import tools from './tools.module.css';

interface HeatPictureProps extends DrawnHeatMap {
  /** Grows when `values` were changed in place. */
  readonly version: number;
  readonly name: string;
}

/** A heat map of the score, every cell enlarged, with its numbers; the pointer reads a cell off. */
export function HeatPicture({ values, side, version, mode, colourMap, name, unit }: HeatPictureProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [cell, setCell] = useState<number | null>(null);
  const { low, high, min, max, peak, negativeCells, negativeSum } = heatScale(values, mode);
  useEffect(() => {
    if (canvas.current !== null) paintPixels(canvas.current, colourHeatMap({ values, mode, colourMap }), side);
  }, [values, version, side, mode, colourMap]);
  const findCell = (event: PointerEvent<HTMLCanvasElement>): number => {
    const box = event.currentTarget.getBoundingClientRect();
    const column = barAt((event.clientX - box.left) / box.width, side);
    return barAt((event.clientY - box.top) / box.height, side) * side + column;
  };
  const numbers =
    mode === 'relu' ? ['0', formatSigned(high / 2), formatSigned(high)] : [formatSigned(low), '0', formatSigned(high)];
  const range = { min, max, peak: peak === null ? null : placeOf(peak, side) };
  const { heat } = words.viewer.tools;
  return (
    <div className={css.picture}>
      <canvas
        ref={canvas}
        className={values.includes(Number.NaN) ? `${css.canvas} ${css.unmeasured}` : css.canvas}
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
