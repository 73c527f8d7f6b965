/** The model that ships as Keras 2's whole-model HDF5, which Keras 2 and 3 load: the config, and float32 weights layer by layer. */
import { object, string } from 'valibot';
import { halvesToFloats } from '../halves';
import { readHalves } from '../weight-files';
import { readArtifacts, readTopology, type ModelArtifacts } from '../model-artifacts';
import { checkModel } from '../model-json';
import type { VerifiedModel } from '../weights';
import { makeHdf5, type H5Target } from './hdf5';

const LAYER = object({ config: object({ name: string() }) });
/** What Keras appends to the name of each weight. */
const FIRST_OUTPUT = ':0';
const WRITTEN_BY = { keras_version: '2.15.0', backend: 'tensorflow' } as const;

/**
 * @param model - a tfjs layers model, Sequential; the weights that the network computes with come out as float32, exactly.
 * @returns An .h5 file: https://www.tensorflow.org/tutorials/keras/save_and_load#hdf5_format.
 * @throws LensError `model-invalid`, `own-model-reader-missing`, `out-of-memory`.
 */
export function writeKerasH5(model: VerifiedModel): Promise<Uint8Array<ArrayBuffer>> {
  const artifacts = readArtifacts(model);
  const { model_config: config } = readTopology(model);
  const layers = config.config.layers.map((layer) => checkModel(LAYER, layer, 'a layer').config.name);
  return makeHdf5((root) => {
    root.attribute('model_config', JSON.stringify(config));
    const groups = root.folder('model_weights');
    for (const target of [root, groups]) {
      target.attribute('keras_version', WRITTEN_BY.keras_version);
      target.attribute('backend', WRITTEN_BY.backend);
    }
    groups.attribute('layer_names', layers);
    for (const layer of layers) writeLayer(groups.folder(layer), layer, artifacts);
  });
}

/** `<layer>/kernel:0` and so on within the layer's group. */
function writeLayer(group: H5Target, layer: string, artifacts: ModelArtifacts): void {
  const found = artifacts.weightSpecs
    .map(({ name, shape }, index) => ({ name, shape, index }))
    .filter(({ name }) => name.startsWith(`${layer}/`));
  group.attribute(
    'weight_names',
    found.map(({ name }) => name + FIRST_OUTPUT),
  );
  if (found.length === 0) return;
  const inner = group.folder(layer);
  for (const { name, shape, index } of found) {
    const weight = name.slice(layer.length + 1) + FIRST_OUTPUT;
    inner.values(weight, shape, halvesToFloats(readHalves(artifacts, index)));
  }
}
