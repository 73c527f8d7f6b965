import { en } from './en/en';

/** What every language has: another one is a folder beside `en` whose object has this type. */
export type Words = typeof en;

/** The words of the language in use. */
export const words: Words = en;
