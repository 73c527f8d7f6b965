import { drawAtlasPixels, type AtlasGrid } from '../domain/atlas';
import { colourAt, lookUpColours } from '../domain/colour-map';
import { mapOf } from '../domain/layer-maps';
import { drawMap } from './draw-map';
import { figureRoom, type FigurePane } from './figure-svg';
import { fitGrid } from './fit-grid';
import type { PaneMaps } from './pane';
import { wrapText } from './wrap-text';

const MARGIN = 16;
const LINE_PX = 20;
const LEGEND_PX = 12;
const TITLE_FONT = '600 15px sans-serif';
const TEXT_FONT = '13px sans-serif';
const NUMBER_FONT = '9px monospace';
/** Room for a filter's number below its map. */
const NUMBER_PX = 12;
/** So that a number fits below it and a map of 4x4 can be seen. */
const LEAST_TILE_PX = 32;
const LEAST_MAP_PX = 512;

/** A pane to paint, with the name that leaves the device. */
export interface ExportPane extends PaneMaps {
  readonly exportTitle: string;
  /** Below its colours: see `exportNumbers`. */
  readonly numbers: readonly [string, string, string];
}

/** All maps of the panes, numbered, with legends and a caption, side by side on one canvas. */
export function paintAtlasSheet(
  panes: readonly ExportPane[],
  order: Uint16Array,
  columns: number,
  caption: string,
): HTMLCanvasElement {
  const side = panes[0]?.maps.side ?? 1;
  const tile = side * Math.max(1, Math.ceil(LEAST_TILE_PX / side));
  const grid: AtlasGrid = { columns, rows: Math.max(1, Math.ceil(order.length / columns)) };
  const pitchX = tile + 2;
  const pitchY = tile + NUMBER_PX + 2;
  return paintSheet(panes, { width: columns * pitchX, height: grid.rows * pitchY }, caption, (context, pane, left, top) => {
    const maps = atlasCanvas(pane, order, grid);
    context.font = NUMBER_FONT;
    context.fillStyle = readColour('--plate-ink-soft');
    context.textAlign = 'center';
    order.forEach((filter, place) => {
      const [column, row] = [place % columns, Math.floor(place / columns)];
      const [x, y] = [left + column * pitchX, top + row * pitchY];
      context.drawImage(maps, column * side, row * side, side, side, x, y, tile, tile);
      context.fillText(String(filter), x + tile / 2, y + tile + NUMBER_PX - 2);
    });
    context.textAlign = 'left';
  });
}

/** One filter's maps, each value a block of pixels, with legends and a caption. */
export function paintMapSheet(panes: readonly ExportPane[], filter: number, caption: string): HTMLCanvasElement {
  const side = panes[0]?.maps.side ?? 1;
  const mapPx = side * Math.ceil(LEAST_MAP_PX / side);
  return paintSheet(panes, { width: mapPx, height: mapPx }, caption, (context, pane, left, top) => {
    context.drawImage(mapCanvas(pane, filter), left, top, mapPx, mapPx);
  });
}

/** All maps of the panes as the pictures of a figure, laid out to fill it. */
export function paintAtlasFigure(panes: readonly ExportPane[], order: Uint16Array): readonly FigurePane[] {
  const room = figureRoom(panes.length);
  const grid = fitGrid(Math.max(1, order.length), room.width, room.height);
  return panes.map((pane) => figurePane(pane, atlasCanvas(pane, order, grid), LEAST_TILE_PX / pane.maps.side));
}

/** One filter's maps, the same. */
export function paintMapFigure(panes: readonly ExportPane[], filter: number): readonly FigurePane[] {
  return panes.map((pane) => figurePane(pane, mapCanvas(pane, filter), LEAST_MAP_PX / pane.maps.side));
}

