/** tfjs graph models: operations and constants, as the converter makes them of a SavedModel. Pure; run by tfjs/own-graph.ts. */
import { array, looseObject, nullish, string, union, number, record, unknown, type InferOutput } from 'valibot';
import type { ModelFile, OwnOutput } from '../../domain/own-model';
import { checkSchema } from '../../domain/schema';
import { isList, isObject, type Json } from './config';
import { assertFinite } from './match-weights';
import { ownModelError } from './own-error';
import { sizeOf } from './own-network';
import { readTfjsWeights, type TfjsWeight } from './tfjs-layers';

const NODE = looseObject({
  name: string(),
  op: string(),
  input: nullish(array(string())),
  attr: nullish(record(string(), unknown())),
});
const TOPOLOGY = looseObject({ node: array(NODE) });
const DIM = looseObject({ size: nullish(union([string(), number()])) });

export type GraphNode = InferOutput<typeof NODE>;

/** An operation that computes. */
export interface GraphOperation {
  readonly node: string;
  /** For people: the layer that it is the last operation of, else its own name. Unique. */
  readonly name: string;
  readonly op: string;
  /** False: another operation of the same layer comes after it. */
  readonly isLayer: boolean;
  /** Numbers among its constants. */
  readonly parameters: number;
}

export interface GraphParts {
  readonly json: Json;
  readonly weights: readonly TfjsWeight[];
  readonly name: string;
  readonly input: { readonly node: string; readonly height: number; readonly width: number; readonly channels: 1 | 3 };
  readonly output: { readonly node: string; readonly activation: OwnOutput['activation'] };
  /** Each after those whose outputs it takes. */
  readonly operations: readonly GraphOperation[];
}

export function isGraph(json: Json): boolean {
  const topology = json['modelTopology'];
  return isObject(topology) && isList(topology['node']);
}

const NOT_COMPUTED: ReadonlySet<string> = new Set(['Const', 'Placeholder', 'Identity', 'NoOp', 'PlaceholderWithDefault']);
export const GRAPH_CONVOLUTIONS: ReadonlySet<string> = new Set([
  'Conv2D',
  '_FusedConv2D',
  'DepthwiseConv2dNative',
  'FusedDepthwiseConv2dNative',
  'Conv2DBackpropInput',
]);
const RECURRENT = /^(While|StatelessWhile|LoopCond|Enter|Exit|NextIteration|TensorList.*|If|StatelessIf|Switch|Merge)$/;

/** @throws LensError for everything that is wrong with it. */
export async function readTfjsGraph(json: Json, files: readonly ModelFile[]): Promise<GraphParts> {
  const checked = checkSchema(TOPOLOGY, json['modelTopology'], 'modelTopology');
  if (!checked.ok) throw ownModelError('own-model-damaged', checked.fault);
  const nodes = inOrder(checked.value.node);
  const refused = nodes.find(({ op }) => RECURRENT.test(op));
  if (refused !== undefined) throw ownModelError('own-model-layer-unsupported', `${refused.op} in "${refused.name}"`);
  if (!nodes.some(({ op }) => GRAPH_CONVOLUTIONS.has(op))) throw ownModelError('own-model-no-maps');
  const [input, output] = [inputOf(nodes), outputOf(nodes, json)];
  const weights = await readTfjsWeights(json, files);
  for (const weight of weights) if (weight.dtype === 'float32') assertFinite(weight.values(), `in "${weight.name}"`);
  return { json, weights, input, output, ...listOperations(nodes, weights) };
}

/** "a:0" and "^a" name the node "a". */
function nodeNamed(name: string): string {
  return name.replace(/^\^/, '').replace(/:\d+$/, '');
}

/** Each after those whose outputs it takes. */
function inOrder(nodes: readonly GraphNode[]): readonly GraphNode[] {
  const waiting = new Map(nodes.map((node) => [node.name, node]));
  const done = new Set<string>();
  const ordered: GraphNode[] = [];
  while (waiting.size > 0) {
    const before = waiting.size;
    for (const [name, node] of waiting) {
      const inputs = (node.input ?? []).map(nodeNamed);
      if (inputs.some((input) => !done.has(input))) continue;
      ordered.push(node);
      done.add(name);
      waiting.delete(name);
    }
    if (waiting.size === before) throw ownModelError('own-model-damaged', `no inputs of "${[...waiting.keys()][0]!}"`);
  }
  return ordered;
}

