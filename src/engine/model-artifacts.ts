/** model.json (tfjs layers format) and its shards -> what tfjs-layers builds a model from. */
import { array, check, length, literal, looseObject, minLength, object, picklist, pipe, string, type InferOutput } from 'valibot';
import { LensError } from '../domain/errors';
import type { GoldenFile } from '../domain/manifest';
import { convolutionsOf, layerOf } from '../domain/network';
import type { Probes } from '../domain/probes';
import { countIn, FINITE, numberIn, TEXT } from '../domain/schema';
import { checkModel, parseJson } from './model-json';
import { parseGolden } from './parse-manifest';
import { specBytes } from './weight-files';
import type { VerifiedModel } from './weights';

const SPEC = object({
  /** Keras's name, for instance "block1_conv1/kernel". */
  name: TEXT,
  shape: array(countIn(1)),
  dtype: literal('float32'),
  /** How it lies in the shards (weight-files.ts). */
  quantization: object({ dtype: picklist(['float16', 'int8']) }),
});

/** The Keras topology, of which only the list of layers is looked into. */
const TOPOLOGY = looseObject({
  model_config: looseObject({
    config: looseObject({ layers: pipe(array(looseObject({})), minLength(1, 'a list with something in it')) }),
  }),
});

const MODEL = object({
  format: literal('layers-model'),
  weightsManifest: array(object({ weights: array(SPEC), paths: array(TEXT) })),
  modelTopology: TOPOLOGY,
});

const LAST_LAYER = looseObject({ class_name: literal('Dense'), config: looseObject({ activation: literal('sigmoid') }) });

export type WeightSpec = Readonly<InferOutput<typeof SPEC>>;

export interface ModelArtifacts {
  /** The Keras topology, with the last Dense's sigmoid replaced by 'linear': the model answers the logit itself. */
  readonly topology: Readonly<Record<string, unknown>>;
  readonly weightSpecs: readonly WeightSpec[];
  /** As in the files, in the order of `weightSpecs`. */
  readonly weightData: readonly ArrayBuffer[];
}

/** @throws LensError `model-invalid` if the files are not a tfjs layers model in float16 or int8. */
export function readArtifacts(model: VerifiedModel): ModelArtifacts {
  const { files } = model;
  const { weightsManifest, modelTopology } = readModelJson(model);
  const weightSpecs = weightsManifest.flatMap(({ weights }) => weights);
  const weightData = weightsManifest.flatMap(({ paths }) => paths).map((shard) => fileOf(files, shard));
  const wantedBytes = weightSpecs.reduce((sum, spec) => sum + specBytes(spec), 0);
  const hadBytes = weightData.reduce((sum, { byteLength }) => sum + byteLength, 0);
  if (hadBytes !== wantedBytes) throw new LensError('model-invalid', `${hadBytes} bytes of weights, not ${wantedBytes}`);
  return { topology: withLinearEnd(modelTopology), weightSpecs, weightData };
}

/** The Keras topology as training wrote it, with the sigmoid at its end. @throws LensError `model-invalid`. */
export function readTopology(model: VerifiedModel): InferOutput<typeof TOPOLOGY> {
  return readModelJson(model).modelTopology;
}

function readModelJson({ manifest, files }: VerifiedModel): InferOutput<typeof MODEL> {
  const path = manifest.files[0]?.path ?? 'model.json';
  return checkModel(MODEL, parseJson(fileOf(files, path), path), path);
}

export function readGolden({ manifest, files }: VerifiedModel): GoldenFile {
  return parseGolden(parseJson(fileOf(files, 'golden.json'), 'golden.json'), manifest);
}

/**
 * null: the model has none.
 * @throws LensError `model-invalid` where the file names a layer that the network has not, or lists do not fit its channels.
 */
export function readProbes({ manifest, files }: VerifiedModel): Probes | null {
  if (manifest.probes === null) return null;
  const { path } = manifest.probes;
  const { network } = manifest;
  const names = new Set(convolutionsOf(network).map(({ name }) => name));
  const layer = pipe(
    string(),
    check((name) => names.has(name), 'a convolution of the network'),
  );
  const { layers } = checkModel(looseObject({ layers: array(layer) }), parseJson(fileOf(files, path), path), path);
  const features = layers.reduce((sum, name) => sum + layerOf(network, name).channels, 0);
  const list = pipe(array(FINITE), length(features, `a list of ${features}`));
  const probe = object({ weights: list, bias: FINITE });
  const deviation = pipe(array(numberIn(Number.MIN_VALUE, Infinity)), length(features, `a list of ${features}`));
  return checkModel(
    object({
      layers: array(layer),
      mean: list,
      deviation,
      clip: numberIn(Number.MIN_VALUE, Infinity),
      unlike: probe,
      phone: probe,
    }),
    parseJson(fileOf(files, path), path),
    path,
  );
}

function fileOf(files: ReadonlyMap<string, ArrayBuffer>, path: string): ArrayBuffer {
  const bytes = files.get(path);
  if (bytes === undefined) throw new LensError('model-invalid', `the manifest does not list ${path}`);
  return bytes;
}

/**
 * The score's sigmoid is computed after calibration, in double precision; after a float32 sigmoid the logit of a
 * confident answer could not be had back.
 */
function withLinearEnd(topology: InferOutput<typeof TOPOLOGY>): ModelArtifacts['topology'] {
  const { model_config: modelConfig } = topology;
  const { config } = modelConfig;
  const last = checkModel(LAST_LAYER, config.layers.at(-1), 'the last layer');
  const linear = { ...last, config: { ...last.config, activation: 'linear' } };
  return {
    ...topology,
    model_config: { ...modelConfig, config: { ...config, layers: [...config.layers.slice(0, -1), linear] } },
  };
}
