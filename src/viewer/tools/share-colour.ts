import { colourAt } from '../../domain/colour-map';

/** A bar must stand out from the dark plate, so that the dark middle of the diverging map is passed over. */
const LEAST = 0.4;

/** The diverging map's colour for a share of the most there is, -1..1, as CSS. */
export function shareColour(share: number): string {
  const size = LEAST + (1 - LEAST) * Math.min(1, Math.abs(share));
  const [r, g, b] = colourAt('diverging', (1 + (share < 0 ? -size : size)) / 2);
  return `rgb(${Math.round(r)} ${Math.round(g)} ${Math.round(b)})`;
}

/** Photo A and photo B in charts: the two ends of "B − A". */
export const PHOTO_COLOURS = { a: shareColour(-0.75), b: shareColour(0.75) } as const;
