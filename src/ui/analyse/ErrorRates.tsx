import type { ModelManifest } from '../../domain/manifest';
import { words } from '../../words/words';

/** How often the model errs, as counts of a hundred, on the first set that took no part in training. */
export function ErrorRates({ manifest }: { readonly manifest: ModelManifest }) {
  const metrics = manifest.metrics.find(({ heldOut }) => heldOut);
  const { errorRates, notMeasured } = words.analyse.score;
  if (metrics === undefined) return <p>{notMeasured}</p>;
  const { name, sensitivity, specificity } = metrics;
  return <p>{errorRates({ set: name, missed: 1 - sensitivity, falseAlarms: 1 - specificity })}</p>;
}
