import type { Language } from '../domain/language';

/** Each in its own language: whoever looks for theirs may not read the one on the screen. */
export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = { en: 'English', es: 'Español' };
