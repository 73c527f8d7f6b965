/** Languages that the app has words in; the first is the one that every visit has, as it comes with the app. */
export const LANGUAGES = ['en', 'es'] as const;

/** ISO 639-1; also what `<html lang>` says. */
export type Language = (typeof LANGUAGES)[number];

export function isLanguage(value: unknown): value is Language {
  return (LANGUAGES as readonly unknown[]).includes(value);
}

/** The first of the wanted languages that there is, whatever its region. @param wanted - BCP 47, dearest first. */
export function chooseLanguage(wanted: readonly string[]): Language {
  return wanted.map((tag) => tag.toLowerCase().split('-')[0]).find(isLanguage) ?? LANGUAGES[0];
}
