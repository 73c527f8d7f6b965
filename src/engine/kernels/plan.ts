/** How a network of this family is computed by the kernels: which method for which layer, and where everything lies in memory. */
import { LensError } from '../../domain/errors';
import type { MapLayer, NetworkShape } from '../../domain/network';
import type { ModelArtifacts } from '../model-artifacts';

/** The numbers of assembly/step.ts. */
const KINDS = {
  winograd4: 1,
  winograd2: 2,
  direct: 3,
  dense: 4,
  packWinograd4: 5,
  packWinograd2: 6,
  packColumns: 7,
  packHalves: 8,
  pool: 9,
  separate: 10,
} as const;
type Kind = keyof typeof KINDS;

/** The places of assembly/index.ts. */
export const HEAD = { helpers: 20, scratch: 24, scratchBytes: 28, steps: 1024 } as const;
const STEP_BYTES = 64;
const MAX_STEPS = 48;
const DATA_START = HEAD.steps + MAX_STEPS * STEP_BYTES;
/** Of a thread's scratch before the patch. */
const SCRATCH_HEAD = 2048;
const FLOAT = 4;
const HALF = 2;
/** What every address is a multiple of: a line of the cache. */
const LINE = 64;
const CELLS_A_CHUNK = 64;

/** Of numbers in one plane; as `planeOf` in assembly/winograd.ts. */
const planeBytes = (count: number): number => count * FLOAT + LINE;

export interface Step {
  readonly kind: Kind;
  readonly source: number;
  readonly target: number;
  readonly pool: number;
  readonly weights: number;
  readonly bias: number;
  readonly side: number;
  readonly inputs: number;
  readonly outputs: number;
  readonly chunk: number;
  readonly parts: number;
  readonly items: number;
  readonly relu: boolean;
  /** Of Winograd: inputs whose kernels are transformed at once, during the pass; 0: the weights are transformed already. */
  readonly block: number;
}

/** Where a layer's numbers lie in a run's slot. */
export interface Place {
  /** Bytes from the slot's start. */
  readonly at: number;
  /** Numbers. */
  readonly length: number;
}

/** A layer's weights on their way from the files into memory. */
export interface Packing {
  /** null: they are written as they are, in float32. */
  readonly step: Omit<Step, 'source'> | null;
  readonly spec: number;
  readonly target: number;
}

export interface KernelPlan {
  /** One for each convolution and each dense layer, in order, and for a pool that is not its convolution's work. */
  readonly steps: readonly Step[];
  /** Index of the step that computes a layer. */
  readonly stepOf: ReadonlyMap<string, number>;
  readonly input: Place;
  readonly maps: ReadonlyMap<string, Place>;
  readonly logit: Place;
  readonly packings: readonly Packing[];
  readonly slotBytes: number;
  readonly scratchBytes: number;
  /** Where the threads' scratch begins; the slots come after it. */
  readonly scratch: number;
}

/** Gives out addresses one after the other. */
class Shelf {
  end: number;
  constructor(start: number) {
    this.end = start;
  }
  take(bytes: number): number {
    const at = this.end;
    this.end = Math.ceil((at + bytes) / LINE) * LINE;
    return at;
  }
}

/** F(4x4) multiplies least; of a side of less than 8 cells most of its tiles would lie outside. Few channels leave nothing to save. */
function chooseMethod(side: number, inputs: number): 'winograd4' | 'winograd2' | 'direct' {
  if (inputs % 4 !== 0) return 'direct';
  return side >= 8 ? 'winograd4' : 'winograd2';
}

/** Of tiles computed at once: so many that their inputs and products stay in the second level of the cache. */
function chooseChunk(tiles: number): number {
  return Math.min(tiles, tiles >= 256 ? 24 : 36);
}

/**
 * Where tiles are few, all transformed weights of a layer would be read from memory for little work, several times the bytes of
 * the float16 that they are made of: so these are transformed piece by piece during the pass, and stay in the cache.
 */
