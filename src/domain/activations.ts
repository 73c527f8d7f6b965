/** A picture's activations as one line of a table: what a batch keeps of each row where it is asked to. */
import type { SquareCrop } from './geometry';
import type { Backend } from './loaded-model';
import type { ModelManifest } from './manifest';
import { convolutionsOf, hasClosedFormHead, type NetworkShape } from './network';
import { isSameModel } from './own-manifest';

/** In the place of a layer's name: the units of the dense layer before the last, after ReLU. */
export const DENSE_FEATURES = 'dense';

/** What can be kept of a network. */
export interface ActivationChoice {
  /** Of a convolution, or `DENSE_FEATURES`. */
  readonly name: string;
  /** Numbers of each picture. */
  readonly count: number;
}

/** The convolutions, whose maps' means are kept, in the network's order; then the dense features, where the head has them. */
export function activationChoices(network: NetworkShape): readonly ActivationChoice[] {
  const layers = convolutionsOf(network).map(({ name, channels }) => ({ name, count: channels }));
  return hasDenseFeatures(network) ? [...layers, { name: DENSE_FEATURES, count: network.dense[0]! }] : layers;
}

export function hasDenseFeatures(network: NetworkShape): boolean {
  return hasClosedFormHead(network);
}

/** @param name - what was chosen, perhaps of another model. @returns null: nothing, or this network has no such layer. */
export function offeredActivations(network: NetworkShape, name: string | null): string | null {
  return activationChoices(network).find((choice) => choice.name === name)?.name ?? null;
}

/** Of one picture. */
export interface KeptActivations {
  /** See `ActivationChoice`. */
  readonly name: string;
  /** In activation units: of each map its mean, or the units themselves. */
  readonly values: Float32Array<ArrayBuffer>;
  /** Of the model that computed them. */
  readonly manifest: ModelManifest;
  readonly crop: SquareCrop;
  readonly backend: Backend;
}

/** Whether rows of both may stand in one table. */
export function isOfSame(kept: KeptActivations, name: string, manifest: ModelManifest): boolean {
  return kept.name === name && isSameModel(kept.manifest, manifest);
}
