import type { ModelManifest } from '../../domain/manifest';
import { outOfHundred } from '../../domain/score';
import type { AnalysisFacts } from '../../store/app-state';
import { formatScore } from '../words';

export function verdictWords({ verdict, probability, manifest }: AnalysisFacts): string {
  const threshold = formatScore(manifest.threshold);
  if (verdict === 'cant-say') {
    return `On a scale from 0 to 1. The network gave ${formatScore(probability)}, but on such a picture it should not be relied on.`;
  }
  const side = verdict === 'malignant' ? 'at or above' : 'below';
  return `On a scale from 0 to 1. The model calls this picture ${verdict}: its score is ${side} the threshold of ${threshold}.`;
}

/** How often the model errs, as counts of a hundred, on the first set that took no part in training. */
export function errorWords({ metrics }: ModelManifest): string {
  const measured = metrics.find(({ heldOut }) => heldOut);
  if (measured === undefined) return 'This version of the model has not been measured on pictures it has never seen.';
  const { name, sensitivity, specificity } = measured;
  return `How often it errs: of 100 malignant lesions in the ${name} it missed ${outOfHundred(1 - sensitivity)}; of 100 benign ones it called ${outOfHundred(1 - specificity)} malignant.`;
}
