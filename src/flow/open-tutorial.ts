import type { SyntheticLesionKind } from '../domain/synthetic-lesion';
import type { Slot } from '../store/app-state';
import type { FlowContext } from './flow-context';

/** The views of the tutorial that this app grew from, in its order. */
const TUTORIAL_STEPS = {
  mosaic: { layer: 'block2_conv1', filter: 49 },
  filters: { layer: 'block2_conv1', filter: 94 },
  deep: { layer: 'block3_conv3', filter: null },
} as const satisfies Record<string, { readonly layer: string; readonly filter: number | null }>;

type TutorialStep = keyof typeof TUTORIAL_STEPS;

interface TutorialNeeds {
  readonly analyseSample: (kind: SyntheticLesionKind, slot: Slot) => Promise<void>;
  readonly show: (layer: string, filter: number | null) => Promise<void>;
}

/** Opens one of the tutorial's views of two photos side by side; where a photo is missing a drawn sample takes its place. */
export function createTutorialUseCase({ store }: FlowContext, { analyseSample, show }: TutorialNeeds) {
  return async function openTutorial(step: TutorialStep): Promise<void> {
    const { layer, filter } = TUTORIAL_STEPS[step];
    store.setState({
      view: { ...store.getState().view, layout: 'mosaic', scale: 'tutorial', photos: 'both', order: 'index', hideDead: false },
    });
    await show(layer, filter);
    if (store.getState().photos.a.result === null) await analyseSample('regular', 'a');
    // A photo of the person's own, or the other sample: never the same picture twice.
    const other = store.getState().photos.a.result?.origin === 'irregular' ? 'regular' : 'irregular';
    if (store.getState().photos.b.result === null) await analyseSample(other, 'b');
  };
}
