/** Keras's whole-model HDF5, of Keras 1 to 3: the config in an attribute, the weights in one group for each layer. */
import { kerasArchitecture } from '../../domain/keras-architecture';
import { VGG16 } from '../../domain/network';
import { isBareWeights, placeBareWeights } from './bare-weights';
import { isObject, parseOwnJson, type Json } from './config';
import { withHdf5, type H5Folder } from './hdf5';
import { matchWeights, type StoredWeight } from './match-weights';
import { ownModelError } from './own-error';
import { planNetwork, type NetworkWeights, type PlannedNetwork } from './own-network';

export interface KerasParts {
  readonly planned: PlannedNetwork;
  readonly weights: NetworkWeights;
  /** Of Keras, as the file says it; "2" where it does not. */
  readonly kerasVersion: string;
}

/**
 * @param architecture - Keras's JSON of the layers that weights alone are put into; null: there is none.
 * @throws LensError for everything that is wrong with it; for weights alone `own-model-weights-fit` where they fit the layers
 *   of the network that ships, else `own-model-weights-only`.
 */
export function readKerasH5(bytes: Uint8Array, architecture: Json | null = null): Promise<KerasParts> {
  return withHdf5(bytes, (root) => {
    if (isBareWeights(root)) {
      const placed = placeBareWeights(root, architecture ?? kerasArchitecture(VGG16));
      if (architecture === null) throw ownModelError('own-model-weights-fit');
      return placed;
    }
    const config = root.attribute('model_config');
    const groups = root.folder('model_weights');
    if (typeof config !== 'string' || groups === null) throw whyNoModel(root);
    const planned = planNetwork(modelOf(parseOwnJson(config, 'model_config')));
    const weights = planned.wanted.map(({ layer }) => layer.path[0]!);
    const matched = [...new Set(weights)].map((name) => {
      const wanted = planned.wanted.filter(({ layer }) => layer.path[0] === name);
      return matchWeights(wanted, storedIn(groups, name));
    });
    const version = groups.attribute('keras_version') ?? root.attribute('keras_version');
    return {
      planned,
      weights: new Map(matched.flatMap((of) => [...of])),
      kerasVersion: typeof version === 'string' ? version : '2',
    };
  });
}

function whyNoModel(root: H5Folder): Error {
  return ownModelError('own-model-damaged', root.attribute('model_config') === null ? 'no model_config' : 'no weights');
}

/** Some versions wrap it once more. */
export function modelOf(config: Json): Json {
  return isObject(config['model_config']) ? config['model_config'] : config;
}

/** The weights of one layer of the model, or of a model in it, in Keras's order. */
export function storedIn(groups: H5Folder, name: string): readonly StoredWeight[] {
  const group = groups.folder(name);
  if (group === null) throw ownModelError('own-model-weights-mismatch', `none of the layer "${name}"`);
  return listOf(group, 'weight_names').map((weight) => {
    const found = group.values(weight);
    if (found === null) throw ownModelError('own-model-weights-mismatch', `no "${weight}"`);
    return { name: weight, shape: found.shape, values: () => found.values() };
  });
}

/** A list that is too long for one attribute goes on in `NAME0`, `NAME1`, ... instead. */
export function listOf(group: H5Folder, name: string): readonly string[] {
  const whole = group.attribute(name);
  const parts: unknown[] = [];
  for (let i = 0; whole === null; i++) {
    const part = group.attribute(`${name}${i}`);
    if (part === null) break;
    parts.push(part);
  }
  // An empty list is stored as one of numbers.
  const texts = (whole === null ? parts : [whole]).flat(2).map(String);
  return texts.filter((text) => text !== '');
}
