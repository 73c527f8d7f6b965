/** The alarm line, what it costs, and what it means where malignant spots are rare: the same words wherever a score stands. */
import type { ReactNode } from 'react';
import {
  falseOmissionRate,
  naturalFrequencies,
  positivePredictiveValue,
  type BaseRateSetting,
  type CallRates,
} from '../../domain/base-rate';
import type { MeasuredLine } from '../../domain/operating-point';
import { prevalenceOf, type BaseRateChoice } from '../../domain/preferences';
import type { Verdict } from '../../domain/score';
import { formatNumber, formatScore } from '../format';
import { sentence } from '../sentence';

/** On which side of the line a score lies. */
export type Call = Exclude<Verdict, 'cant-say'>;

/** From here on "few are missed" is true of a line. */
const FEW_MISSED = 0.9;

/** "about 7 of 100": a rate as a natural frequency; one that is neither 0 nor 1 never reads as none or all. */
export function aboutOf(rate: number, of = 100): string {
  const count = Math.round(rate * of);
  const all = formatNumber(of);
  if (count === 0 && rate > 0) return `fewer than 1 of ${all}`;
  if (count === of && rate < 1) return `more than ${formatNumber(of - 1)} of ${all}`;
  return rate === 0 || rate === 1 ? `${formatNumber(count)} of ${all}` : `about ${formatNumber(count)} of ${all}`;
}

/** A rate as a natural frequency: "7" of "7 of 100". A rate that is neither 0 nor 1 never reads as 0 or 100. */
export function outOfHundred(rate: number): string {
  const n = Math.round(rate * 100);
  if (n === 0 && rate > 0) return 'fewer than 1';
  if (n === 100 && rate < 1) return 'more than 99';
  return String(n);
}

const ABOVE = <b>Above the alarm line</b>;
const BELOW = <b>Below the alarm line</b>;

/** @param rates - null: not measured at this line. */
function headline(call: Call, rates: CallRates | null): ReactNode {
  if (call === 'benign') {
    return rates === null
      ? sentence`${BELOW}. How many malignant spots land here too was not measured.`
      : sentence`${BELOW}: ${aboutOf(1 - rates.sensitivity)} malignant spots in the test set land here too.`;
  }
  if (rates === null) return sentence`${ABOVE}. How many harmless spots land here too was not measured.`;
  const alarms = aboutOf(1 - rates.specificity);
  return rates.sensitivity >= FEW_MISSED
    ? sentence`${ABOVE}, which is set low so that few are missed: ${alarms} harmless spots in the test set land here too.`
    : sentence`${ABOVE}: ${alarms} harmless spots in the test set land here too.`;
}

/** @param measured - null: the model was not measured at this line. */
function cost(measured: MeasuredLine | null): ReactNode {
  if (measured === null) return 'What a line here costs was not measured on pictures that the model has never seen.';
  const { set, rates } = measured;
  const missed = <b>{aboutOf(1 - rates.sensitivity)}</b>;
  const alarms = <b>{aboutOf(1 - rates.specificity)}</b>;
  return sentence`At this line ${missed} malignant spots would be missed, and ${alarms} harmless ones would raise an alarm: measured on the ${set}.`;
}

/** "Of 1,000 spots like these about 30 are malignant": where spots are looked at. */
function place(choice: BaseRateChoice): string {
  const malignant = formatNumber(1000 * prevalenceOf(choice));
  if (typeof choice === 'number') return `Of 1,000 spots, as you set it, ${malignant} are malignant`;
  return choice === 'app-users'
    ? `Of 1,000 spots like those people photograph at home about ${malignant} are malignant`
    : `Of 1,000 spots for which a doctor refers people urgently about ${malignant} are malignant`;
}

/** The answer in one line. */
function answer(call: Call, choice: BaseRateChoice, rates: CallRates): string {
  const prevalence = prevalenceOf(choice);
  if (call === 'malignant') {
    // A rate of 0 is none that was measured (`ratesAt`).
    const share = rates.sensitivity === 0 ? NaN : positivePredictiveValue(prevalence, rates);
    return Number.isNaN(share)
      ? `${place(choice)}; how many of those above the line would be was not measured.`
      : `${place(choice)}; of those above the line ${aboutOf(share)} would be.`;
  }
  const share = rates.specificity === 0 ? NaN : falseOmissionRate(prevalence, rates);
  return Number.isNaN(share)
    ? `${place(choice)}; how many of those below the line would be was not measured.`
    : `${place(choice)}; of those below the line ${aboutOf(share, 1000)} would be.`;
}

/** How the answer comes about, in whole spots. */
function counts(choice: BaseRateChoice, rates: CallRates): string {
  const { of, malignant, found, missed, falseAlarms } = naturalFrequencies(prevalenceOf(choice), rates);
  const harmless = of - malignant;
  const quiet = harmless - falseAlarms;
  const n = (count: number): string => formatNumber(count);
  const where = `Of the ${n(malignant)} malignant spots ${n(found)} land above the line and ${n(missed)} below. Of the ${n(harmless)} harmless ones ${n(falseAlarms)} land above and ${n(quiet)} below.`;
  if (found + falseAlarms === 0 || missed + quiet === 0) return where;
  return `${where} So ${n(found)} of ${n(found + falseAlarms)} above the line are malignant, and ${n(missed)} of ${n(missed + quiet)} below it.`;
}

const settings: Readonly<Record<BaseRateSetting['id'], string>> = {
  'app-users': 'photographed at home with an app',
  'urgent-referral': 'referred urgently by a doctor (England)',
};

const sources: Readonly<Record<BaseRateSetting['id'], string>> = {
  'app-users': '30 melanomas in 1,000 is what Freeman and co-authors (BMJ, 2020) reckon with for adults who use such an app.',
  'urgent-referral':
    'England, 2022/23: of 1,000 people whom a doctor referred urgently 62 had a skin cancer, basal cell carcinomas not counted.',
};

export const line = {
  headline,
  cost,
  notADiagnosis: 'not a diagnosis',
  control: {
    label: (threshold: number): ReactNode => sentence`Alarm line at ${(<b className="mono">{formatScore(threshold)}</b>)}`,
    fewerMissed: 'miss fewer',
    fewerAlarms: 'alarm less',
    reset: (own: number) => `Back to the model’s own, ${formatScore(own)}`,
    /** For a screen reader, as the control moves. @param rates - null: not measured. */
    value: (threshold: number, rates: CallRates | null): string =>
      rates === null
        ? formatScore(threshold)
        : `${formatScore(threshold)}: ${aboutOf(1 - rates.sensitivity)} malignant spots missed, ${aboutOf(1 - rates.specificity)} harmless ones raise an alarm`,
  },
  baseRate: {
    answer,
    counts,
    caution:
      'This reckons with the error rates of the test set; nobody has measured them at home, where they are likely to be worse.',
    setting: 'Which spots',
    settings,
    own: 'another number, which I set',
    sources,
    inThousand: 'Malignant spots in 1,000',
    outside: 'A whole number from 1 to 999, please.',
  },
};