function chooseBlock(chunks: number, inputs: number): number {
  return chunks <= 2 && inputs % 64 === 0 ? 64 : 0;
}

/** @throws LensError `model-invalid` where the kernels do not compute a network of this shape. */
function assertFits({ layers, input, dense }: NetworkShape): void {
  const odd = layers.find(({ channels, side }) => channels % 8 !== 0 || side % 2 !== 0);
  if (odd !== undefined) throw new LensError('model-invalid', `${odd.name} has a side or a number of maps that is not even`);
  if (input.side % 2 !== 0 || dense.length === 0) throw new LensError('model-invalid', 'not a shape that the kernels compute');
}

/** @throws LensError `model-invalid`. */
export function planNetwork(shape: NetworkShape): KernelPlan {
  assertFits(shape);
  const memory = new Shelf(DATA_START);
  const slot = new Shelf(0);
  const place = (length: number): Place => ({ at: slot.take(length * FLOAT), length });
  const input = place(shape.input.side ** 2 * shape.input.channels);
  const maps = new Map<string, Place>();
  const stepOf = new Map<string, number>();
  const steps: Step[] = [];
  const packings: Packing[] = [];
  let scratchBytes = 0;
  let source = input;
  let inputs = shape.input.channels;
  shape.layers.forEach((layer, i) => {
    if (layer.kind === 'pool') return;
    const next = shape.layers[i + 1];
    const target = place(layer.side ** 2 * layer.channels);
    const pooled = next?.kind === 'pool' ? place(next.side ** 2 * next.channels) : null;
    const made = planConvolution(layer, { source, target, pooled, inputs }, memory, packings);
    scratchBytes = Math.max(scratchBytes, made.scratchBytes);
    maps.set(layer.name, target);
    steps.push(made.step);
    stepOf.set(layer.name, steps.length - 1);
    if (pooled !== null) {
      maps.set(next!.name, pooled);
      if (made.step.kind === 'direct') steps.push(planPool(made.step, pooled));
      stepOf.set(next!.name, steps.length - 1);
    }
    source = pooled ?? target;
    inputs = layer.channels;
  });
  shape.dense.forEach((units, i) => {
    const step = planDense(source, place(Math.ceil(units / 8) * 8), units, i < shape.dense.length - 1, memory, packings);
    steps.push(step.step);
    source = step.target;
  });
  const logit = { at: source.at, length: shape.dense.at(-1)! };
  return { steps, stepOf, input, maps, logit, packings, slotBytes: slot.end, scratchBytes, scratch: memory.end };
}

interface ConvolutionPlaces {
  readonly source: Place;
  readonly target: Place;
  readonly pooled: Place | null;
  readonly inputs: number;
}

function planConvolution(
  { side, channels }: MapLayer,
  { source, target, pooled, inputs }: ConvolutionPlaces,
  memory: Shelf,
  packings: Packing[],
): { readonly step: Step; readonly scratchBytes: number } {
  const method = chooseMethod(side, inputs);
  const size = method === 'winograd4' ? 4 : method === 'winograd2' ? 2 : 0;
  const points = (size + 2) ** 2;
  const across = size === 0 ? side : Math.ceil(side / size);
  const chunk = size === 0 ? CELLS_A_CHUNK : chooseChunk(across ** 2);
  const chunks = Math.ceil(across ** 2 / chunk);
  const parts = size === 0 ? 1 : chooseParts(chunks, channels);
  const block = size === 0 ? 0 : chooseBlock(chunks, inputs);
  const k = method === 'direct' ? Math.ceil((9 * inputs) / 2) * 2 : inputs;
  const halves = 9 * inputs * channels * HALF;
  const weights = memory.take(size === 0 ? k * channels * FLOAT : block > 0 ? halves : points * planeBytes(k * channels));
  const bias = memory.take(channels * FLOAT);
  const spec = packings.length;
  const pack = packColumns(weights, size === 0 ? 9 * inputs : inputs, channels);
  const kind = size === 0 ? pack.kind : size === 4 ? 'packWinograd4' : 'packWinograd2';
  packings.push({
    spec,
    target: weights,
    step: block > 0 ? { ...pack, kind: 'packHalves', parts, items: parts } : { ...pack, kind },
  });
  packings.push({ spec: spec + 1, target: bias, step: null });
  const rows = Math.max(4, Math.ceil(chunk / 2) * 2);
  const columns = channels / parts;
  const scratchBytes =
    SCRATCH_HEAD +
    (size === 0
      ? rows * k * FLOAT
      : points * (inputs * FLOAT + planeBytes(rows * inputs) + planeBytes(rows * columns) + planeBytes(block * columns)));
  const step: Step = {
    kind: method,
    source: source.at,
    target: target.at,
    pool: method === 'direct' ? 0 : (pooled?.at ?? 0),
    weights,
    bias,
    side,
    inputs,
    outputs: channels,
    chunk,
    parts,
    items: chunks * parts,
    relu: true,
    block,
  };
  return { step, scratchBytes };
}

