import type { AppState } from './app-state';

/** What the tutorial shows, in its order. */
export const TUTORIAL_STEPS = ['lesions', 'network', 'filter', 'maps', 'filters', 'deep', 'mute', 'score'] as const;
export type TutorialStep = (typeof TUTORIAL_STEPS)[number];

/** What the tutorial takes off the screen. */
export type KeptScreen = Pick<
  AppState,
  'photos' | 'part' | 'view' | 'mapsError' | 'pins' | 'experiment' | 'ranking' | 'occlusion' | 'leaning' | 'liking'
>;

/** The tutorial under way. Meanwhile the two slots hold its samples. */
export interface TutorialFacts {
  /** Place in `TUTORIAL_STEPS`. */
  readonly at: number;
  /** The person's own screen, which comes back as it was. */
  readonly kept: KeptScreen;
}

/** The person's own view, whatever the tutorial shows: what the address names. */
export function selectOwnView({ tutorial, view }: AppState): AppState['view'] {
  return tutorial?.kept.view ?? view;
}

/** Why the tutorial cannot begin now. `other-model`: its words are about the model that ships. `busy`: something is computed. */
export type TutorialHindrance = 'other-model' | 'busy';
