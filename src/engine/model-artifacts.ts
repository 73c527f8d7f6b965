/** model.json (tfjs layers format) and its shards -> what tfjs-layers builds a model from. */
import { LensError } from '../domain/errors';
import type { GoldenFile } from '../domain/manifest';
import { asConstant, asCount, asList, asRecord, asText, parseJson, type JsonRecord } from './json-checks';
import { parseGolden } from './parse-manifest';
import type { VerifiedModel } from './weights';

interface WeightSpec {
  /** Keras's name, for instance "block1_conv1/kernel". */
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: 'float32';
  readonly quantization: { readonly dtype: 'float16' };
}

export interface ModelArtifacts {
  /** The Keras topology, with the last Dense's sigmoid replaced by 'linear': the model answers the logit itself. */
  readonly topology: JsonRecord;
  readonly weightSpecs: readonly WeightSpec[];
  /** float16, in the order of `weightSpecs`. */
  readonly weightData: readonly ArrayBuffer[];
}

const FLOAT16_BYTES = 2;

/** @throws LensError `model-invalid` if the files are not a float16 tfjs layers model. */
export function readArtifacts({ manifest, files }: VerifiedModel): ModelArtifacts {
  const [first] = manifest.files;
  const path = first?.path ?? 'model.json';
  const json = asRecord(parseJson(fileOf(files, path), path), path);
  asConstant(json['format'], 'layers-model', `${path}: format`);
  const groups = asList(json['weightsManifest'], 'weightsManifest', asRecord);
  const weightSpecs = groups.flatMap((g, i) => asList(g['weights'], `weightsManifest[${i}].weights`, parseSpec));
  const paths = groups.flatMap((g, i) => asList(g['paths'], `weightsManifest[${i}].paths`, asText));
  const weightData = paths.map((shard) => fileOf(files, shard));
  const wantedBytes = weightSpecs.reduce((sum, { shape }) => sum + shape.reduce((a, b) => a * b, FLOAT16_BYTES), 0);
  const hadBytes = weightData.reduce((sum, { byteLength }) => sum + byteLength, 0);
  if (hadBytes !== wantedBytes) throw new LensError('model-invalid', `${hadBytes} bytes of weights, not ${wantedBytes}`);
  return { topology: withLinearEnd(asRecord(json['modelTopology'], 'modelTopology')), weightSpecs, weightData };
}

export function readGolden({ manifest, files }: VerifiedModel): GoldenFile {
  return parseGolden(parseJson(fileOf(files, 'golden.json'), 'golden.json'), manifest);
}

function fileOf(files: ReadonlyMap<string, ArrayBuffer>, path: string): ArrayBuffer {
  const bytes = files.get(path);
  if (bytes === undefined) throw new LensError('model-invalid', `the manifest does not list ${path}`);
  return bytes;
}

function parseSpec(value: unknown, where: string): WeightSpec {
  const spec = asRecord(value, where);
  const quantization = asRecord(spec['quantization'], `${where}.quantization`);
  return {
    name: asText(spec['name'], `${where}.name`),
    shape: asList(spec['shape'], `${where}.shape`, (side, at) => asCount(side, at, 1)),
    dtype: asConstant(spec['dtype'], 'float32', `${where}.dtype`),
    quantization: { dtype: asConstant(quantization['dtype'], 'float16', `${where}.quantization.dtype`) },
  };
}

/**
 * The score's sigmoid is computed after calibration, in double precision; after a float32 sigmoid the logit of a
 * confident answer could not be had back.
 */
function withLinearEnd(topology: JsonRecord): JsonRecord {
  const modelConfig = asRecord(topology['model_config'], 'model_config');
  const config = asRecord(modelConfig['config'], 'model_config.config');
  const layers = asList(config['layers'], 'layers', asRecord);
  const last = layers.at(-1) ?? {};
  asConstant(last['class_name'], 'Dense', 'the last layer');
  const lastConfig = asRecord(last['config'], "the last layer's config");
  asConstant(lastConfig['activation'], 'sigmoid', "the last layer's activation");
  const linear = { ...last, config: { ...lastConfig, activation: 'linear' } };
  return {
    ...topology,
    model_config: { ...modelConfig, config: { ...config, layers: [...layers.slice(0, -1), linear] } },
  };
}
