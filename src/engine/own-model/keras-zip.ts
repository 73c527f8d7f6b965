/** Keras 3's .keras: a zip of the config, and of an HDF5 file with the weights, layer by layer. */
import { Unzip, UnzipInflate, UnzipPassThrough, type UnzipFile } from 'fflate';
import { OWN_MODEL_MAX_BYTES } from '../../domain/own-model';
import { parseOwnJson } from './config';
import type { FlatLayer, FlatGraph } from './flat-graph';
import { withHdf5, type H5Folder } from './hdf5';
import type { KerasParts } from './keras-h5';
import { matchWeights, type StoredWeight } from './match-weights';
import { ownModelError } from './own-error';
import { planNetwork } from './own-network';

const CONFIG = 'config.json';
const METADATA = 'metadata.json';
const WEIGHTS = 'model.weights.h5';
/** Of a config or of metadata. */
const TEXT_MAX_BYTES = 20_000_000;

/** @throws LensError for everything that is wrong with it. */
export async function readKerasZip(bytes: Uint8Array): Promise<KerasParts> {
  const files = unpack(bytes, { [CONFIG]: TEXT_MAX_BYTES, [METADATA]: TEXT_MAX_BYTES, [WEIGHTS]: OWN_MODEL_MAX_BYTES });
  const config = files.get(CONFIG);
  const weights = files.get(WEIGHTS);
  if (config === undefined || weights === undefined) {
    throw ownModelError('own-model-format', `no ${config === undefined ? CONFIG : WEIGHTS} in the zip`);
  }
  const planned = planNetwork(parseOwnJson(textOf(config), CONFIG));
  const metadata = files.get(METADATA);
  const version = metadata === undefined ? null : parseOwnJson(textOf(metadata), METADATA)['keras_version'];
  return withHdf5(weights, (root) => {
    const find = createFolderFinder(root, planned.graph);
    const matched = planned.wanted.flatMap((wanted) => [
      ...matchWeights([wanted], storedIn(find(wanted.layer.path), wanted.layer)),
    ]);
    return { planned, weights: new Map(matched), kerasVersion: typeof version === 'string' ? version : '3' };
  });
}

function textOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

/** So much of a zip is unpacked between two looks at how much has come out. */
const STEP_BYTES = 1 << 20;

/**
 * Unpacks step by step, and stops where more comes out than there may be.
 * @param caps - by name, in bytes: the files that are wanted. Others are passed over.
 */
function unpack(bytes: Uint8Array, caps: Readonly<Record<string, number>>): ReadonlyMap<string, Uint8Array<ArrayBuffer>> {
  const unpacking = new Unpacking(caps);
  for (let at = 0; at < bytes.length; at += STEP_BYTES) {
    unpacking.push(bytes.subarray(at, at + STEP_BYTES), at + STEP_BYTES >= bytes.length);
    if (unpacking.failure !== null) throw unpacking.failure;
  }
  return unpacking.files;
}

class Unpacking {
  readonly files = new Map<string, Uint8Array<ArrayBuffer>>();
  failure: Error | null = null;
  private isOpen = false;
  private readonly unzip: Unzip;

  constructor(caps: Readonly<Record<string, number>>) {
    this.unzip = new Unzip((file) => {
      const cap = Object.hasOwn(caps, file.name) ? caps[file.name] : undefined;
      if (cap !== undefined) this.take(file, cap);
    });
    this.unzip.register(UnzipInflate);
    this.unzip.register(UnzipPassThrough);
  }

  push(bytes: Uint8Array, isLast: boolean): void {
    try {
      this.unzip.push(bytes, isLast);
    } catch (error) {
      this.failure ??= ownModelError('own-model-truncated', error instanceof Error ? error.message : String(error));
    }
    if (isLast && this.isOpen) this.failure ??= ownModelError('own-model-truncated', 'the zip ends within a file');
  }

