import { lookUpColours, type ColourMapName } from '../../domain/colour-map';
import { words } from '../../words/words';
import { wrapText } from '../../viewer/wrap-text';

export interface CardFigure {
  readonly canvas: HTMLCanvasElement;
  readonly caption: string;
  readonly rulers: readonly CardRuler[];
  /** null: a photo has none. */
  readonly key: CardKey | null;
}

/** A scale bar below a picture. */
export interface CardRuler {
  /** Of the picture's width, 0-1. */
  readonly share: number;
  readonly label: string;
}

/** Which colour is which number. */
export interface CardKey {
  readonly colourMap: ColourMapName;
  /** From the left end to the right one. */
  readonly numbers: readonly string[];
  readonly unit: string;
}

interface Card {
  readonly figures: readonly CardFigure[];
  readonly lines: readonly string[];
  /** For instance "0.346". */
  readonly score: string;
  readonly colours: CardColours;
}

/** As CSS writes them. */
interface CardColours {
  readonly paper: string;
  readonly ink: string;
  readonly inkSoft: string;
}

/** The colours of paper, where the style has them. */
export function readCardColours(element: HTMLElement): CardColours {
  const style = getComputedStyle(element);
  const read = (token: string): string => style.getPropertyValue(token).trim();
  return { paper: read('--sheet'), ink: read('--sheet-ink'), inkSoft: read('--sheet-ink-soft') };
}

const WIDTH_PX = 1200;
const MARGIN_PX = 48;
const GAP_PX = 24;
const COLUMNS = 3;
const FIGURE_PX = (WIDTH_PX - 2 * MARGIN_PX - (COLUMNS - 1) * GAP_PX) / COLUMNS;
const LINE_PX = 30;
const CAPTION_PX = 24;
/** Between a picture and what stands below it; a bar; one with its words; a key of colours with its two lines. */
const MARK_GAP_PX = 8;
const BAR_PX = 12;
const RULER_PX = BAR_PX + CAPTION_PX + 4;
const KEY_PX = BAR_PX + 2 * CAPTION_PX + 4;
const FAMILY = 'system-ui, sans-serif';

const FONTS = {
  title: `600 34px ${FAMILY}`,
  score: `300 96px ${FAMILY}`,
  line: `400 21px ${FAMILY}`,
  caption: `400 17px ${FAMILY}`,
};

/** What is put on the card, from top to bottom; the height is known when all of it is. */
interface Step {
  readonly heightPx: number;
  readonly draw: (context: CanvasRenderingContext2D, top: number) => void;
}

function textStep(text: string, font: string, heightPx: number, colour: string): Step {
  return {
    heightPx,
    draw(context, top) {
      context.font = font;
      context.fillStyle = colour;
      context.fillText(text, MARGIN_PX, top + heightPx * 0.75);
    },
  };
}

/** A figure with its words broken into lines. */
interface LaidFigure extends CardFigure {
  readonly captionLines: readonly string[];
}

function figureRow(row: readonly LaidFigure[], { ink, inkSoft }: CardColours): Step {
  const footPx = Math.max(...row.map(({ rulers, key, captionLines }) => footOf(rulers, key) + captionLines.length * CAPTION_PX));
  return {
    heightPx: FIGURE_PX + footPx + GAP_PX,
    draw(context, top) {
      row.forEach(({ canvas, rulers, key, captionLines }, column) => {
        const left = MARGIN_PX + column * (FIGURE_PX + GAP_PX);
        // Maps are enlarged pixel by pixel, photos smoothly.
        context.imageSmoothingEnabled = canvas.width > FIGURE_PX;
        context.drawImage(canvas, left, top, FIGURE_PX, FIGURE_PX);
        context.font = FONTS.caption;
        let below = top + FIGURE_PX + MARK_GAP_PX;
        for (const ruler of rulers) {
          drawRuler(context, ruler, left, below, ink);
          below += RULER_PX;
        }
        if (key !== null) drawKey(context, key, left, below, ink);
        context.fillStyle = inkSoft;
        captionLines.forEach((line, i) => {
          context.fillText(line, left, top + FIGURE_PX + footOf(rulers, key) + (i + 0.85) * CAPTION_PX);
        });
      });
    },
  };
}

