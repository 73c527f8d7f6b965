import { chooseLanguage, type Language } from '../domain/language';
import { loadWords, speak } from '../words/words';
import type { FlowContext } from './flow-context';

/** The language of the screen. A change leaves all that stands there: only its words are drawn anew. */
export function createLanguageUseCases({ store, preferences: shelf }: FlowContext) {
  /** Counts what was asked for: the latest wins, whichever file comes first. */
  let asked = 0;

  /** Rejects where the words cannot be had. @returns whether it was not overtaken. */
  async function change(language: Language): Promise<boolean> {
    asked += 1;
    const turn = asked;
    try {
      const words = await loadWords(language);
      if (turn !== asked) return false;
      speak(language, words);
      store.setState({ language: { now: language, error: null } });
      return true;
    } catch (error) {
      if (turn !== asked) return false;
      throw error;
    }
  }

  return {
    /**
     * Before the first screen: what the person set, else what the browser prefers. Where its words cannot be had English stays.
     * @param wanted - BCP 47, dearest first.
     */
    begin: async (wanted: readonly string[]): Promise<void> => {
      try {
        await change(store.getState().preferences.language ?? chooseLanguage(wanted));
      } catch {
        // The select shows what the screen is in, and tries again.
      }
    },
    /** Changes it and keeps the choice. */
    set: async (language: Language): Promise<void> => {
      try {
        if (!(await change(language))) return;
        store.setState(({ preferences }) => ({ preferences: { ...preferences, language } }));
        shelf.keep({ language });
      } catch (error) {
        const detail = error instanceof Error ? error.message : String(error);
        store.setState(({ language: { now } }) => ({ language: { now, error: { code: 'app-part-missing', detail } } }));
      }
    },
    dismissError: (): void => {
      store.setState(({ language: { now } }) => ({ language: { now, error: null } }));
    },
  };
}
