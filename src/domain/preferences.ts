/** What the person set once and finds again: it lies on the device, where anybody may have changed it. */
import { BASE_RATE_SETTINGS, type BaseRateSetting } from './base-rate';
import { isEngineChoice, type EngineChoice } from './engine-choice';
import { isLanguage, type Language } from './language';

/** One of the sourced settings, or a whole number of malignant spots in 1,000, 1-999. */
export type BaseRateChoice = BaseRateSetting['id'] | number;

export interface Preferences {
  /** The alarm line on the calibrated probability, 0-1; null: the model's own. */
  readonly line: number | null;
  readonly baseRate: BaseRateChoice;
  /** The way to compute that is tried first. */
  readonly engine: EngineChoice;
  /** null: the browser's. */
  readonly language: Language | null;
}

export const NO_PREFERENCES: Preferences = { line: null, baseRate: 'app-users', engine: 'auto', language: null };

/** Whether something can be an alarm line: a number from 0 to 1. */
export function isLine(value: unknown): value is number {
  return typeof value === 'number' && value >= 0 && value <= 1;
}

export function isBaseRate(value: unknown): value is BaseRateChoice {
  if (typeof value === 'number') return Number.isInteger(value) && value >= 1 && value <= 999;
  return BASE_RATE_SETTINGS.some(({ id }) => id === value);
}

/** Share of malignant spots, 0-1. */
export function prevalenceOf(choice: BaseRateChoice): number {
  if (typeof choice === 'number') return choice / 1000;
  return BASE_RATE_SETTINGS.find(({ id }) => id === choice)!.prevalence;
}

/** @param text - JSON as it was stored; null: nothing was. What cannot be used of it is as if it had not been set. */
export function readPreferences(text: string | null): Preferences {
  const { line, baseRate, engine, language } = parseFields(text);
  return {
    line: isLine(line) ? line : NO_PREFERENCES.line,
    baseRate: isBaseRate(baseRate) ? baseRate : NO_PREFERENCES.baseRate,
    engine: isEngineChoice(engine) ? engine : NO_PREFERENCES.engine,
    language: isLanguage(language) ? language : NO_PREFERENCES.language,
  };
}

function parseFields(text: string | null): Partial<Record<keyof Preferences, unknown>> {
  try {
    const value: unknown = JSON.parse(text ?? '{}');
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}
