/** Configs as other versions write them; what Keras of today writes is read in read-own-model.test.ts. */
import { describe, expect, it } from 'vitest';
import type { Json } from './config';
import { parseOwnJson } from './config';
import { planNetwork } from './own-network';

const CONV = { class_name: 'Convolution2D', config: { name: 'conv', filters: 2, kernel_size: [3, 3] } };
const FLATTEN = { class_name: 'Flatten', config: { name: 'flatten' } };

function withConfig(layer: { readonly class_name: string; readonly config: object }, more: object): Json {
  return { ...layer, config: { ...layer.config, ...more } };
}

function shapesOf(model: Json): readonly (readonly [string, string])[] {
  return planNetwork(model).calls.map(({ kind, shape }) => [kind, shape.join('x')]);
}

const READ = [
  ['InputLayer', '8x8x3'],
  ['Conv2D', '6x6x2'],
  ['Flatten', '72'],
];

describe('Sequential', () => {
  it('a bare list, the shape in its first layer, as before Keras 2.2', () => {
    const config = [withConfig(CONV, { batch_input_shape: [null, 8, 8, 3] }), FLATTEN];
    expect(shapesOf({ class_name: 'Sequential', config })).toEqual(READ);
  });

  it('no InputLayer, the shape with what it was built', () => {
    const layers = [CONV, FLATTEN];
    for (const built of [{ build_input_shape: [null, 8, 8, 3] }, { build_config: { input_shape: [null, 8, 8, 3] } }]) {
      expect(shapesOf({ class_name: 'Sequential', config: { name: 'm', layers, ...built } })).toEqual(READ);
    }
    expect(() => shapesOf({ class_name: 'Sequential', config: { name: 'm', layers } })).toThrow('own-model-input');
  });

  it('a model in the first place, its shape in its own first layer', () => {
    const sequential = { class_name: 'Sequential', config: [withConfig(CONV, { batch_input_shape: [null, 8, 8, 3] })] };
    expect(shapesOf({ class_name: 'Sequential', config: { name: 'm', layers: [sequential, FLATTEN] } })).toEqual(READ);
  });
});

describe('Functional', () => {
  const input = {
    class_name: 'InputLayer',
    name: 'photo',
    config: { name: 'photo', batch_input_shape: [null, 8, 8, 3] },
    inbound_nodes: [],
  };
  const model = (layers: readonly object[], output = 'flatten'): Json => ({
    class_name: 'Model',
    config: { name: 'm', layers, input_layers: [['photo', 0, 0]], output_layers: [[output, 0, 0]] },
  });
  const conv = { ...CONV, name: 'conv', inbound_nodes: [[['photo', 0, 0]]] };
  const flatten = { ...FLATTEN, name: 'flatten', inbound_nodes: [[['conv', 0, 0, {}]]] };

  it('tensors of three parts, and layers before those that they need', () => {
    expect(shapesOf(model([flatten, conv, input]))).toEqual(READ);
  });

  it('a Sequential within, whose first call Keras 2 counts as the second', () => {
    const shape = { batch_input_shape: [null, 8, 8, 3] };
    const inner = { class_name: 'Sequential', config: { name: 'inner', layers: [withConfig(CONV, shape)] } };
    const called = { ...inner, name: 'inner', inbound_nodes: [[['photo', 0, 0, {}]]] };
    const end = { ...flatten, inbound_nodes: [[['inner', 1, 0, {}]]] };
    expect(shapesOf(model([input, called, end]))).toEqual(READ);
  });

  it('layers in a circle, or without what they need', () => {
    const circle = { ...conv, inbound_nodes: [[['flatten', 0, 0, {}]]] };
    expect(() => shapesOf(model([input, circle, flatten]))).toThrow('own-model-damaged');
    expect(() => shapesOf(model([input, conv, flatten], 'nothing'))).toThrow('own-model-damaged');
  });

  it('a layer that trains while it predicts, and numbers in another order', () => {
    const dropout = { class_name: 'Dropout', name: 'drop', config: { name: 'drop', rate: 0.5 } };
    const training = { ...dropout, inbound_nodes: [[['conv', 0, 0, { training: true }]]] };
    const end = { ...flatten, inbound_nodes: [[['drop', 0, 0, {}]]] };
    expect(() => shapesOf(model([input, conv, training, end]))).toThrow('training=True in the layer "drop"');
    const first = { ...FLATTEN, name: 'flatten', config: { name: 'flatten', data_format: 'channels_first' } };
    expect(() => shapesOf(model([input, conv, { ...first, inbound_nodes: flatten.inbound_nodes }]))).toThrow('channels_first');
  });

  it.each([null, {}, { class_name: 'Sequential' }, { class_name: 'Sequential', config: { layers: [{}] } }, { class_name: 3 }])(
    '%j is no model',
    (value) => expect(() => planNetwork(value as Json)).toThrow('own-model-damaged'),
  );
});

it('JSON as Python writes it', () => {
  expect(parseOwnJson('{"a": NaN, "b": [-Infinity, 1], "c": "NaN, x"}', 'x')).toEqual({ a: null, b: [null, 1], c: 'NaN, x' });
});
