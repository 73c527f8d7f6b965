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

/** Max pools, 2x2, stride 2: each halves the side of its block's last convolution. */
export const POOL_LAYERS = [
  { name: 'block1_pool', of: 'block1_conv2', side: 64, channels: 64 },
  { name: 'block2_pool', of: 'block2_conv2', side: 32, channels: 128 },
  { name: 'block3_pool', of: 'block3_conv3', side: 16, channels: 256 },
  { name: 'block4_pool', of: 'block4_conv3', side: 8, channels: 512 },
  { name: 'block5_pool', of: 'block5_conv3', side: 4, channels: 512 },
] as const;

type PoolLayerName = (typeof POOL_LAYERS)[number]['name'];
export type MapLayerName = ConvLayerName | PoolLayerName;

export interface MapLayer {
  readonly name: MapLayerName;
  readonly side: number;
  readonly channels: number;
}

/** Every layer with maps, in the network's order: the photo's way through it. */
export const MAP_LAYERS: readonly MapLayer[] = CONV_LAYERS.flatMap((conv): readonly MapLayer[] => {
  const pool = POOL_LAYERS.find(({ of }) => of === conv.name);
  return pool === undefined ? [conv] : [conv, pool];
});

/** Units of the first dense layer. */
export const DENSE_UNITS = 256;

/** Weights and biases of the whole network, dense layers included. */
export const PARAMETERS = 16_812_353;

export function isConvLayerName(value: unknown): value is ConvLayerName {
  return CONV_LAYERS.some((layer) => layer.name === value);
}

export function isMapLayerName(value: unknown): value is MapLayerName {
  return MAP_LAYERS.some((layer) => layer.name === value);
}

export function mapLayer(name: MapLayerName): MapLayer {
  const layer = MAP_LAYERS.find((l) => l.name === name);
  if (layer === undefined) throw new RangeError(`no layer ${name}`);
  return layer;
}
