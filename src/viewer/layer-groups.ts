import { MAP_LAYERS, type MapLayer } from '../domain/network';

interface LayerGroup {
  /** 1-5. */
  readonly block: number;
  /** Side of the block's maps, but for its pool, which halves it. */
  readonly side: number;
  readonly layers: readonly MapLayer[];
}

/** The 13 convolutions and 5 pools by the block they belong to, in the network's order. */
export const LAYER_GROUPS: readonly LayerGroup[] = [1, 2, 3, 4, 5].map((block) => {
  const layers = MAP_LAYERS.filter(({ name }) => name.startsWith(`block${block}_`));
  return { block, side: layers[0]?.side ?? 0, layers };
});
