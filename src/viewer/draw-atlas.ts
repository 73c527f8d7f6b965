import { drawAtlasPixels, type AtlasGrid } from '../domain/atlas';
import type { LayerMaps } from '../engine/protocol';

/** Space between maps, in the canvas's pixels. */
export function gapOf(side: number): number {
  return Math.max(1, Math.round(side / 28));
}

/** Draws all maps and writes on the canvas what it shows: outside checks read it there. */
export function drawAtlas(canvas: HTMLCanvasElement, maps: LayerMaps, grid: AtlasGrid, colours: Uint32Array): void {
  const startMs = performance.now();
  const { pixels, width, height } = drawAtlasPixels(maps, grid, colours, gapOf(maps.side));
  canvas.width = width;
  canvas.height = height;
  canvas.getContext('2d')?.putImageData(new ImageData(new Uint8ClampedArray(pixels.buffer), width, height), 0, 0);
  canvas.dataset['layer'] = maps.layer;
  canvas.dataset['channels'] = String(maps.channels);
  canvas.dataset['run'] = String(maps.runId);
  canvas.dataset['drawMs'] = (performance.now() - startMs).toFixed(2);
}