/** Height of what stands between a picture and its caption, in pixels. */
function footOf(rulers: readonly CardRuler[], key: CardKey | null): number {
  return MARK_GAP_PX + rulers.length * RULER_PX + (key === null ? 0 : KEY_PX);
}

function drawRuler(context: CanvasRenderingContext2D, { share, label }: CardRuler, left: number, top: number, ink: string): void {
  const length = share * FIGURE_PX;
  context.fillStyle = ink;
  context.fillRect(left, top + BAR_PX - 2, length, 2);
  for (const end of [left, left + length - 2]) context.fillRect(end, top, 2, BAR_PX);
  context.fillText(label, left, top + BAR_PX + 0.85 * CAPTION_PX, FIGURE_PX);
}

function drawKey(
  context: CanvasRenderingContext2D,
  { colourMap, numbers, unit }: CardKey,
  left: number,
  top: number,
  ink: string,
): void {
  const colours = new Uint8Array(lookUpColours(colourMap).buffer);
  const count = colours.length / 4;
  for (let i = 0; i < count; i += 1) {
    const from = Math.floor((i * FIGURE_PX) / count);
    const to = Math.floor(((i + 1) * FIGURE_PX) / count);
    context.fillStyle = `rgb(${colours[i * 4]} ${colours[i * 4 + 1]} ${colours[i * 4 + 2]})`;
    context.fillRect(left + from, top, to - from, BAR_PX);
  }
  context.fillStyle = ink;
  const baseline = top + BAR_PX + 0.85 * CAPTION_PX;
  numbers.forEach((number, i) => {
    const share = i / Math.max(1, numbers.length - 1);
    context.fillText(number, left + share * (FIGURE_PX - context.measureText(number).width), baseline);
  });
  context.fillText(unit, left, baseline + CAPTION_PX, FIGURE_PX);
}

/** The report as one picture, 1,200 pixels wide and as high as it must be. */
export function drawCard({ figures, lines, score, colours }: Card): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d');
  if (context === null) return canvas;
  const measureWith = (font: string) => (text: string) => {
    context.font = font;
    return context.measureText(text).width;
  };
  const steps: Step[] = [
    textStep(words.report.title, FONTS.title, 60, colours.ink),
    textStep(words.report.score.title, FONTS.line, LINE_PX, colours.inkSoft),
    textStep(score, FONTS.score, 116, colours.ink),
  ];
  for (const line of lines) {
    for (const part of wrapText(line, WIDTH_PX - 2 * MARGIN_PX, measureWith(FONTS.line)))
      steps.push(textStep(part, FONTS.line, LINE_PX, colours.ink));
    steps.push({ heightPx: 8, draw: () => undefined });
  }
  steps.push({ heightPx: GAP_PX, draw: () => undefined });
  for (let i = 0; i < figures.length; i += COLUMNS) {
    const row = figures.slice(i, i + COLUMNS);
    const measure = measureWith(FONTS.caption);
    steps.push(
      figureRow(
        row.map((figure) => ({ ...figure, captionLines: wrapText(figure.caption, FIGURE_PX, measure) })),
        colours,
      ),
    );
  }
  canvas.width = WIDTH_PX;
  canvas.height = Math.ceil(2 * MARGIN_PX + steps.reduce((sum, { heightPx }) => sum + heightPx, 0));
  context.fillStyle = colours.paper;
  context.fillRect(0, 0, canvas.width, canvas.height);
  let top = MARGIN_PX;
  for (const { heightPx, draw } of steps) {
    draw(context, top);
    top += heightPx;
  }
  return canvas;
}
