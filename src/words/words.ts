import type { Language } from '../domain/language';
import { en } from './en/en';
import { writeNumbersIn } from './format';

/** What every language has: another one is a folder beside `en` whose object has this type. */
export type Words = typeof en;

/** English comes with the app, so that there are words whatever happens; any other is a file of its own. */
const LOADERS: Readonly<Record<Language, () => Promise<Words>>> = {
  en: () => Promise.resolve(en),
  es: async () => (await import('./es/es')).es,
};

/** The words of the language in use. Read them where they are drawn: what is kept of them stays as it was after a change. */
export let words: Words = en;

/** Rejects where the language's file cannot be had; nothing has changed then. */
export function loadWords(language: Language): Promise<Words> {
  return LOADERS[language]();
}

/** From now on the app speaks this language; whoever draws has to draw anew. */
export function speak(language: Language, its: Words): void {
  words = its;
  writeNumbersIn(language);
}
