import { expect, test } from 'vitest';
import { VGG16 } from '../../domain/network';
import { convolutionNumber, nextConvolution } from './follow-layers';

test('convolution after convolution, pools passed over', () => {
  expect(nextConvolution(VGG16, 'block1_conv2')).toBe('block2_conv1');
  expect(nextConvolution(VGG16, 'block1_pool')).toBe('block2_conv1');
  expect(nextConvolution(VGG16, 'block5_conv3')).toBeNull();
  expect(convolutionNumber(VGG16, 'block2_conv1')).toEqual([3, 13]);
  expect(convolutionNumber(VGG16, 'block2_pool')).toBeNull();
});
