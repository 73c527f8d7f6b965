import { describe, expect, it, test } from 'vitest';
import {
  convolutionBehind,
  convolutionsOf,
  findLayer,
  hasClosedFormHead,
  inputLength,
  isConvolution,
  layerBeside,
  startLayer,
  VGG16,
  vggShape,
} from './network';

/** Three convolutions of 32 px and one head. */
const SMALL = vggShape(32, {
  blocks: [
    { convolutions: 1, channels: 4 },
    { convolutions: 2, channels: 6 },
  ],
  dense: [5, 1],
});

test('VGG16 is the network of the tutorial', () => {
  expect(VGG16.parameters).toBe(16_812_353);
  expect(convolutionsOf(VGG16)).toHaveLength(13);
  expect(convolutionsOf(VGG16).reduce((sum, { channels }) => sum + channels, 0)).toBe(4224);
  expect(VGG16.layers.map(({ name }) => name).slice(0, 4)).toEqual([
    'block1_conv1',
    'block1_conv2',
    'block1_pool',
    'block2_conv1',
  ]);
  expect(VGG16.layers.at(-1)).toEqual({ name: 'block5_pool', kind: 'pool', block: 5, side: 4, channels: 512 });
  expect(startLayer(VGG16).name).toBe('block2_conv1');
  expect(inputLength(VGG16)).toBe(128 * 128 * 3);
});

test('another shape follows the same rules', () => {
  expect(SMALL.layers.map(({ name, side, channels }) => [name, side, channels])).toEqual([
    ['block1_conv1', 32, 4],
    ['block1_pool', 16, 4],
    ['block2_conv1', 16, 6],
    ['block2_conv2', 16, 6],
    ['block2_pool', 8, 6],
  ]);
  // (9 * 3 + 1) * 4 + (9 * 4 + 1) * 6 + (9 * 6 + 1) * 6 + (8 * 8 * 6 + 1) * 5 + (5 + 1) * 1
  expect(SMALL.parameters).toBe(112 + 222 + 330 + 1925 + 6);
  expect(() =>
    vggShape(30, { blocks: SMALL.layers.slice(0, 2).map(() => ({ convolutions: 1, channels: 1 })), dense: [1] }),
  ).toThrow('halved 2 times');
});

describe('finding a layer', () => {
  it('by name, beside another, behind a pool', () => {
    expect(findLayer(SMALL, 'block9')).toBeNull();
    expect(findLayer(SMALL, null)).toBeNull();
    expect(isConvolution(SMALL, 'block1_pool')).toBe(false);
    expect(isConvolution(SMALL, 'block1_conv1')).toBe(true);
    expect(layerBeside(VGG16, 'block1_conv2', 1)).toBe('block1_pool');
    expect(layerBeside(VGG16, 'block2_conv1', -1)).toBe('block1_pool');
    expect(layerBeside(VGG16, 'block1_conv1', -1)).toBeNull();
    expect(layerBeside(VGG16, 'block5_pool', 1)).toBeNull();
    expect(convolutionBehind(SMALL, 'block2_pool').name).toBe('block2_conv2');
    expect(convolutionBehind(SMALL, 'block2_conv1').name).toBe('block2_conv1');
    expect(() => convolutionBehind(SMALL, 'flatten')).toThrow('no layer flatten');
  });
});

test('a head has a closed form or not', () => {
  expect(hasClosedFormHead(VGG16)).toBe(true);
  expect(hasClosedFormHead({ ...VGG16, dense: [256, 64, 1] })).toBe(false);
  expect(hasClosedFormHead({ ...VGG16, dense: [256, 7] })).toBe(false);
});
