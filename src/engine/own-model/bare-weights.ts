/** HDF5 files of weights alone, as Keras's `model.save_weights` writes them, and the layers that they are put into. */
import type { Json } from './config';
import type { H5Folder } from './hdf5';
import { modelOf, storedIn, listOf, type KerasParts } from './keras-h5';
import { isSame, readFinite, type StoredWeight } from './match-weights';
import { ownModelError } from './own-error';
import { planNetwork, type NetworkWeights, type PlannedNetwork, type WantedWeights } from './own-network';

/** A layer's weights as the file has them: kernel, then bias. */
interface BareLayer {
  readonly name: string;
  /** The model or group that it stands in; layers of several have no known order among each other. */
  readonly within: string;
  /** It stands in a list that has the model's order. */
  readonly isListed: boolean;
  readonly weights: readonly StoredWeight[];
}

/** Whether it is such a file: weights, but no config. */
export function isBareWeights(root: H5Folder): boolean {
  return root.attribute('model_config') === null && (isKeras2(root) || modelFolder(root) !== null);
}

function isKeras2(root: H5Folder): boolean {
  return root.attribute('layer_names') !== null || root.attribute('layer_names0') !== null;
}

function modelFolder(folder: H5Folder): H5Folder | null {
  return folder.folder('layers') ?? folder.folder('_layer_checkpoint_dependencies');
}

/**
 * Puts the weights into the layers of a network: convolutions into convolutions and dense layers into dense layers, each in
 * the model's order, as names differ from one model to the next. Where the file does not tell that order, nothing is guessed.
 * @param architecture - Keras's JSON of a model of convolutions and dense layers.
 * @throws LensError `own-model-weights-only`, whose detail names what fits first into no place; `own-model-not-finite`.
 */
export function placeBareWeights(root: H5Folder, architecture: Json): KerasParts {
  const planned = planNetwork(modelOf(architecture));
  const layers = isKeras2(root) ? layersOfKeras2(root) : layersOfKeras3(root, '');
  const pairs = pairUp(planned, layers);
  const weights: NetworkWeights = new Map(
    pairs.map(({ wanted, found }) => [wanted.layer, found.weights.map((weight) => readFinite(weight, wanted.layer))]),
  );
  return { planned, weights, kerasVersion: isKeras2(root) ? '2' : '3' };
}

/** "a/b/kernel:0" -> its layer, "b". A group of the list with more layers in it than one is a model. */
function layersOfKeras2(root: H5Folder): readonly BareLayer[] {
  return listOf(root, 'layer_names').flatMap((group) => {
    const byLayer = new Map<string, StoredWeight[]>();
    for (const weight of storedIn(root, group)) {
      const layer = weight.name.split('/').at(-2) ?? group;
      byLayer.set(layer, [...(byLayer.get(layer) ?? []), weight]);
    }
    const isListed = byLayer.size === 1;
    return [...byLayer].map(([name, weights]) => ({
      name,
      within: isListed ? '' : group,
      isListed,
      weights: kernelFirst(weights),
    }));
  });
}

function kernelFirst(weights: readonly StoredWeight[]): readonly StoredWeight[] {
  return [...weights].sort((a, b) => Number(/bias(:\d+)?$/.test(a.name)) - Number(/bias(:\d+)?$/.test(b.name)));
}

/** A folder for each layer, called by its class and a count in the model's order; models stand within models. */
function layersOfKeras3(model: H5Folder, within: string): readonly BareLayer[] {
  const folders = modelFolder(model);
  if (folders === null) return [];
  return folders.names.flatMap((name): readonly BareLayer[] => {
    const folder = folders.folder(name);
    if (folder === null) return [];
    const vars = folder.folder('vars');
    const weights = [...(vars?.names ?? [])]
      .sort((a, b) => Number(a) - Number(b))
      .flatMap((at): readonly StoredWeight[] => {
        const found = vars?.values(at) ?? null;
        return found === null ? [] : [{ name: `${name}/${at}`, shape: found.shape, values: () => found.values() }];
      });
    const inner = layersOfKeras3(folder, `${within}/${name}`);
    return weights.length === 0 ? inner : [{ name, within, isListed: false, weights }, ...inner];
  });
}

interface Placed {
  readonly wanted: WantedWeights;
  readonly found: BareLayer;
}

function rankOf({ weights }: Pick<BareLayer, 'weights'> | Pick<WantedWeights, 'weights'>): number {
  return weights[0]?.shape.length ?? 0;
}

/** By the rank of the kernel: 4 of convolutions, 2 of dense layers. */
function pairUp({ wanted }: PlannedNetwork, layers: readonly BareLayer[]): readonly Placed[] {
  const ranks = new Set(wanted.map(rankOf));
  const byRank = new Map([...ranks].map((rank) => [rank, inOrder(layers.filter((layer) => rankOf(layer) === rank))] as const));
  const placed = wanted.map((slot): Placed => {
    const found = byRank.get(rankOf(slot))!.shift();
    slot.weights.forEach(({ leaf, shape }, i) => {
      const own = found?.weights[i]?.shape;
      if (own !== undefined && isSame(own, shape)) return;
      const name = slot.layer.config.layer;
      throw misfit(`${leaf} of the layer "${name}" should be [${shape.join(', ')}], found [${own?.join(', ') ?? 'nothing'}]`);
    });
    if (found!.weights.length !== slot.weights.length) throw misfit(`"${found!.name}" has ${found!.weights.length} weights`);
    return { wanted: slot, found: found! };
  });
  const left = layers.find((layer) => !placed.some(({ found }) => found === layer));
  if (left !== undefined) throw misfit(`no place for the layer "${left.name}"`);
  return placed;
}

function misfit(detail: string): Error {
  return ownModelError('own-model-weights-only', detail);
}

/** @throws LensError `own-model-weights-only` where neither a list nor the names say it. */
function inOrder(layers: readonly BareLayer[]): BareLayer[] {
  if (layers.length < 2 || layers.every(({ isListed }) => isListed)) return [...layers];
  const numbers = layers.map(({ name }) => numbersIn(name));
  const isCounted = numbers.every(({ stem }) => stem === numbers[0]!.stem);
  const within = new Set(layers.map((layer) => layer.within));
  if (!isCounted || within.size > 1) throw misfit(`the order of "${layers[0]!.name}" and "${layers[1]!.name}" is not known`);
  return layers
    .map((layer, i) => ({ layer, counts: numbers[i]!.counts }))
    .sort((a, b) => a.counts.reduce((sum, count, i) => sum || count - b.counts[i]!, 0))
    .map(({ layer }) => layer);
}

/** "conv2d" -> 0, "conv2d_12" -> 12, "block2_conv1" -> 2, 1; `stem` is the same for names that differ in their numbers alone. */
function numbersIn(name: string): { readonly stem: string; readonly counts: readonly number[] } {
  const block = /^block(\d+)_conv(\d+)$/.exec(name);
  if (block !== null) return { stem: 'block', counts: [Number(block[1]), Number(block[2])] };
  const [, stem = name, count = '0'] = /^(.*?)(?:_(\d+))?$/.exec(name) ?? [];
  return { stem, counts: [Number(count)] };
}
