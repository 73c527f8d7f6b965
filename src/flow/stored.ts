import { DIARY_DATABASE } from '../diary/diary-shelf';
import type { StoredFacts, StoredItem } from '../domain/stored';
import { OWN_MODELS_DATABASE } from '../pwa/own-model-shelf';
import type { FlowContext } from './flow-context';

/** What lies on the device, for the person to see and to remove. None rejects. */
export function createStoredUseCases({ store, storedData, diary, ownModels }: FlowContext, rereadPreferences: () => void) {
  /** Databases of the app's own can be looked into. */
  async function measure(item: StoredItem): Promise<StoredItem> {
    if (item.name === OWN_MODELS_DATABASE) {
      const models = await ownModels.list().catch(() => null);
      const bytes = models === null ? null : models.reduce((sum, model) => sum + model.bytes, 0);
      return { ...item, kind: 'own-models', files: models?.length ?? null, bytes };
    }
    if (item.name !== DIARY_DATABASE) return item;
    const size = await diary.measure().catch(() => null);
    return { ...item, kind: 'diary', files: size?.entries ?? null, bytes: size?.bytes ?? null };
  }

  async function describe(): Promise<StoredFacts> {
    const facts = await storedData.describe();
    return { ...facts, items: await Promise.all(facts.items.map(measure)) };
  }

  async function describeStored(): Promise<void> {
    const facts = await describe();
    store.setState({ stored: { facts, left: store.getState().stored?.left ?? null } });
  }

  /** Removes everything; the page goes on with what it has in memory, and keeps nothing until it is loaded anew. */
  async function clearStored(): Promise<void> {
    const left = await storedData.clear();
    rereadPreferences();
    const engine = { ...store.getState().engine, times: null };
    const own = { ...store.getState().own, kept: [] };
    store.setState({ engine, own, offline: { state: 'not-ready', error: null }, stored: { facts: await describe(), left } });
  }

  return { describeStored, clearStored };
}
