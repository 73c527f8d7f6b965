import type { ComponentType } from 'react';
import { LensError } from '../../domain/errors';

let card: ComponentType | null = null;

/** null: its file is not there yet. */
export function loadedTutorialCard(): ComponentType | null {
  return card;
}

/** @returns LensError `app-part-missing` where its file cannot be had, else null. */
export async function loadTutorialCard(): Promise<LensError | null> {
  try {
    card = (await import('./TutorialCard')).TutorialCard;
    return null;
  } catch (error) {
    return new LensError('app-part-missing', error instanceof Error ? error.message : String(error));
  }
}
