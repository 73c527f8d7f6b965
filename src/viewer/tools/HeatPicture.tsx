import { useEffect, useRef, useState, type PointerEvent } from 'react';
import { barAt } from './bar-layout';
import { formatSigned } from './format-signed';
import { colourHeatMap, type DrawnHeatMap } from './heat-map';
import { heatScale } from './heat-scale';
import { paintPixels } from './paint';
import { RangeLegend } from './RangeLegend';

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
  return (
    <div className="heat-picture">
      <canvas
        ref={canvas}
        className="heat-canvas"
        data-testid="heat-canvas"
        data-min={min}
        data-max={max}
        data-side={side}
        role="img"
        aria-label={describePicture(name, side, { min, max, peak })}
        onPointerMove={(event) => {
          setCell(findCell(event));
        }}
        onPointerLeave={() => {
          setCell(null);
        }}
      />
      <RangeLegend colourMap={colourMap} numbers={[numbers[0]!, numbers[1]!, numbers[2]!]} unit={unit} />
      <p className="tool-readout">{cell === null ? describeRange({ min, max, peak }, side) : describeCell(values, side, cell)}</p>
      {mode === 'relu' && negativeCells > 0 && (
        <p className="tool-small">
          {negativeCells} of {side * side} cells are below zero ({formatSigned(negativeSum)} together): by this measure they lower
          the score. They are drawn as 0, as is the custom for this map.
        </p>
      )}
    </div>
  );
}

interface Range {
  readonly min: number;
  readonly max: number;
  readonly peak: number | null;
}

function describePicture(name: string, side: number, range: Range): string {
  return `${name}, ${side} by ${side} cells. ${describeRange(range, side)}`;
}

function describeRange({ min, max, peak }: Range, side: number): string {
  if (peak === null) return 'Nothing measured yet.';
  return `${formatSigned(min)} to ${formatSigned(max)}, most at ${placeWords(peak, side)}.`;
}

function describeCell(values: Float32Array, side: number, cell: number): string {
  const value = values[cell] ?? Number.NaN;
  return `${placeWords(cell, side)}: ${Number.isNaN(value) ? 'not measured yet' : formatSigned(value)}`;
}

/** "Column 3, row 5", counted from 0 as all positions in maps are. */
function placeWords(cell: number, side: number): string {
  return `column ${cell % side}, row ${Math.floor(cell / side)}`;
}
