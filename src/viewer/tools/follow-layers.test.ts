import { expect, test } from 'vitest';
import { convolutionNumber, layerBeside, nextConvolution } from './follow-layers';

test('layers beside, pools included, and none past the ends', () => {
  expect(layerBeside('block1_conv2', 1)).toBe('block1_pool');
  expect(layerBeside('block2_conv1', -1)).toBe('block1_pool');
  expect(layerBeside('block1_conv1', -1)).toBeNull();
  expect(layerBeside('block5_pool', 1)).toBeNull();
});

test('convolution after convolution, pools passed over', () => {
  expect(nextConvolution('block1_conv2')).toBe('block2_conv1');
  expect(nextConvolution('block1_pool')).toBe('block2_conv1');
  expect(nextConvolution('block5_conv3')).toBeNull();
  expect(convolutionNumber('block2_conv1')).toBe('3 of 13');
  expect(convolutionNumber('block2_pool')).toBeNull();
});
