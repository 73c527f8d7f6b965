import { colourIndex } from '../domain/colour-scale';
import { lookUpColours, type ColourMapName } from '../domain/colour-map';

/** One map with the range that its colours span. */
interface ColouredMap {
  /** [side, side]. */
  readonly values: Float32Array;
  readonly side: number;
  readonly low: number;
  readonly high: number;
  readonly colourMap: ColourMapName;
}

/** Draws one map as its tile in the atlas is drawn: one canvas pixel a value. */
export function drawMap(canvas: HTMLCanvasElement, { values, side, low, high, colourMap }: ColouredMap): void {
  const colours = lookUpColours(colourMap);
  const pixels = Uint32Array.from(values, (value) => colours[colourIndex(value, low, high)]!);
  canvas.width = side;
  canvas.height = side;
  canvas.getContext('2d')?.putImageData(new ImageData(new Uint8ClampedArray(pixels.buffer), side, side), 0, 0);
}