/** @param scale - Least enlargement: each value becomes a block of pixels, as not every program keeps edges sharp. */
function figurePane({ exportTitle, colourMap, numbers }: ExportPane, values: HTMLCanvasElement, scale: number): FigurePane {
  const canvas = document.createElement('canvas');
  const factor = Math.max(1, Math.ceil(scale));
  canvas.width = values.width * factor;
  canvas.height = values.height * factor;
  const context = canvas.getContext('2d');
  if (context !== null) {
    context.imageSmoothingEnabled = false;
    context.drawImage(values, 0, 0, canvas.width, canvas.height);
  }
  const { width, height } = canvas;
  return { title: exportTitle, href: canvas.toDataURL('image/png'), width, height, colourMap, numbers };
}

/** The colours of an exported picture. */
export function readFigureColours(): { readonly paper: string; readonly ink: string; readonly inkSoft: string } {
  return { paper: readColour('--plate-sheet'), ink: readColour('--plate-ink'), inkSoft: readColour('--plate-ink-soft') };
}

function mapCanvas({ maps, ranges, colourMap }: PaneMaps, filter: number): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  const [low, high] = [ranges.low[filter] ?? 0, ranges.high[filter] ?? 0];
  drawMap(canvas, { values: mapOf(maps, filter), side: maps.side, low, high, colourMap });
  return canvas;
}

/** @param token - Of the styles, one that is the same in both colour schemes. */
function readColour(token: `--${string}`): string {
  return getComputedStyle(document.documentElement).getPropertyValue(token).trim();
}

function atlasCanvas({ maps, ranges, colourMap }: PaneMaps, order: Uint16Array, grid: AtlasGrid): HTMLCanvasElement {
  const { pixels, width, height } = drawAtlasPixels(maps, order, ranges, grid, lookUpColours(colourMap));
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  canvas.getContext('2d')?.putImageData(new ImageData(new Uint8ClampedArray(pixels.buffer), width, height), 0, 0);
  return canvas;
}

function paintSheet(
  panes: readonly ExportPane[],
  body: { readonly width: number; readonly height: number },
  caption: string,
  paintBody: (context: CanvasRenderingContext2D, pane: ExportPane, left: number, top: number) => void,
): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d');
  if (context === null) return canvas;
  canvas.width = MARGIN + panes.length * (body.width + MARGIN);
  context.font = TEXT_FONT;
  const lines = wrapText(caption, canvas.width - 2 * MARGIN, (line) => context.measureText(line).width);
  const bodyTop = MARGIN + LINE_PX;
  const legendTop = bodyTop + body.height + MARGIN / 2;
  const captionTop = legendTop + LEGEND_PX + LINE_PX + MARGIN;
  // Setting a size clears the canvas and its settings: fonts are set after it.
  canvas.height = captionTop + lines.length * LINE_PX + MARGIN / 2;
  context.imageSmoothingEnabled = false;
  context.fillStyle = readColour('--plate-sheet');
  context.fillRect(0, 0, canvas.width, canvas.height);
  panes.forEach((pane, index) => {
    const left = MARGIN + index * (body.width + MARGIN);
    context.font = TITLE_FONT;
    context.fillStyle = readColour('--plate-ink');
    context.fillText(pane.exportTitle, left, MARGIN + 12, body.width);
    paintBody(context, pane, left, bodyTop);
    context.font = TEXT_FONT;
    context.fillStyle = readColour('--plate-ink');
    paintLegend(context, pane, left, legendTop, body.width);
  });
  context.fillStyle = readColour('--plate-ink-soft');
  lines.forEach((line, index) => {
    context.fillText(line, MARGIN, captionTop + index * LINE_PX + 6);
  });
  return canvas;
}

function paintLegend(
  context: CanvasRenderingContext2D,
  { colourMap, numbers }: ExportPane,
  left: number,
  top: number,
  width: number,
): void {
  for (let x = 0; x < width; x++) {
    const [r, g, b] = colourAt(colourMap, x / (width - 1));
    context.fillStyle = `rgb(${r} ${g} ${b})`;
    context.fillRect(left + x, top, 1, LEGEND_PX);
  }
  context.fillStyle = readColour('--plate-ink');
  const aligns = ['left', 'center', 'right'] as const;
  numbers.forEach((number, place) => {
    context.textAlign = aligns[place]!;
    context.fillText(number, left + (place * width) / 2, top + LEGEND_PX + 15, width / 2);
  });
  context.textAlign = 'left';
}
