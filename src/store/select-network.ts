import { VGG16, type NetworkShape } from '../domain/network';
import type { AppState } from './app-state';

/** Of the model that is ready; until then and after a failure of what is on the screen, else of the one that ships. */
export function selectNetwork({ model, photos }: AppState): NetworkShape {
  if (model.state === 'ready') return model.facts.manifest.network;
  return (photos.a.result ?? photos.b.result)?.manifest.network ?? VGG16;
}
