/** Which part of the network's input an activation depends on. */
import { layerOf, type NetworkShape } from './network';

/** A rectangle of the network's input, in its pixels; `right` and `bottom` are not part of it. */
export interface InputRect {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** One value of a layer's maps. */
export interface MapCell {
  readonly x: number;
  readonly y: number;
}

/**
 * The receptive field of one activation, exact at the borders: a 3x3 'same' convolution reaches one cell further on each
 * side but not past the edge, a 2x2 pool covers two cells (Araujo, Norris and Sim 2019, doi:10.23915/distill.00021,
 * applied layer by layer, so that what padding cuts off is cut off).
 * Of a general network it is the cell's own share of the input, as its layers' reach is not known.
 * @throws RangeError for a cell outside the map.
 */
export function receptiveField(network: NetworkShape, layer: string, { x, y }: MapCell): InputRect {
  const { side } = layerOf(network, layer);
  if (!(x >= 0 && x < side && y >= 0 && y < side)) throw new RangeError(`${layer} has no cell ${x}, ${y}`);
  if (network.isGeneral) {
    const cell = network.input.side / side;
    return { left: x * cell, top: y * cell, right: (x + 1) * cell, bottom: (y + 1) * cell };
  }
  const [left, right] = reach(network, layer, Math.floor(x));
  const [top, bottom] = reach(network, layer, Math.floor(y));
  return { left, top, right, bottom };
}

/** The first input pixel along one axis that the cell depends on, and the one after the last. */
function reach({ layers }: NetworkShape, layer: string, cell: number): readonly [number, number] {
  let low = cell;
  let high = cell;
  const last = layers.findIndex(({ name }) => name === layer);
  for (let i = last; i >= 0; i--) {
    const { kind, side } = layers[i]!;
    if (kind === 'pool') {
      low = low * 2;
      high = high * 2 + 1;
    } else {
      low = Math.max(0, low - 1);
      high = Math.min(side - 1, high + 1);
    }
  }
  return [low, high + 1];
}

/** The cell of a layer's maps that lies over a point of the input; x, y in input pixels, clamped to the picture. */
export function cellOver(network: NetworkShape, layer: string, x: number, y: number): MapCell {
  const { side } = layerOf(network, layer);
  const place = (at: number): number => Math.min(side - 1, Math.max(0, Math.floor((at * side) / network.input.side)));
  return { x: place(x), y: place(y) };
}
