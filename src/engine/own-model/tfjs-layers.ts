/** tfjs layers: model.json and its shards, found among the dropped files by their names. Nothing is ever fetched. */
import { array, looseObject, nullish, number, object, optional, picklist, string, type InferOutput } from 'valibot';
import { checkSchema, countIn, TEXT } from '../../domain/schema';
import type { ModelFile } from '../../domain/own-model';
import { halvesToFloats } from '../halves';
import { isList, isObject, type Json } from './config';
import { modelOf, type KerasParts } from './keras-h5';
import { matchWeights, type StoredWeight } from './match-weights';
import { ownModelError } from './own-error';
import { planNetwork, sizeOf } from './own-network';

const SPEC = object({
  name: string(),
  shape: array(countIn(0)),
  dtype: picklist(['float32', 'int32', 'bool', 'uint8']),
  quantization: nullish(
    object({
      dtype: picklist(['uint8', 'uint16', 'float16']),
      scale: optional(number()),
      min: optional(number()),
    }),
  ),
});

const MANIFEST = looseObject({ weightsManifest: array(looseObject({ paths: array(TEXT), weights: array(SPEC) })) });

/** A tensor of the file, decoded when asked for. */
export interface TfjsWeight extends StoredWeight {
  readonly dtype: 'float32' | 'int32' | 'bool' | 'uint8';
}

/** @param json - of model.json, a layers model. @throws LensError for everything that is wrong with it. */
export async function readTfjsLayers(json: Json, files: readonly ModelFile[]): Promise<KerasParts> {
  const topology = json['modelTopology'];
  if (!isObject(topology)) {
    throw ownModelError(isList(json['weightsManifest']) ? 'own-model-weights-only' : 'own-model-format', 'no modelTopology');
  }
  const planned = planNetwork(modelOf(topology));
  const stored = await readTfjsWeights(json, files);
  const version = topology['keras_version'];
  return { planned, weights: matchWeights(planned.wanted, stored), kerasVersion: typeof version === 'string' ? version : '2' };
}

/** @throws LensError `own-model-elsewhere`, `own-model-shard-missing`, `own-model-shard-size`, each with the shard. */
export async function readTfjsWeights(json: Json, files: readonly ModelFile[]): Promise<readonly TfjsWeight[]> {
  const checked = checkSchema(MANIFEST, json, 'model.json');
  if (!checked.ok) throw ownModelError('own-model-damaged', checked.fault);
  const groups = checked.value.weightsManifest;
  for (const path of groups.flatMap(({ paths }) => paths)) assertBeside(path);
  const read = await Promise.all(
    groups.map(async ({ paths, weights }) => {
      const shards = paths.map((path) => findShard(path, files));
      const bytes = new Uint8Array(await new Blob(shards).arrayBuffer());
      const wanted = weights.reduce((sum, spec) => sum + sizeOf(spec.shape) * storedBytes(spec), 0);
      if (bytes.length !== wanted) {
        throw ownModelError('own-model-shard-size', `${paths.join(', ')}: ${bytes.length} bytes, not ${wanted}`);
      }
      let at = 0;
      return weights.map((spec): TfjsWeight => {
        const part = bytes.subarray(at, (at += sizeOf(spec.shape) * storedBytes(spec)));
        return { name: spec.name, shape: spec.shape, dtype: spec.dtype, values: () => decode(spec, part) };
      });
    }),
  );
  return read.flat();
}

/** A plain path of a file that lies beside model.json. */
function assertBeside(path: string): void {
  const isElsewhere = /^[a-z][a-z0-9+.-]*:/i.test(path) || /^[/\\]/.test(path) || path.split(/[/\\]/).includes('..');
  if (isElsewhere) throw ownModelError('own-model-elsewhere', path);
}

function findShard(path: string, files: readonly ModelFile[]): Blob {
  const name = path.split(/[/\\]/).at(-1)!;
  const found = files.find((file) => file.name === name);
  if (found === undefined) throw ownModelError('own-model-shard-missing', name);
  return found.blob;
}

type Spec = InferOutput<typeof SPEC>;

const BYTES: Readonly<Record<string, number>> = { float32: 4, int32: 4, bool: 1, uint8: 1, uint16: 2, float16: 2 };

function storedBytes({ dtype, quantization }: Spec): number {
  return BYTES[quantization?.dtype ?? dtype]!;
}

/** As tfjs's decodeWeights: float16 as it is, uint8 and uint16 times `scale` plus `min`. */
function decode({ dtype, quantization }: Spec, part: Uint8Array<ArrayBuffer>): Float32Array<ArrayBuffer> {
  const kind = quantization?.dtype ?? dtype;
  if (kind === 'float16') return halvesToFloats(part);
  const { buffer } = part.slice();
  if (kind === 'float32') return new Float32Array(buffer);
  if (kind === 'int32') return Float32Array.from(new Int32Array(buffer));
  const numbers = kind === 'uint16' ? new Uint16Array(buffer) : new Uint8Array(buffer);
  if (!quantization) return Float32Array.from(numbers);
  const { scale, min } = quantization;
  if (scale === undefined || min === undefined)
    throw ownModelError('own-model-damaged', 'a quantised weight without scale or min');
  const values = Float32Array.from(numbers, (n) => n * scale + min);
  return dtype === 'int32' ? values.map(Math.round) : values;
}