function planPool(convolution: Step, target: Place): Step {
  const { target: source, side } = convolution;
  return { ...convolution, kind: 'pool', source, target: target.at, pool: 0, items: side / 2 };
}

/** Enough pieces for the threads to share, each of whole blocks of 8 outputs. */
function chooseParts(chunks: number, channels: number): number {
  let parts = 1;
  while (chunks * parts < 8 && channels % (parts * 16) === 0 && channels / (parts * 2) >= 32) parts *= 2;
  return parts;
}

function planDense(source: Place, target: Place, units: number, relu: boolean, memory: Shelf, packings: Packing[]) {
  if (source.length % 4 !== 0) throw new LensError('model-invalid', `a dense layer of ${source.length} inputs`);
  const padded = target.length;
  const weights = memory.take(source.length * padded * FLOAT);
  const bias = memory.take(padded * FLOAT);
  const spec = packings.length;
  packings.push({ spec, target: weights, step: units % 8 === 0 ? packColumns(weights, source.length, units) : null });
  packings.push({ spec: spec + 1, target: bias, step: null });
  const step: Step = {
    kind: 'dense',
    source: source.at,
    target: target.at,
    pool: 0,
    weights,
    bias,
    side: 1,
    inputs: source.length,
    outputs: units,
    chunk: 1,
    parts: 1,
    items: padded / 8,
    relu,
    block: 0,
  };
  return { step, target };
}

function packColumns(target: number, inputs: number, outputs: number): Omit<Step, 'source'> {
  return looseStep('packColumns', target, inputs, outputs);
}

/** Takes eight outputs an item. */
function looseStep(kind: Kind, target: number, inputs: number, outputs: number): Omit<Step, 'source'> {
  return {
    kind,
    target,
    pool: 0,
    weights: 0,
    bias: 0,
    side: 1,
    inputs,
    outputs,
    chunk: 1,
    parts: 1,
    items: outputs / 8,
    relu: false,
    block: 0,
  };
}

/** Writes a step where the kernels read it. */
export function writeStep(memory: ArrayBufferLike, index: number, step: Step): void {
  if (index >= MAX_STEPS) throw new LensError('model-invalid', `more than ${MAX_STEPS} layers`);
  new Int32Array(memory, HEAD.steps + index * STEP_BYTES, STEP_BYTES / 4).set([
    KINDS[step.kind],
    step.source,
    step.target,
    step.pool,
    step.weights,
    step.bias,
    step.side,
    step.inputs,
    step.outputs,
    step.chunk,
    step.parts,
    step.items,
    Number(step.relu),
    step.block,
  ]);
}

/** Where a step lies that is no layer: after the network's. */
export const LOOSE_STEP = MAX_STEPS - 1;

/** Bytes of what is measured of four channels; as in assembly/separate.ts. */
const MEASURES_BYTES = 112;

