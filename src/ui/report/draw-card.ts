import { words } from '../../words/words';
import { wrapText } from '../../viewer/wrap-text';

export interface CardFigure {
  readonly canvas: HTMLCanvasElement;
  readonly caption: string;
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

function figureRow(row: readonly CardFigure[], captions: readonly (readonly string[])[], colour: string): Step {
  const captionLines = Math.max(...captions.map(({ length }) => length));
  return {
    heightPx: FIGURE_PX + captionLines * CAPTION_PX + GAP_PX,
    draw(context, top) {
      row.forEach(({ canvas }, column) => {
        const left = MARGIN_PX + column * (FIGURE_PX + GAP_PX);
        // Maps are enlarged pixel by pixel, photos smoothly.
        context.imageSmoothingEnabled = canvas.width > FIGURE_PX;
        context.drawImage(canvas, left, top, FIGURE_PX, FIGURE_PX);
        context.font = FONTS.caption;
        context.fillStyle = colour;
        captions[column]?.forEach((line, i) => {
          context.fillText(line, left, top + FIGURE_PX + (i + 0.85) * CAPTION_PX);
        });
      });
    },
  };
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
    steps.push(
      figureRow(
        row,
        row.map(({ caption }) => wrapText(caption, FIGURE_PX, measureWith(FONTS.caption))),
        colours.inkSoft,
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
