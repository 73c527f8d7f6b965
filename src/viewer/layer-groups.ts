import type { MapLayer, NetworkShape } from '../domain/network';

interface LayerGroup {
  /** From 1. */
  readonly block: number;
  /** Side of the block's maps, but for its pool, which halves it. */
  readonly side: number;
  readonly layers: readonly MapLayer[];
}

/** The convolutions and pools by the block they belong to, in the network's order. */
export function groupLayers({ layers }: NetworkShape): readonly LayerGroup[] {
  return [...new Set(layers.map(({ block }) => block))].map((block) => {
    const own = layers.filter((layer) => layer.block === block);
    return { block, side: own[0]?.side ?? 0, layers: own };
  });
}
