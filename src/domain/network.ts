/** The network's shape, as the tutorial shows it. All convolutions are 3x3, stride 1, 'same', ReLU. */

/** Side of the square picture that the network sees, in pixels. */
export const INPUT_PX = 128;

export const CONV_LAYERS = [
  { name: 'block1_conv1', side: 128, channels: 64 },
  { name: 'block1_conv2', side: 128, channels: 64 },
  { name: 'block2_conv1', side: 64, channels: 128 },
  { name: 'block2_conv2', side: 64, channels: 128 },
  { name: 'block3_conv1', side: 32, channels: 256 },
  { name: 'block3_conv2', side: 32, channels: 256 },
  { name: 'block3_conv3', side: 32, channels: 256 },
  { name: 'block4_conv1', side: 16, channels: 512 },
  { name: 'block4_conv2', side: 16, channels: 512 },
  { name: 'block4_conv3', side: 16, channels: 512 },
  { name: 'block5_conv1', side: 8, channels: 512 },
  { name: 'block5_conv2', side: 8, channels: 512 },
  { name: 'block5_conv3', side: 8, channels: 512 },
] as const;

export type ConvLayerName = (typeof CONV_LAYERS)[number]['name'];

/** Weights and biases of the whole network, dense layers included. */
export const PARAMETERS = 16_812_353;

export function isConvLayerName(value: unknown): value is ConvLayerName {
  return CONV_LAYERS.some((layer) => layer.name === value);
}
