import { convolutionsOf, type NetworkShape } from '../../domain/network';

/** The next convolution after a layer; null after the last. */
export function nextConvolution({ layers }: NetworkShape, layer: string): string | null {
  const rest = layers.slice(layers.findIndex(({ name }) => name === layer) + 1);
  return rest.find(({ kind }) => kind === 'conv')?.name ?? null;
}

/** Which of how many convolutions a layer is, 5 and 13 for instance; null for a pool. */
export function convolutionNumber(network: NetworkShape, layer: string): readonly [number, number] | null {
  const convolutions = convolutionsOf(network);
  const index = convolutions.findIndex(({ name }) => name === layer);
  return index < 0 ? null : [index + 1, convolutions.length];
}
