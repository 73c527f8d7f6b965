import { expect, test } from 'vitest';
import { VGG16 } from '../../domain/network';
import { networkRows } from './network-rows';

test('lists all 23 layers and adds up to the parameters that ship', () => {
  const rows = networkRows(VGG16);
  expect(rows).toHaveLength(23);
  expect(rows.reduce((sum, { parameters }) => sum + parameters, 0)).toBe(VGG16.parameters);
});

test('names layers as Keras does and puts each pool behind its block', () => {
  const names = networkRows(VGG16).map(({ name }) => name);
  expect(names.slice(0, 5)).toEqual(['input_1', 'block1_conv1', 'block1_conv2', 'block1_pool', 'block2_conv1']);
  expect(names.slice(-5)).toEqual(['block5_pool', 'flatten', 'dense', 'dropout', 'dense_1']);
});

test('counts each part as the tutorial does', () => {
  const parameters = new Map(networkRows(VGG16).map((row) => [row.name, row.parameters]));
  expect(parameters.get('block1_conv1')).toBe(1792);
  expect(parameters.get('block4_conv1')).toBe(1_180_160);
  expect((parameters.get('dense') ?? 0) + (parameters.get('dense_1') ?? 0)).toBe(2_097_665);
});
