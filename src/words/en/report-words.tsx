import type { ReactNode } from 'react';
import { measureLine } from '../../domain/operating-point';
import type { BaseRateChoice } from '../../domain/preferences';
import type { AnalysisFacts } from '../../store/app-state';
import type { BodySide, BodySite } from '../../domain/diary';
import { MAX_WIDTH_MM } from '../../domain/report-note';
import { formatDay, formatNumber, formatScore } from '../format';
import { diary } from './diary-words';
import { sentence } from '../sentence';
import { line } from './line-words';

function verdictWords(result: AnalysisFacts): string {
  const { verdict, probability, threshold } = result;
  if (verdict === 'cant-say') {
    return `On a scale from 0 to 1. The network gave ${formatScore(probability)}, but on such a picture it should not be relied on.`;
  }
  return `On a scale from 0 to 1; ${line.notADiagnosis}. The alarm line is at ${formatScore(threshold)}.`;
}

/** @returns null: without a verdict there is none. */
function headline(result: AnalysisFacts): ReactNode {
  const { verdict } = result;
  return verdict === 'cant-say' ? null : line.headline(verdict, measureLine(result)?.rates ?? null);
}

/** @returns null: without a verdict, or a measured line, there is nothing to reckon with. */
function baseRate(result: AnalysisFacts, choice: BaseRateChoice): string | null {
  const measured = measureLine(result);
  const { verdict } = result;
  return verdict === 'cant-say' || measured === null ? null : line.baseRate.answer(verdict, choice, measured.rates);
}

/** Of a round number: below one with its decimal. */
const rulerNumber = (length: number): string => formatNumber(length, length < 0.1 ? 2 : length < 1 ? 1 : 0);

export const report = {
  none: {
    title: 'Report',
    words: sentence`There is no analysis to report: a photo and its result are gone when the page is closed or loaded anew. ${(<a href="#/">Choose a photo first</a>)}.`,
  },
  ofOwn: (name: string) =>
    sentence`This photo was analysed by “${(<span>{name}</span>)}”, a model of your own: what the report says of scores and errors is known of the model that ships alone. ${(<a href="#/">Back to the photo and its maps</a>)}, where they can be exported.`,
  actions: { back: 'Back', print: 'Print or save as PDF', savePicture: 'Save as picture' },
  title: 'Lesion Lens: report of one picture',
  made: (isoDay: string) => `Made on ${formatDay(isoDay)}, on the device of the person who made it. Not a medical finding.`,
  square: 'The square that was analysed',
  squareLabel: 'The square of the photo that was analysed',
  seen: (side: number) => `What the network saw: ${side} × ${side} pixels`,
  score: {
    title: 'The model’s score for malignant',
    value: ({ verdict, probability }: AnalysisFacts) => (verdict === 'cant-say' ? 'can’t say' : formatScore(probability)),
    verdict: verdictWords,
    headline,
    kind: ({ kind, saidKind }: AnalysisFacts) =>
      kind === 'unknown'
        ? 'What took the photo could not be told.'
        : `Taken with a ${kind === 'phone' ? 'phone' : 'dermatoscope'}, as ${saidKind === null ? 'it looks' : 'the person said'}.`,
    /** @returns null: not known. */
    range: ({ viewRange }: AnalysisFacts) =>
      viewRange === null
        ? null
        : `Turned and mirrored, the same square scores ${formatScore(viewRange.low)} to ${formatScore(viewRange.high)}.`,
    synthetic: 'A program drew this lesion: it is a synthetic sample.',
    cost: (result: AnalysisFacts) => line.cost(measureLine(result)),
    baseRate,
    /** All three in pixels. */
    source: (square: number, width: number, height: number) =>
      `Square of ${Math.round(square)} pixels out of a photo of ${width} × ${height}.`,
  },
  /** All lengths in pixels, but for the last. */
  ruler: {
    photo: (length: number) => `${rulerNumber(length)} pixels of the photo`,
    seen: (length: number) => `${rulerNumber(length)} pixels of what the network saw`,
    millimetres: (length: number) => `${rulerNumber(length)} mm, as the person measured it`,
  },
  note: {
    title: 'What else the report says',
    about: 'Only if you like. It is printed on the report and kept nowhere.',
    aboutDiary: 'Taken from your diary. Change or empty what the report should not say: the diary stays as it is.',
    width: 'Width of the square in mm',
    widthHelp: 'On the skin, only if you measured it: the photo does not tell.',
    widthWrong: `Write a number up to ${MAX_WIDTH_MM}, or leave it empty. Until then the report shows no millimetres.`,
    notes: 'Notes on the report',
    place: (site: BodySite | null, side: BodySide | null): string =>
      `Where on the body: ${site === null ? (side === null ? '' : diary.sides[side]) : diary.entry.place(site, side)}.`,
    taken: (isoDay: string) => `Day of the photo: ${formatDay(isoDay)}.`,
    printed: (notes: string) => `Notes: ${notes}`,
  },
  map: {
    /** @param side - in cells. @param what - how it is drawn, or the one number there is. */
    caption: (layer: string, filter: number, side: number, what: string) =>
      `${layer}, filter ${filter}: ${side} × ${side} cells, ${what}`,
    drawn: (isSmooth: boolean): string => (isSmooth ? 'drawn smoothly' : 'drawn cell by cell'),
    label: (layer: string, filter: number) => `Map of ${layer}, filter ${filter}`,
  },
  heat: {
    label: 'Map of HiResCAM',
    caption: (side: number, what: string) =>
      `HiResCAM: where the network responds, ${side} × ${side} cells, ${what}; not a reason`,
    nowhere: 'none of them above zero',
  },
  /** @param fingerprint - null: not computed yet. */
  model: (version: string, fingerprint: string | null, isoDay: string) =>
    `Model ${version}, fingerprint of its files ${fingerprint ?? '…'} (SHA-256). Made on ${formatDay(isoDay)}.`,
  limits:
    'Educational and research model, not a medical device. Whatever the score: show a doctor a spot that is new, that changes, that bleeds, or that looks unlike your others.',
};