function inputOf(nodes: readonly GraphNode[]): GraphParts['input'] {
  const places = nodes.filter(({ op }) => op === 'Placeholder');
  const [place] = places;
  const shape = isObject(place?.attr?.['shape']) ? place.attr['shape']['shape'] : null;
  const checked = checkSchema(looseObject({ dim: array(DIM) }), shape, 'shape');
  const sizes = checked.ok ? checked.value.dim.map(({ size }) => Number(size ?? 0)) : [];
  const [, height = 0, width = 0, channels = 0] = sizes;
  if (places.length !== 1 || sizes.length !== 4 || height < 1 || width < 1 || (channels !== 3 && channels !== 1)) {
    throw ownModelError('own-model-input', places.length === 1 ? `[${sizes.join(', ')}]` : `${places.length} inputs`);
  }
  return { node: place!.name, height, width, channels };
}

function outputOf(nodes: readonly GraphNode[], json: Json): GraphParts['output'] {
  const used = new Set(nodes.flatMap(({ input }) => (input ?? []).map(nodeNamed)));
  const signature = isObject(json['signature']) ? json['signature']['outputs'] : null;
  const named = isObject(signature)
    ? Object.values(signature).map((output) => nodeNamed(String(isObject(output) ? output['name'] : '')))
    : nodes.filter(({ name, op }) => !used.has(name) && op !== 'Const' && op !== 'NoOp').map(({ name }) => name);
  const byName = new Map(nodes.map((node) => [node.name, node]));
  if (named.length !== 1 || !byName.has(named[0]!)) throw ownModelError('own-model-output', `${named.length} outputs`);
  let at = byName.get(named[0]!)!;
  while (['Identity', 'Reshape', 'Squeeze'].includes(at.op)) {
    const from = byName.get(nodeNamed(at.input?.[0] ?? ''));
    if (from === undefined) break;
    at = from;
  }
  const last = [at.op, ...fusedIn(at)].at(-1);
  return { node: named[0]!, activation: last === 'Sigmoid' ? 'sigmoid' : last === 'Softmax' ? 'softmax' : 'linear' };
}

/** What the converter has joined with an operation, for instance ["BiasAdd", "Sigmoid"]; the file has it in base64. */
function fusedIn({ attr }: GraphNode): readonly string[] {
  const fused = attr?.['fused_ops'];
  const list = isObject(fused) && isObject(fused['list']) ? fused['list']['s'] : null;
  return isList(list) ? list.map((name) => atob(String(name))) : [];
}

/**
 * The converter names operations by their layers: "StatefulPartitionedCall/resnet/conv1/BiasAdd". What all have in common at
 * the beginning, and the last part, say nothing.
 */
function listOperations(nodes: readonly GraphNode[], weights: readonly TfjsWeight[]): Pick<GraphParts, 'name' | 'operations'> {
  const computed = nodes.filter(({ op }) => !NOT_COMPUTED.has(op));
  const paths = computed.map(({ name }) => name.split('/'));
  let common = 0;
  while (paths.every((path) => path.length > common + 1 && path[common] === paths[0]![common])) common++;
  const layers = paths.map((path) => path.slice(common, -1).join('/') || path.at(-1)!);
  const sizes = new Map(weights.filter(({ dtype }) => dtype === 'float32').map(({ name, shape }) => [name, sizeOf(shape)]));
  const counted = new Set<string>();
  const operations = computed.map(({ name: node, op, input }, at): GraphOperation => {
    const isLayer = !layers.includes(layers[at]!, at + 1);
    const constants = (input ?? []).map(nodeNamed).filter((from) => sizes.has(from) && !counted.has(from));
    constants.forEach((from) => counted.add(from));
    const parameters = constants.reduce((sum, from) => sum + sizes.get(from)!, 0);
    return { node, name: isLayer ? layers[at]! : node, op, isLayer, parameters };
  });
  const prefix = paths[0]?.slice(0, common).filter((part) => !/PartitionedCall$/.test(part)) ?? [];
  return { name: prefix.at(-1) ?? 'model', operations };
}