/** Bytes of separated maps and what is measured of them. */
export function separatedBytes(cells: number, channels: number): number {
  return channels * cells * FLOAT + (channels / 4) * MEASURES_BYTES;
}

/** Separates a layer's maps. @param target - from the start of the memory; `separatedBytes` are written there. */
export function planSeparation({ side, channels }: MapLayer, source: Place, target: number): Step {
  return { ...looseStep('separate', target, side ** 2, channels), source: source.at, side };
}

/** What `planSeparation`'s step measured of one channel. */
export interface ChannelMeasures {
  readonly low: number;
  readonly high: number;
  readonly positives: number;
  readonly sum: number;
  readonly squares: number;
}

/** @param at - where the measures of all channels begin. */
export function readMeasures(memory: ArrayBufferLike, at: number, channel: number): ChannelMeasures {
  const four = at + (channel >> 2) * MEASURES_BYTES;
  const view = new DataView(memory, four, MEASURES_BYTES);
  const lane = channel & 3;
  return {
    low: view.getFloat32(4 * lane, true),
    high: view.getFloat32(16 + 4 * lane, true),
    positives: view.getInt32(32 + 4 * lane, true),
    sum: view.getFloat64(48 + 8 * lane, true),
    squares: view.getFloat64(80 + 8 * lane, true),
  };
}

const IDLE: ReadonlySet<string> = new Set(['InputLayer', 'Dropout', 'Flatten']);
/** By class: how a layer must be set so that the kernels compute it. */
const SETTINGS: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  Conv2D: { kernel_size: [3, 3], strides: [1, 1], padding: 'same', dilation_rate: [1, 1], activation: 'relu', use_bias: true },
  MaxPooling2D: { pool_size: [2, 2], strides: [2, 2], padding: 'valid' },
  Dense: { use_bias: true },
};

/** @throws LensError `model-invalid` where the files' layers are not the shape's, set as the kernels compute them. */
export function assertComputable({ topology, weightSpecs }: ModelArtifacts, { layers, dense, input }: NetworkShape): void {
  const { config } = topology['model_config'] as {
    config: { layers: { class_name: string; config: Record<string, unknown> }[] };
  };
  const working = config.layers.filter(({ class_name }) => !IDLE.has(class_name));
  const wanted = [
    ...layers.map(({ kind, name, channels }) => (kind === 'conv' ? `Conv2D ${name} ${channels}` : `MaxPooling2D ${name}`)),
    ...dense.map((units, i) => `Dense ${i < dense.length - 1 ? 'relu' : 'linear'} ${units}`),
  ];
  const found = working.map(({ class_name, config: set }) => {
    const { name, filters, activation, units } = set as Record<string, string | number>;
    if (class_name === 'Conv2D') return `Conv2D ${name} ${filters}`;
    return class_name === 'Dense' ? `Dense ${activation} ${units}` : `${class_name} ${name}`;
  });
  if (String(found) !== String(wanted)) throw new LensError('model-invalid', `the layers are ${found.join(', ')}`);
  for (const { class_name, config: set } of working) {
    for (const [key, value] of Object.entries(SETTINGS[class_name] ?? {})) {
      if (String(set[key]) !== String(value))
        throw new LensError('model-invalid', `${String(set['name'])}: ${key} is ${String(set[key])}`);
    }
  }
  let inputs = input.channels;
  const shapes: (readonly number[])[] = [];
  for (const { kind, channels } of layers) {
    if (kind === 'pool') continue;
    shapes.push([3, 3, inputs, channels], [channels]);
    inputs = channels;
  }
  inputs *= layers.at(-1)!.side ** 2;
  for (const units of dense) {
    shapes.push([inputs, units], [units]);
    inputs = units;
  }
  const had = weightSpecs.map(({ shape }) => shape);
  if (JSON.stringify(had) !== JSON.stringify(shapes))
    throw new LensError('model-invalid', 'the weights have other shapes than the layers');
}
