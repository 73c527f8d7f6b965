/** Numbers, sizes and dates as the language of the words writes them. What a machine reads (CSV, data attributes) is not formatted. */
import type { Language } from '../domain/language';

/** BCP 47. */
const LOCALES: Readonly<Record<Language, string>> = { en: 'en-GB', es: 'es' };

/** Making one costs a hundred times what using it does, and a screen has hundreds of numbers. */
function makeFormats(locale: string) {
  return {
    locale,
    score: new Intl.NumberFormat(locale, { minimumFractionDigits: 3, maximumFractionDigits: 3 }),
    significant: new Intl.NumberFormat(locale, { maximumSignificantDigits: 3, useGrouping: false }),
    day: new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' }),
    /** In the device's time zone. */
    time: new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit' }),
    plural: new Intl.PluralRules(locale),
    /** By decimals. */
    numbers: [] as Intl.NumberFormat[],
  };
}

let formats = makeFormats(LOCALES.en);

/** From now on all that is formatted is as in this language. */
export function writeNumbersIn(language: Language): void {
  formats = makeFormats(LOCALES[language]);
}

/** A number with that many decimals, no more and no fewer. */
export function formatNumber(value: number, decimals = 0): string {
  const { numbers, locale } = formats;
  numbers[decimals] ??= new Intl.NumberFormat(locale, {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  });
  return numbers[decimals].format(value);
}

/** A score on the screen: three decimals, never rounded up to a certainty it is not. @param probability - 0..1. */
export function formatScore(probability: number): string {
  const { score } = formats;
  if (probability > 0.9994 && probability < 1) return `>${score.format(0.999)}`;
  if (probability < 0.0006 && probability > 0) return `<${score.format(0.001)}`;
  return score.format(probability);
}

/** "0.412", "1230": three significant digits, not grouped. */
export function formatSignificant(value: number): string {
  return formats.significant.format(value);
}

/** "1.2e-5", "1,2e-5": what is small beyond reading as a decimal. Programs write it so; only its decimal sign is of a language. */
export function formatExponential(value: number): string {
  const [whole = '', tenths = ''] = value.toExponential(1).split('.');
  return `${whole}${formatNumber(0.5, 1).charAt(1)}${tenths}`;
}

/** "46 %": whole hundredths, with a space before the sign (ISO 80000-1). @param share - 0..1. */
export function formatPercent(share: number): string {
  return `${formatNumber(share * 100)} %`;
}

/** Megabytes of a million bytes, as download dialogs count; one decimal, without the unit. */
export function megabytes(bytes: number): string {
  return formatNumber(bytes / 1e6, 1);
}

/** "310 kB", "16.8 MB", "1.2 GB". */
export function fileSize(bytes: number): string {
  if (bytes >= 1e9) return `${formatNumber(bytes / 1e9, 1)} GB`;
  return bytes < 1e5 ? `${formatNumber(Math.ceil(bytes / 1e3))} kB` : `${megabytes(bytes)} MB`;
}

/** "3 February 2026": a day of the calendar, the same in every time zone. @param isoDay - YYYY-MM-DD. */
export function formatDay(isoDay: string): string {
  return formats.day.format(new Date(`${isoDay}T00:00:00Z`));
}

/** "14:05": by the device's clock. @param instant - ISO 8601 in UTC. */
export function formatTime(instant: string): string {
  return formats.time.format(new Date(instant));
}

/** "1 entry", "3 entries". A language with more forms than two needs them here. */
export function countWords(count: number, one: string, many = `${one}s`): string {
  return `${formatNumber(count)} ${formats.plural.select(count) === 'one' ? one : many}`;
}

/** A paragraph of those that are there. */
export function joinSentences(...sentences: readonly (string | false | null)[]): string {
  return sentences.filter((sentence) => sentence !== false && sentence !== null).join(' ');
}

/** "40 s", "3 min": of the rest of some work, never "0 s". */
export function roughDuration(ms: number): string {
  const seconds = Math.max(1, Math.round(ms / 1000));
  return seconds < 90 ? `${formatNumber(seconds)} s` : `${formatNumber(Math.round(seconds / 60))} min`;
}
