import { CONV_LAYERS } from '../domain/network';

export interface LayerGroup {
  /** 1-5. */
  readonly block: number;
  /** Side of the block's maps. */
  readonly side: number;
  readonly layers: readonly (typeof CONV_LAYERS)[number][];
}

/** The 13 convolutions by the block they belong to, in the network's order. */
export const LAYER_GROUPS: readonly LayerGroup[] = [1, 2, 3, 4, 5].map((block) => {
  const layers = CONV_LAYERS.filter(({ name }) => name.startsWith(`block${block}_`));
  return { block, side: layers[0]?.side ?? 0, layers };
});
