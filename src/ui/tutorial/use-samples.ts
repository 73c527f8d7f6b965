import type { LayerMaps } from '../../domain/analysis';
import { SLOTS, type AnalysisFacts, type Slot } from '../../store/app-state';
import { useApp, useAppState } from '../app-context';

export interface Sample {
  readonly slot: Slot;
  readonly result: AnalysisFacts;
  /** Of the layer asked for; null while it is being read. */
  readonly maps: LayerMaps | null;
}

/** The tutorial's pictures, as far as they are analysed. @param layer - null: no maps are needed. */
export function useSamples(layer: string | null = null): readonly Sample[] {
  const { cache } = useApp();
  const photos = useAppState((state) => state.photos);
  return SLOTS.flatMap((slot): readonly Sample[] => {
    const { result } = photos[slot];
    return result === null ? [] : [{ slot, result, maps: layer === null ? null : cache.layer(result.runId, layer) }];
  });
}
