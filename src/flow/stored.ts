import type { FlowContext } from './flow-context';

/** What lies on the device, for the person to see and to remove. None rejects. */
export function createStoredUseCases({ store, storedData }: FlowContext, rereadPreferences: () => void) {
  async function describeStored(): Promise<void> {
    store.setState({ stored: { facts: await storedData.describe(), left: store.getState().stored?.left ?? null } });
  }

  /** Removes everything; the page goes on with what it has in memory, and keeps nothing until it is loaded anew. */
  async function clearStored(): Promise<void> {
    const left = await storedData.clear();
    rereadPreferences();
    store.setState({
      offline: { state: 'not-ready', error: null },
      stored: { facts: await storedData.describe(), left },
    });
  }

  return { describeStored, clearStored };
}
