/** The ROC curve as a file of its own: SVG 1.1 without styles, scripts or references, so that any viewer draws it. */
import { formatMetrics, type BatchMetrics } from './batch-metrics';
import type { RocPoint } from './roc';

/** What stands on it. */
export interface RocTexts {
  readonly title: string;
  readonly x: string;
  readonly y: string;
  /** Below the plot. */
  readonly lines: readonly string[];
  readonly tick: (value: number) => string;
}

const WIDTH = 480;
/** The plot: a square. */
const [LEFT, TOP, SIDE] = [76, 52, 372];
const BOTTOM = TOP + SIDE;
const LINE_PX = 19;
/** So many letters of 13 px fit between the margins. */
const LINE = /.{1,60}/gsu;
const TICKS = [0, 0.2, 0.4, 0.6, 0.8, 1];
const INK = '#1c1c1c';
const SOFT = '#8a8a8a';
const CURVE = '#0b5c8a';

/** XML has no word for most control characters. */
function escapeXml(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/** Pixels, to a thousandth. */
const px = (value: number): string => String(Math.round(value * 1000) / 1000);
const xOf = (rate: number): string => px(LEFT + rate * SIDE);
const yOf = (rate: number): string => px(BOTTOM - rate * SIDE);

function text(words: string, attributes: string): string {
  return `<text fill="${INK}" ${attributes}>${escapeXml(words)}</text>`;
}

/** A model's name may be long. */
function wrap(line: string): readonly string[] {
  return line.match(LINE) ?? [];
}

/** Ticks and their numbers along both sides. */
function axes({ x, y, tick }: RocTexts): readonly string[] {
  const ticks = TICKS.flatMap((value) => [
    `<path d="M${xOf(value)} ${BOTTOM}v5M${LEFT} ${yOf(value)}h-5" stroke="${INK}"/>`,
    text(tick(value), `x="${xOf(value)}" y="${BOTTOM + 19}" text-anchor="middle"`),
    text(tick(value), `x="${LEFT - 9}" y="${px(BOTTOM - value * SIDE + 4.5)}" text-anchor="end"`),
  ]);
  const middle = TOP + SIDE / 2;
  return [
    `<rect x="${LEFT}" y="${TOP}" width="${SIDE}" height="${SIDE}" fill="none" stroke="${INK}"/>`,
    `<path d="M${LEFT} ${BOTTOM}L${LEFT + SIDE} ${TOP}" stroke="${SOFT}" stroke-dasharray="5 5"/>`,
    ...ticks,
    text(x, `x="${LEFT + SIDE / 2}" y="${BOTTOM + 42}" text-anchor="middle"`),
    text(y, `transform="translate(26 ${middle}) rotate(-90)" text-anchor="middle"`),
  ];
}

/**
 * @param metrics - of the same pictures as the curve; the file holds them as JSON too, under `metadata`.
 * @param curve - from `rocCurve`, not empty.
 * @returns An SVG document on white, 480 pixels wide.
 */
export function drawRocSvg(metrics: BatchMetrics, curve: readonly RocPoint[], texts: RocTexts): string {
  const { sensitivity, specificity } = metrics;
  const lines = texts.lines.flatMap(wrap);
  const firstLine = BOTTOM + 76;
  const height = firstLine + lines.length * LINE_PX;
  const points = curve.map(({ falsePositiveRate, truePositiveRate }) => `${xOf(falsePositiveRate)} ${yOf(truePositiveRate)}`);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" font-family="Helvetica, Arial, sans-serif" font-size="13">`,
    `<title>${escapeXml(texts.title)}</title>`,
    `<desc>${escapeXml(texts.lines.join('\n'))}</desc>`,
    `<metadata>${escapeXml(formatMetrics(metrics))}</metadata>`,
    `<rect width="${WIDTH}" height="${height}" fill="#ffffff"/>`,
    text(texts.title, `x="${LEFT}" y="32" font-size="17" font-weight="bold"`),
    ...axes(texts),
    `<path d="M${points.join('L')}" fill="none" stroke="${CURVE}" stroke-width="2" stroke-linejoin="round"/>`,
    ...(sensitivity === null || specificity === null
      ? []
      : [
          `<circle cx="${xOf(1 - specificity)}" cy="${yOf(sensitivity)}" r="5" fill="#ffffff" stroke="${CURVE}" stroke-width="2"/>`,
        ]),
    ...lines.map((line, i) => text(line, `x="24" y="${firstLine + i * LINE_PX}"`)),
    '</svg>',
    '',
  ].join('\n');
}
