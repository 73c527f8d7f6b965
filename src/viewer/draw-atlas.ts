import { drawAtlasPixels, drawLargestAtlas, type AtlasGrid } from '../domain/atlas';
import { lookUpColours } from '../domain/colour-map';
import type { PaneMaps } from './pane';

/** Space between maps, in the canvas's pixels. */
export function gapOf(side: number): number {
  return Math.max(1, Math.round(side / 28));
}

interface AtlasPlan {
  readonly grid: AtlasGrid;
  /** The filters to draw, first place to last. */
  readonly order: Uint16Array;
  /** Names for outside checks: how colours and places were chosen. */
  readonly scaleName: string;
  readonly orderName: string;
}

/**
 * Draws all maps, smaller where memory is short, and writes on the canvas what it shows: outside checks read it there.
 * @throws LensError `out-of-memory`.
 */
export function drawAtlas(canvas: HTMLCanvasElement, { maps, ranges, colourMap }: PaneMaps, plan: AtlasPlan): void {
  const startMs = performance.now();
  const gapPx = gapOf(maps.side);
  const colours = lookUpColours(colourMap);
  const stride = drawLargestAtlas((candidate) => {
    const gap = Math.ceil(gapPx / candidate);
    const { pixels, width, height } = drawAtlasPixels(maps, plan.order, ranges, plan.grid, colours, gap, candidate);
    const image = new ImageData(new Uint8ClampedArray(pixels.buffer), width, height);
    canvas.width = width;
    canvas.height = height;
    canvas.getContext('2d')?.putImageData(image, 0, 0);
  });
  Object.assign(canvas.dataset, {
    layer: maps.layer,
    channels: String(maps.channels),
    run: String(maps.runId),
    scale: plan.scaleName,
    order: plan.orderName,
    filters: plan.order.join(' '),
    columns: String(plan.grid.columns),
    gap: String(gapPx),
    stride: String(stride),
    drawMs: (performance.now() - startMs).toFixed(2),
  });
}
