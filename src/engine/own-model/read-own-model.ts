/** A person's own model: files -> what is told of it, and the network that can be opened (tfjs/own-network.ts). */
import { OWN_MODEL_MAX_BYTES, type ModelFile, type OwnModel, type OwnModelFormat } from '../../domain/own-model';
import { sha256Hex } from '../../domain/sha256';
import { parseOwnJson } from './config';
import { isHdf5, prepareHdf5 } from './hdf5';
import { readKerasH5, type KerasParts } from './keras-h5';
import { readKerasZip } from './keras-zip';
import { ownModelError } from './own-error';
import { describeNetwork } from './own-network';
import { isGraph, readTfjsGraph, type GraphParts } from './tfjs-graph';
import { readTfjsLayers } from './tfjs-layers';

/** Layers, of Keras or tfjs. */
export interface ReadLayers {
  readonly kind: 'layers';
  /** Plain facts, to be sent to the screen. */
  readonly facts: OwnModel;
  readonly network: KerasParts;
}

/** A graph of operations, of which more is known once it is opened: its file has no shapes. */
export interface ReadGraph {
  readonly kind: 'graph';
  readonly graph: GraphParts;
  readonly hash: string;
}

export type ReadModel = ReadLayers | ReadGraph;

/**
 * By their bytes, whatever they are called; only shards are known by the names that model.json has for them.
 * @param files - one Keras file, its weights and its layers in two, or model.json with all its shards. They are read and never sent anywhere.
 * @throws LensError, each code with what is named in `detail` (file or layer): `own-model-*`, `out-of-memory`.
 */
export async function readOwnModel(files: readonly ModelFile[]): Promise<ReadModel> {
  const bytes = files.reduce((sum, { blob }) => sum + blob.size, 0);
  if (bytes > OWN_MODEL_MAX_BYTES) throw ownModelError('own-model-too-large', `${bytes} bytes`);
  for (const { blob } of files) {
    const head = new Uint8Array(await blob.slice(0, 8).arrayBuffer());
    if (isHdf5(head)) return readHdf5(blob, files);
    if (isZip(head)) return readKerasFile(blob, 'keras-zip', readKerasZip);
  }
  const model = await findModelJson(files);
  if (model === null) throw ownModelError('own-model-format', files.map(({ name }) => name).join(', '));
  if (isGraph(model)) {
    const graph = await readTfjsGraph(model, files);
    return { kind: 'graph', graph, hash: await hashFiles(files) };
  }
  const network = await readTfjsLayers(model, files);
  return { kind: 'layers', facts: { ...describeNetwork(network.planned, 'tfjs-layers'), hash: await hashFiles(files) }, network };
}

/** A whole model; or weights alone, whose layers a second file tells, Keras's `model.to_json()`. */
async function readHdf5(blob: Blob, files: readonly ModelFile[]): Promise<ReadLayers> {
  const json = files.length > 1 ? await findModelJson(files) : null;
  const architecture = json !== null && typeof json['class_name'] === 'string' ? json : null;
  const read = await readKerasFile(blob, 'keras-h5', (bytes) => readKerasH5(bytes, architecture));
  return architecture === null ? read : { ...read, facts: { ...read.facts, hash: await hashFiles(files) } };
}

/** The whole file lies in memory once, for its hash and its reader, which go side by side. */
async function readKerasFile(
  blob: Blob,
  format: OwnModelFormat,
  read: (bytes: Uint8Array) => Promise<KerasParts>,
): Promise<ReadLayers> {
  prepareHdf5();
  const bytes = await blob.arrayBuffer();
  const hashing = sha256Hex(bytes);
  const network = await read(new Uint8Array(bytes));
  return { kind: 'layers', facts: { ...describeNetwork(network.planned, format), hash: await hashing }, network };
}

function isZip(head: Uint8Array): boolean {
  return head[0] === 0x50 && head[1] === 0x4b && head[2] === 3 && head[3] === 4;
}

/** Of a model.json: larger ones have weights in them, which none writes. */
const JSON_MAX_BYTES = 50_000_000;

/** The file that begins as JSON does; null: none. */
async function findModelJson(files: readonly ModelFile[]): Promise<ReturnType<typeof parseOwnJson> | null> {
  for (const { name, blob } of files) {
    const head = await blob.slice(0, 64).text();
    if (/^\uFEFF?\s*\{\s*"/.test(head) && blob.size <= JSON_MAX_BYTES) return parseOwnJson(await blob.text(), name);
  }
  return null;
}

async function hashFiles(files: readonly ModelFile[]): Promise<string> {
  const hashOf = async ({ blob }: ModelFile): Promise<string> => sha256Hex(await blob.arrayBuffer());
  const lines: string[] = [];
  for (const file of files) lines.push(`${file.name} ${await hashOf(file)}`);
  return sha256Hex(new TextEncoder().encode(lines.sort().join('\n')));
}
