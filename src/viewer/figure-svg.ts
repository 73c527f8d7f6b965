import { colourAt, type ColourMapName } from '../domain/colour-map';
import { wrapText } from './wrap-text';

const WIDTH = 1920;
const HEIGHT = 1080;
const MARGIN = 64;
const GAP = 48;
const BODY_TOP = 168;
const BODY_BOTTOM = 850;
const BAR_HEIGHT = 22;
const CAPTION_TOP = 958;
const CAPTION_LINE = 32;
const SIZES = { title: 44, pane: 28, number: 24, caption: 23 };
/** Of a sans-serif's letters, as a share of the size of the type: on the wide side, so that a line fits in any font. */
const LETTER_WIDTH = 0.56;
const STOPS = 32;

/** One picture of the figure. */
export interface FigurePane {
  readonly title: string;
  /** A data URL of a PNG, and its size in pixels. */
  readonly href: string;
  readonly width: number;
  readonly height: number;
  readonly colourMap: ColourMapName;
  /** At the left end, in the middle and at the right end of the colours. */
  readonly numbers: readonly [string, string, string];
}

interface Figure {
  readonly title: string;
  readonly caption: string;
  readonly panes: readonly FigurePane[];
  /** As CSS writes them. */
  readonly colours: { readonly paper: string; readonly ink: string; readonly inkSoft: string };
}

/** Where the pictures of a figure go: how much room each has, in the units of the drawing. */
export function figureRoom(panes: number): { readonly width: number; readonly height: number } {
  return { width: (WIDTH - 2 * MARGIN - (panes - 1) * GAP) / panes, height: BODY_BOTTOM - BODY_TOP };
}

/**
 * A figure of a slide's size, 1920 by 1080, as one SVG file: its words are text and stay sharp, its pictures are PNGs inside it.
 * Each picture is as large as its room lets it be, in the middle of it, with its colours and their numbers below.
 */
export function formatFigureSvg({ title, caption, panes, colours }: Figure): string {
  const room = figureRoom(panes.length);
  const lines = wrapText(caption, WIDTH - 2 * MARGIN, (line) => line.length * SIZES.caption * LETTER_WIDTH);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" font-family="Helvetica, Arial, sans-serif">`,
    `<title>${escapeXml(title)}</title>`,
    `<desc>${escapeXml(caption)}</desc>`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="${escapeXml(colours.paper)}"/>`,
    text(title, MARGIN, 88, SIZES.title, colours.ink, 'font-weight="600"'),
    ...panes.flatMap((pane, index) => drawPane(pane, index, MARGIN + index * (room.width + GAP), room, colours.ink)),
    ...lines.map((line, index) => text(line, MARGIN, CAPTION_TOP + index * CAPTION_LINE, SIZES.caption, colours.inkSoft)),
    '</svg>',
    '',
  ].join('\n');
}

function drawPane(
  { title, href, width, height, colourMap, numbers }: FigurePane,
  index: number,
  roomLeft: number,
  room: { readonly width: number; readonly height: number },
  ink: string,
): readonly string[] {
  const scale = Math.min(room.width / width, room.height / height);
  const [shownWidth, shownHeight] = [round(width * scale), round(height * scale)];
  // A bar is at least as wide as three numbers need.
  const barWidth = Math.max(shownWidth, Math.min(room.width, 560));
  const left = round(roomLeft + (room.width - barWidth) / 2);
  const barTop = BODY_TOP + shownHeight + 14;
  const numberTop = barTop + BAR_HEIGHT + SIZES.number + 4;
  const stops = Array.from({ length: STOPS + 1 }, (_, i) => {
    const [r, g, b] = colourAt(colourMap, i / STOPS).map(Math.round);
    return `<stop offset="${i / STOPS}" stop-color="rgb(${r},${g},${b})"/>`;
  });
  const ends = ['start', 'middle', 'end'] as const;
  return [
    text(title, left, BODY_TOP - 22, SIZES.pane, ink),
    `<image x="${round(left + (barWidth - shownWidth) / 2)}" y="${BODY_TOP}" width="${shownWidth}" height="${shownHeight}" style="image-rendering:pixelated" href="${escapeXml(href)}"/>`,
    `<linearGradient id="colours-${index}">${stops.join('')}</linearGradient>`,
    `<rect x="${left}" y="${barTop}" width="${round(barWidth)}" height="${BAR_HEIGHT}" fill="url(#colours-${index})"/>`,
    ...numbers.map((number, i) =>
      text(number, left + (barWidth * i) / 2, numberTop, SIZES.number, ink, `text-anchor="${ends[i]}"`),
    ),
  ];
}

function text(words: string, x: number, y: number, size: number, colour: string, more = ''): string {
  const own = more === '' ? '' : ` ${more}`;
  return `<text x="${round(x)}" y="${y}" font-size="${size}" fill="${escapeXml(colour)}"${own}>${escapeXml(words)}</text>`;
}

function round(length: number): number {
  return Math.round(length * 100) / 100;
}

/** For text and for values in double quotes; what XML 1.0 has no character for (section 2.2) becomes U+FFFD. */
export function escapeXml(words: string): string {
  return words
    .replaceAll(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, '\uFFFD')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
