/** Which stored values are which weights: by their names where those say it, else in Keras's order. */
import type { Shape } from './config';
import type { FlatLayer } from './flat-graph';
import type { WantedWeight } from './layer-kinds';
import { ownModelError } from './own-error';
import type { NetworkWeights, WantedWeights } from './own-network';

export interface StoredWeight {
  /** For instance "block1_conv1/kernel:0". */
  readonly name: string;
  readonly shape: Shape;
  values(): Float32Array<ArrayBuffer>;
}

interface Slot extends WantedWeight {
  readonly layer: FlatLayer;
}

/**
 * @param stored - all that belongs to these layers, in the file's order.
 * @throws LensError `own-model-weights-mismatch` with the layer, `own-model-not-finite`.
 */
export function matchWeights(wanted: readonly WantedWeights[], stored: readonly StoredWeight[]): NetworkWeights {
  const byLayer = wanted.flatMap(({ layer, weights }) => weights.map((weight): Slot => ({ ...weight, layer })));
  const pairs =
    matchByName(byLayer, stored) ?? matchInOrder(trainedFirst(byLayer), stored) ?? matchInOrder(byLayer, stored) ?? null;
  if (pairs === null) throw mismatch(byLayer, stored);
  return new Map(
    wanted.map(({ layer, weights }) => {
      const found = weights.map((weight) => pairs.find((pair) => pair.slot.layer === layer && pair.slot.leaf === weight.leaf)!);
      return [layer, found.map(({ weight }) => readFinite(weight, layer))];
    }),
  );
}

interface Pair {
  readonly slot: Slot;
  readonly weight: StoredWeight;
}

/** "vgg16/block1_conv1/kernel:0" -> its layer and its leaf; no layer: the name does not say it. */
function partsOf(name: string): { readonly layer: string | undefined; readonly leaf: string } {
  const parts = name.replace(/:\d+$/, '').split('/');
  return { layer: parts.at(-2), leaf: parts.at(-1)! };
}

/** Keras 3 calls a depthwise kernel "kernel". */
function isLeaf(stored: string, wanted: string): boolean {
  return stored === wanted || wanted.endsWith(`_${stored}`);
}

/** null: the names do not say it of every weight. Of layers of one name, in several models, the first takes the first. */
function matchByName(slots: readonly Slot[], stored: readonly StoredWeight[]): readonly Pair[] | null {
  const left = new Map<string | undefined, StoredWeight[]>();
  for (const weight of stored) {
    const { layer } = partsOf(weight.name);
    left.set(layer, [...(left.get(layer) ?? []), weight]);
  }
  const pairs: Pair[] = [];
  for (const slot of slots) {
    const candidates = left.get(slot.layer.path.at(-1)) ?? left.get(undefined) ?? []; // a Normalization's say no layer
    const at = candidates.findIndex(({ name, shape }) => isLeaf(partsOf(name).leaf, slot.leaf) && isSame(shape, slot.shape));
    if (at < 0) return null;
    pairs.push({ slot, weight: candidates[at]! });
    candidates.splice(at, 1);
  }
  return pairs.length === stored.length ? pairs : null;
}

/** As Keras writes the weights of a whole model into HDF5: what training changes first, then the rest. */
function trainedFirst(slots: readonly Slot[]): readonly Slot[] {
  const isTrained = ({ layer, isTrained }: Slot): boolean => layer.isTrainable && isTrained;
  return [...slots.filter(isTrained), ...slots.filter((slot) => !isTrained(slot))];
}

const KNOWN_LEAVES = /^((depthwise_|pointwise_)?kernel|bias|gamma|beta|moving_mean|moving_variance|mean|variance|count|alpha)$/;

/** null: shapes or names contradict it. */
function matchInOrder(slots: readonly Slot[], stored: readonly StoredWeight[]): readonly Pair[] | null {
  if (slots.length !== stored.length) return null;
  const fits = slots.every(({ leaf, shape }, i) => {
    const own = partsOf(stored[i]!.name).leaf;
    return isSame(stored[i]!.shape, shape) && (isLeaf(own, leaf) || !KNOWN_LEAVES.test(own));
  });
  return fits ? slots.map((slot, i) => ({ slot, weight: stored[i]! })) : null;
}

export function isSame(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((size, i) => size === b[i]);
}

function mismatch(slots: readonly Slot[], stored: readonly StoredWeight[]): Error {
  const at = slots.findIndex(({ shape }, i) => stored[i] === undefined || !isSame(stored[i].shape, shape));
  const slot = slots[at];
  const what =
    slot === undefined
      ? `${stored.length} weights, not ${slots.length}`
      : `${slot.leaf} of the layer "${slot.layer.config.layer}" should be [${slot.shape.join(', ')}], found [${stored[at]?.shape.join(', ') ?? 'nothing'}]`;
  return ownModelError('own-model-weights-mismatch', what);
}

/** @throws LensError `own-model-not-finite`, `own-model-damaged`. */
export function readFinite(weight: StoredWeight, layer: FlatLayer): Float32Array<ArrayBuffer> {
  const values = weight.values();
  if (values.length !== weight.shape.reduce((a, b) => a * b, 1)) {
    throw ownModelError('own-model-damaged', `weights of "${weight.name}"`);
  }
  assertFinite(values, `in the layer "${layer.config.layer}"`);
  return values;
}

/** @throws LensError `own-model-not-finite` with `where`. */
export function assertFinite(values: Float32Array, where: string): void {
  // Zeros add up to zero; with something infinite, or no number, among them they do not.
  let zero = 0;
  for (const value of values) zero += value * 0;
  if (Number.isNaN(zero)) throw ownModelError('own-model-not-finite', where);
}
