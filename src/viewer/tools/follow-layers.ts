import { CONV_LAYERS, MAP_LAYERS, isConvLayerName, type ConvLayerName, type MapLayerName } from '../../domain/network';

/** The layer so many steps further along the photo's way; null past either end. */
export function layerBeside(layer: MapLayerName, steps: 1 | -1): MapLayerName | null {
  return MAP_LAYERS[MAP_LAYERS.findIndex(({ name }) => name === layer) + steps]?.name ?? null;
}

/** The next convolution after a layer; null after the last. */
export function nextConvolution(layer: MapLayerName): ConvLayerName | null {
  const rest = MAP_LAYERS.slice(MAP_LAYERS.findIndex(({ name }) => name === layer) + 1);
  return rest.map(({ name }) => name).find(isConvLayerName) ?? null;
}

/** "5 of 13" for a convolution; null for a pool. */
export function convolutionNumber(layer: MapLayerName): string | null {
  const index = CONV_LAYERS.findIndex(({ name }) => name === layer);
  return index < 0 ? null : `${index + 1} of ${CONV_LAYERS.length}`;
}
