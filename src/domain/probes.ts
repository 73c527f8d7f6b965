/**
 * What kind of picture the network was given, told from its own maps: linear probes (Alain, Bengio 2016, arXiv:1610.01644) on
 * the means of several layers' maps. They ship with the model, fitted by training/probes.py.
 */

export interface Probe {
  /** [features]. */
  readonly weights: readonly number[];
  readonly bias: number;
}

export interface Probes {
  /** Convolutions whose maps' means are the features, one layer after another. */
  readonly layers: readonly string[];
  /** Of the features' square roots on the training pictures, [features]. */
  readonly mean: readonly number[];
  readonly deviation: readonly number[];
  /** What is further than so many deviations from the mean counts as that far. */
  readonly clip: number;
  readonly unlike: Probe;
  readonly phone: Probe;
}

/** What the probes say of one picture. */
export interface PhotoTraits {
  /** Log-odds that it is no picture of a lesion as the training pictures are. */
  readonly unlike: number;
  /** Log-odds that a lesion was taken by a phone's or another bare camera, against a dermatoscope. */
  readonly phone: number;
}

/**
 * @param features - means of the maps of `layers`, in activation units, not below zero; as many as the probes have.
 * @throws RangeError for another number of features.
 */
export function readTraits(features: Float32Array, { mean, deviation, clip, unlike, phone }: Probes): PhotoTraits {
  if (features.length !== mean.length) throw new RangeError(`${features.length} features, not ${mean.length}`);
  let [unlikeOdds, phoneOdds] = [unlike.bias, phone.bias];
  features.forEach((feature, i) => {
    const z = Math.min(clip, Math.max(-clip, (Math.sqrt(feature) - mean[i]!) / deviation[i]!));
    unlikeOdds += unlike.weights[i]! * z;
    phoneOdds += phone.weights[i]! * z;
  });
  return { unlike: unlikeOdds, phone: phoneOdds };
}

/** What takes pictures of lesions: a camera through a dermatoscope, or a phone's alone. */
export const PICTURE_KINDS = ['dermatoscope', 'phone'] as const;
export type PictureKind = (typeof PICTURE_KINDS)[number];

/** How a photo was taken, as far as that can be told. */
export type PhotoKind = PictureKind | 'unknown';

/** What the manifest says of the probes' answers; chosen on the validation pictures. */
export interface ProbeLimits {
  /** Above it a picture counts as unlike the training pictures. */
  readonly unlike: number;
  /** Below the first a dermatoscope's, above the second a phone's; between them unknown. */
  readonly phone: readonly [number, number];
}

export function kindOf({ phone }: PhotoTraits, limits: ProbeLimits): PhotoKind {
  if (phone < limits.phone[0]) return 'dermatoscope';
  return phone > limits.phone[1] ? 'phone' : 'unknown';
}
