/**
 * A network's shape: what of it can be shown, and where its score comes from. Which layers there are, how many and how large
 * is said here only; it travels with the model's manifest.
 */

/** A layer whose maps can be shown. */
export interface MapLayer {
  readonly name: string;
  /**
   * conv: 3x3, stride 1, 'same', ReLU. pool: max, 2x2, stride 2, of the layer before it. Of a general network conv is any
   * convolution, other anything else that has maps.
   */
  readonly kind: 'conv' | 'pool' | 'other';
  /** Which block of the network it belongs to, from 1. */
  readonly block: number;
  /** Of its maps, in cells. */
  readonly side: number;
  readonly channels: number;
}

export interface NetworkShape {
  /** The square picture that the network sees. */
  readonly input: { readonly side: number; readonly channels: number };
  /** In the order of the photo's way through them. */
  readonly layers: readonly MapLayer[];
  /** Units of each dense layer after the last one of `layers`, which is flattened; the last gives the logit. */
  readonly dense: readonly number[];
  /** Weights and biases of the whole network, dense layers included. */
  readonly parameters: number;
  /** A person's own: layers of any kind, of which only the maps are known, not what leads from one to the next. */
  readonly isGeneral?: boolean;
}

/** What a manifest says of a network of this family (Simonyan and Zisserman 2015, arXiv:1409.1556). */
export interface VggBlocks {
  readonly blocks: readonly { readonly convolutions: number; readonly channels: number }[];
  readonly dense: readonly number[];
}

const KERNEL = 3 * 3;
const COLOURS = 3;

/**
 * Blocks of convolutions, each ended by a pool that halves the side, then dense layers.
 * @param side - of the input, in pixels; halved as often as there are blocks it must stay whole.
 * @throws RangeError where it does not.
 */
export function vggShape(side: number, { blocks, dense }: VggBlocks): NetworkShape {
  const layers: MapLayer[] = [];
  let parameters = 0;
  let inputs = COLOURS;
  let now = side;
  blocks.forEach(({ convolutions, channels }, i) => {
    const block = i + 1;
    for (let k = 1; k <= convolutions; k++) {
      layers.push({ name: `block${block}_conv${k}`, kind: 'conv', block, side: now, channels });
      parameters += (KERNEL * inputs + 1) * channels;
      inputs = channels;
    }
    now /= 2;
    if (!Number.isInteger(now)) throw new RangeError(`a side of ${side} cannot be halved ${block} times`);
    layers.push({ name: `block${block}_pool`, kind: 'pool', block, side: now, channels });
  });
  let units = now * now * inputs;
  for (const next of dense) {
    parameters += (units + 1) * next;
    units = next;
  }
  return { input: { side, channels: COLOURS }, layers, dense, parameters };
}

/** The network that ships: 13 convolutions, 16,812,353 parameters. */
export const VGG16 = vggShape(128, {
  blocks: [
    { convolutions: 2, channels: 64 },
    { convolutions: 2, channels: 128 },
    { convolutions: 3, channels: 256 },
    { convolutions: 3, channels: 512 },
    { convolutions: 3, channels: 512 },
  ],
  dense: [256, 1],
});

/** null: there is no such layer. */
/** Whether both have a layer of that name with maps of the same size, as many of them. */
export function sharesLayer(one: NetworkShape, other: NetworkShape, name: string): boolean {
  const [a, b] = [findLayer(one, name), findLayer(other, name)];
  return a !== null && b !== null && a.side === b.side && a.channels === b.channels;
}

export function findLayer({ layers }: NetworkShape, name: string | null): MapLayer | null {
  return layers.find((layer) => layer.name === name) ?? null;
}

/** @throws RangeError if there is no such layer. */
export function layerOf(network: NetworkShape, name: string): MapLayer {
  const layer = findLayer(network, name);
  if (layer === null) throw new RangeError(`no layer ${name}`);
  return layer;
}

/** The convolutions, in the network's order. */
export function convolutionsOf({ layers }: NetworkShape): readonly MapLayer[] {
  return layers.filter(({ kind }) => kind === 'conv');
}

export function isConvolution(network: NetworkShape, name: string | null): boolean {
  return findLayer(network, name)?.kind === 'conv';
}

/** The convolution itself, or the one that a pool takes its maxima from. @throws RangeError if there is no such layer. */
export function convolutionBehind(network: NetworkShape, name: string): MapLayer {
  const layer = layerOf(network, name);
  const at = network.layers.indexOf(layer);
  const conv = layer.kind !== 'pool' ? layer : network.layers.slice(0, at).findLast(({ kind }) => kind === 'conv');
  if (conv === undefined) throw new RangeError(`no convolution before ${name}`);
  return conv;
}

/** The layer so many steps further along the photo's way; null past either end. */
export function layerBeside({ layers }: NetworkShape, name: string, steps: 1 | -1): string | null {
  return layers[layers.findIndex((layer) => layer.name === name) + steps]?.name ?? null;
}

/** Values of the input picture: side * side * channels. */
export function inputLength({ input }: NetworkShape): number {
  return input.side * input.side * input.channels;
}

/**
 * Whether the logit's gradient at the last convolution is had in closed form (engine/head-gradient.ts): a pool, then two
 * dense layers.
 */
export function hasClosedFormHead({ layers, dense }: NetworkShape): boolean {
  return layers.at(-1)?.kind === 'pool' && layers.at(-2)?.kind === 'conv' && dense.length === 2 && dense[1] === 1;
}

/** Where the viewer begins: the first convolution of the second block, where edges have become patterns, if there is one. */
export function startLayer({ layers }: NetworkShape): MapLayer {
  const layer = layers.find(({ kind, block }) => kind === 'conv' && block === 2) ?? layers[0];
  if (layer === undefined) throw new RangeError('a network without layers');
  return layer;
}
