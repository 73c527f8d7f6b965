import type { ModelManifest } from '../../domain/manifest';
import { outOfHundred } from '../../domain/score';

/** How often the model errs, as counts of a hundred, on the first set that took no part in training. */
export function ErrorRates({ manifest }: { readonly manifest: ModelManifest }) {
  const metrics = manifest.metrics.find(({ heldOut }) => heldOut);
  if (metrics === undefined) {
    return <p>This version of the model has not been measured on pictures it has never seen.</p>;
  }
  return (
    <p>
      How often it errs: of 100 malignant lesions in the {metrics.name} it missed <b>{outOfHundred(1 - metrics.sensitivity)}</b>;
      of 100 benign ones it called <b>{outOfHundred(1 - metrics.specificity)}</b> malignant.{' '}
      <a href="#/model">More on the model</a>
    </p>
  );
}
