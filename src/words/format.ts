/** Numbers, sizes and dates as the language of the words writes them. What a machine reads (CSV, data attributes) is not formatted. */

/** BCP 47. */
export const LANGUAGE = 'en-GB';

const score = new Intl.NumberFormat(LANGUAGE, { minimumFractionDigits: 3, maximumFractionDigits: 3 });
const day = new Intl.DateTimeFormat(LANGUAGE, { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
/** In the device's time zone. */
const time = new Intl.DateTimeFormat(LANGUAGE, { hour: '2-digit', minute: '2-digit' });
const plural = new Intl.PluralRules(LANGUAGE);

/** By decimals. Making one costs a hundred times what using it does, and a screen has hundreds of numbers. */
const numbers: Intl.NumberFormat[] = [];

/** A number with that many decimals, no more and no fewer. */
export function formatNumber(value: number, decimals = 0): string {
  numbers[decimals] ??= new Intl.NumberFormat(LANGUAGE, {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  });
  return numbers[decimals].format(value);
}

/** A score on the screen: three decimals, never rounded up to a certainty it is not. @param probability - 0..1. */
export function formatScore(probability: number): string {
  if (probability > 0.9994 && probability < 1) return `>${score.format(0.999)}`;
  if (probability < 0.0006 && probability > 0) return `<${score.format(0.001)}`;
  return score.format(probability);
}

/** "1.2e-5": what is small beyond reading as a decimal. Not of a language: programs and papers write it so. */
export function formatExponential(value: number): string {
  return value.toExponential(1);
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
  return day.format(new Date(`${isoDay}T00:00:00Z`));
}

/** "14:05": by the device's clock. @param instant - ISO 8601 in UTC. */
export function formatTime(instant: string): string {
  return time.format(new Date(instant));
}

/** "1 entry", "3 entries". A language with more forms than two needs them here. */
export function countWords(count: number, one: string, many = `${one}s`): string {
  return `${formatNumber(count)} ${plural.select(count) === 'one' ? one : many}`;
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
