/** Layers and operations that make one output of several inputs, or of an input and a constant. */
import type { LayerConfig, Shape } from './config';
import type { CallExtras } from './flat-graph';
import type { LayerKind } from './layer-kinds';
import { channelPickOf, constantOf, type ChannelPick } from './operations';
import { refuseLayer } from './own-error';

/** The shape that two shapes broadcast to, as numpy's. */
function broadcast(config: LayerConfig, inputs: readonly Shape[]): Shape {
  const rank = Math.max(...inputs.map(({ length }) => length));
  return Array.from({ length: rank }, (_, i) => {
    const sizes = inputs.map((shape) => shape[shape.length - rank + i] ?? 1);
    const size = Math.max(...sizes);
    if (sizes.some((n) => n !== size && n !== 1)) throw config.fault('the inputs');
    return size;
  });
}

/** An input by its place among the call's tensors, or a constant: one number, or one for each channel. */
export type Operand = { readonly input: number } | { readonly constant: readonly number[] };

/** Of a call of an operation: tensors and constants in their order. @throws LensError for other constants. */
export function operandsOf(config: LayerConfig, inputs: number, { constants }: CallExtras): readonly Operand[] {
  let next = 0;
  return Array.from({ length: inputs + constants.length }, (_, at): Operand => {
    const given = constants.find((constant) => constant.at === at);
    if (given === undefined) return { input: next++ };
    return { constant: constantOf(given.value) ?? refuseLayer('a constant of many rows', config.layer) };
  });
}

export const merge: LayerKind = {
  shape(config, inputs, extras) {
    const shapes = operandsOf(config, inputs.length, extras).map((operand) =>
      'input' in operand ? inputs[operand.input]! : [operand.constant.length],
    );
    if (shapes.length < 2) throw config.fault('the inputs');
    return broadcast(config, shapes);
  },
};

/** Of two alone. */
export const mergeTwo: LayerKind = {
  shape(config, inputs, extras) {
    if (inputs.length + extras.constants.length !== 2) throw config.fault('the inputs');
    return merge.shape(config, inputs, extras);
  },
};

export const getItem: LayerKind = {
  shape(config, [input], extras) {
    const pick = pickOf(config, extras);
    if (typeof pick === 'number' && (pick >= input!.at(-1)! || pick < -input!.at(-1)!)) throw config.fault('the slice');
    return pick === 'reversed' ? input! : input!.slice(0, -1);
  },
};

export function pickOf(config: LayerConfig, { options, constants }: CallExtras): ChannelPick {
  return channelPickOf(options['slice_spec'] ?? constants[0]?.value) ?? refuseLayer('a slice', config.layer);
}

export const stack: LayerKind = {
  shape(config, inputs) {
    if (config.number('axis', 0) !== -1) refuseLayer('a stack along another axis than the last', config.layer);
    if (inputs.some((shape) => String(shape) !== String(inputs[0]))) throw config.fault('the inputs');
    return [...inputs[0]!, inputs.length];
  },
};

export const concatenate: LayerKind = {
  shape(config, inputs) {
    const axis = concatenateAxis(config, inputs[0]!.length);
    return inputs[0]!.map((size, i) => (i === axis ? inputs.reduce((sum, shape) => sum + shape[i]!, 0) : size));
  },
};

/** Without the batch, from 0. */
export function concatenateAxis(config: LayerConfig, rank: number): number {
  const [axis] = config.integers('axis', [-1]);
  const place = axis! < 0 ? rank + axis! : axis! - 1;
  if (place < 0 || place >= rank) throw config.fault('axis');
  return place;
}
