/** Keras's whole-model HDF5, of Keras 1 to 3: the config in an attribute, the weights in one group for each layer. */
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

/** @throws LensError for everything that is wrong with it. */
export function readKerasH5(bytes: Uint8Array): Promise<KerasParts> {
  return withHdf5(bytes, (root) => {
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
  const isWeights =
    root.attribute('layer_names') !== null ||
    root.names.includes('layers') ||
    root.names.includes('_layer_checkpoint_dependencies');
  const hasConfigOnly = root.attribute('model_config') !== null;
  return isWeights && !hasConfigOnly
    ? ownModelError('own-model-weights-only')
    : ownModelError('own-model-damaged', hasConfigOnly ? 'no weights' : 'no model_config');
}

/** Some versions wrap it once more. */
export function modelOf(config: Json): Json {
  return isObject(config['model_config']) ? config['model_config'] : config;
}

/** The weights of one layer of the model, or of a model in it, in Keras's order. */
function storedIn(groups: H5Folder, name: string): readonly StoredWeight[] {
  const group = groups.folder(name);
  if (group === null) throw ownModelError('own-model-weights-mismatch', `none of the layer "${name}"`);
  return listOf(group, 'weight_names').map((weight) => {
    const found = group.values(weight);
    if (found === null) throw ownModelError('own-model-weights-mismatch', `no "${weight}"`);
    return { name: weight, shape: found.shape, values: () => found.values() };
  });
}

/** A list that is too long for one attribute goes on in `NAME0`, `NAME1`, ... instead. */
function listOf(group: H5Folder, name: string): readonly string[] {
  const whole = group.attribute(name);
  const parts: unknown[] = [];
  for (let i = 0; whole === null; i++) {
    const part = group.attribute(`${name}${i}`);
    if (part === null) break;
    parts.push(part);
  }
  return (whole === null ? parts : [whole]).flat(2).map(String);
}
