/** What Keras wrote and computed (testdata/README.md). No module of the app imports it. */
import { readdirSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { ModelFile } from '../../domain/own-model';

const FOLDER = new URL('testdata/', import.meta.url);

export interface KerasLayer {
  /** "vgg16/block1_conv1". */
  readonly path: string;
  readonly type: string;
  readonly shape: readonly number[];
  readonly parameters: number;
  readonly trainable: number;
}

export interface KerasRecord {
  readonly parameters: number;
  readonly trainable: number;
  readonly output: readonly number[];
  readonly input: Float32Array;
  readonly layers: readonly (KerasLayer & { readonly values: Float32Array })[];
}

export function fileAt(path: string): ModelFile {
  return { name: path.split('/').at(-1)!, blob: new Blob([readFileSync(new URL(path, FOLDER))]) };
}

export function folderAt(path: string): readonly ModelFile[] {
  return readdirSync(new URL(`${path}/`, FOLDER)).map((name) => fileAt(`${path}/${name}`));
}

/** @param name - without its ending. */
export function readRecord(name: string): KerasRecord {
  const head = JSON.parse(readFileSync(new URL(`${name}.json`, FOLDER), 'utf8')) as {
    readonly input: readonly number[];
    readonly output: readonly number[];
    readonly parameters: number;
    readonly trainable: number;
    readonly layers: readonly KerasLayer[];
  };
  const bytes = gunzipSync(readFileSync(new URL(`${name}.f32.gz`, FOLDER)));
  const floats = new Float32Array(new Uint8Array(bytes).buffer);
  let at = 0;
  const take = (shape: readonly number[]): Float32Array => floats.subarray(at, (at += shape.reduce((a, b) => a * b, 1)));
  const input = take(head.input);
  return { ...head, input, layers: head.layers.map((layer) => ({ ...layer, values: take(layer.shape) })) };
}
