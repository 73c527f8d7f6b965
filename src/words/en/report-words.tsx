import type { ModelManifest } from '../../domain/manifest';
import { outOfHundred } from '../../domain/score';
import type { AnalysisFacts } from '../../store/app-state';
import { formatDay, formatScore } from '../format';
import { sentence } from '../sentence';

function verdictWords({ verdict, probability, manifest }: AnalysisFacts): string {
  const threshold = formatScore(manifest.threshold);
  switch (verdict) {
    case 'malignant':
      return `On a scale from 0 to 1. The model calls this picture malignant: its score is at or above the threshold of ${threshold}.`;
    case 'benign':
      return `On a scale from 0 to 1. The model calls this picture benign: its score is below the threshold of ${threshold}.`;
    case 'cant-say':
      return `On a scale from 0 to 1. The network gave ${formatScore(probability)}, but on such a picture it should not be relied on.`;
  }
}

/** How often the model errs, as counts of a hundred, on the first set that took no part in training. */
function errorRates({ metrics }: ModelManifest): string {
  const measured = metrics.find(({ heldOut }) => heldOut);
  if (measured === undefined) return 'This version of the model has not been measured on pictures it has never seen.';
  const { name, sensitivity, specificity } = measured;
  return `How often it errs: of 100 malignant lesions in the ${name} it missed ${outOfHundred(1 - sensitivity)}; of 100 benign ones it called ${outOfHundred(1 - specificity)} malignant.`;
}

export const report = {
  none: {
    title: 'Report',
    words: sentence`There is no analysis to report: a photo and its result are gone when the page is closed or loaded anew. ${(<a href="#/">Choose a photo first</a>)}.`,
  },
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
    synthetic: 'A program drew this lesion: it is a synthetic sample.',
    errorRates,
    /** All three in pixels. */
    source: (square: number, width: number, height: number) =>
      `Square of ${Math.round(square)} pixels out of a photo of ${width} × ${height}.`,
  },
  map: (layer: string, filter: number) => `${layer}, filter ${filter}`,
  mapLabel: (layer: string, filter: number) => `Map of ${layer}, filter ${filter}`,
  heat: {
    name: 'HiResCAM',
    caption: (side: number) => `HiResCAM: where the network responds, ${side} × ${side} cells; not a reason`,
  },
  /** @param fingerprint - null: not computed yet. */
  model: (version: string, fingerprint: string | null, isoDay: string) =>
    `Model ${version}, fingerprint of its files ${fingerprint ?? '…'} (SHA-256). Made on ${formatDay(isoDay)}.`,
  limits:
    'Educational and research model, not a medical device. Whatever the score: show a doctor a spot that is new, that changes, that bleeds, or that looks unlike your others.',
};
