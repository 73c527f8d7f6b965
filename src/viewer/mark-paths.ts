/** SVG path data that marks many maps at once; a map is a unit square of a grid. */

type Draw = (left: number, top: number) => string;

const BOX: Draw = (x, y) => `M${x} ${y}h1v1h-1z`;
const CROSS: Draw = (x, y) => `M${x} ${y}l1 1m0-1l-1 1`;
const HATCH: Draw = (x, y) => `M${x + 0.1} ${y + 0.5}l.4-.4m.4 0l-.8 .8m.4 0l.4-.4`;
/** A line of no length, which a round line end makes a dot; in the corner, where it covers least. */
const DOT: Draw = (x, y) => `M${x + 0.84} ${y + 0.16}h0`;

export const MARKS = { box: BOX, cross: CROSS, hatch: HATCH, dot: DOT };

/** One path for all of these filters that are shown. @param order - the filters in their places. */
export function markPath(draw: Draw, isMarked: (filter: number) => boolean, order: Uint16Array, columns: number): string {
  let path = '';
  order.forEach((filter, place) => {
    if (isMarked(filter)) path += draw(place % columns, Math.floor(place / columns));
  });
  return path;
}