  private take(file: UnzipFile, cap: number): void {
    this.isOpen = true;
    const parts: Uint8Array<ArrayBuffer>[] = [];
    let bytes = 0;
    file.ondata = (error, data: Uint8Array<ArrayBuffer> | null, isLast) => {
      bytes += data?.length ?? 0;
      if (error !== null) this.failure ??= ownModelError('own-model-damaged', `${file.name}: ${error.message}`);
      else if (bytes > cap) this.failure ??= ownModelError('own-model-unpacks-too-large', `${file.name}: more than ${cap} bytes`);
      else if (data !== null) parts.push(data);
      if (this.failure !== null) {
        file.terminate();
        return;
      }
      if (!isLast) return;
      this.isOpen = false;
      this.files.set(file.name, join(parts, bytes));
    };
    file.start();
  }
}

function join(parts: readonly Uint8Array[], length: number): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** The folder of each layer's variables "0", "1", ...; null: there is none. */
function createFolderFinder(root: H5Folder, graph: FlatGraph): (path: readonly string[]) => H5Folder | null {
  const found = new Map<string, ReadonlyMap<string, H5Folder>>();

  /** Of the layers that stand directly in the model of this path; looked up once, as each look into the file takes time. */
  function membersOf(path: readonly string[]): ReadonlyMap<string, H5Folder> {
    const key = path.join('/');
    let members = found.get(key);
    if (members === undefined) found.set(key, (members = listMembers(folderOf(path), foldersIn(graph, path))));
    return members;
  }

  function folderOf(path: readonly string[]): H5Folder | null {
    const name = path.at(-1);
    return name === undefined ? root : (membersOf(path.slice(0, -1)).get(name) ?? null);
  }

  return (path) => folderOf(path)?.folder('vars') ?? null;
}

/**
 * Keras names a layer's folder by its class and a count ("conv2d_1"); later versions also write the layer's own name into it.
 * @param folders - of each layer, as classes and counts have it.
 */
function listMembers(model: H5Folder | null, folders: ReadonlyMap<string, string>): ReadonlyMap<string, H5Folder> {
  const layers = model?.folder('layers') ?? model?.folder('_layer_checkpoint_dependencies') ?? null;
  const members = new Map<string, H5Folder>();
  if (layers === null) return members;
  for (const [name, folder] of folders) {
    const member = layers.folder(folder) ?? layers.folder(name);
    if (member !== null) members.set(name, member);
  }
  for (const folder of layers.names) {
    const name = layers.folder(`${folder}/vars`)?.attribute('name');
    if (typeof name === 'string' && folders.has(name)) members.set(name, layers.folder(folder)!);
  }
  return members;
}

/** Layer -> folder, of all that stand directly in the model of this path. */
function foldersIn({ members }: FlatGraph, path: readonly string[]): ReadonlyMap<string, string> {
  const counts = new Map<string, number>();
  return new Map(
    (members.get(path.join('/')) ?? []).map(({ name, className }) => {
      const base = snakeCase(className);
      const count = counts.get(base) ?? 0;
      counts.set(base, count + 1);
      return [name, count === 0 ? base : `${base}_${count}`];
    }),
  );
}

/** As keras.src.utils.naming.to_snake_case: "Conv2D" -> "conv2d", "ReLU" -> "re_lu", "DepthwiseConv2D" -> "depthwise_conv2d". */
function snakeCase(name: string): string {
  return name
    .replace(/\W+/g, '')
    .replace(/(.)([A-Z][a-z]+)/g, '$1_$2')
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase();
}

function storedIn(vars: H5Folder | null, layer: FlatLayer): readonly StoredWeight[] {
  if (vars === null) throw ownModelError('own-model-weights-mismatch', `none of the layer "${layer.config.layer}"`);
  return [...vars.names]
    .sort((a, b) => Number(a) - Number(b))
    .map((name) => {
      const found = vars.values(name);
      if (found === null) throw ownModelError('own-model-damaged', `weight ${name} of the layer "${layer.config.layer}"`);
      return { name, shape: found.shape, values: () => found.values() };
    });
}
