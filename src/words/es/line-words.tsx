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
type Call = Exclude<Verdict, 'cant-say'>;

/** From here on "few are missed" is true of a line. */
const FEW_MISSED = 0.9;

/** "cerca de 7 de cada 100": a rate as a natural frequency; one that is neither 0 nor 1 never reads as none or all. */
export function aboutOf(rate: number, of = 100): string {
  const count = Math.round(rate * of);
  const all = formatNumber(of);
  if (count === 0 && rate > 0) return `menos de 1 de cada ${all}`;
  if (count === of && rate < 1) return `más de ${formatNumber(of - 1)} de cada ${all}`;
  return rate === 0 || rate === 1 ? `${formatNumber(count)} de cada ${all}` : `cerca de ${formatNumber(count)} de cada ${all}`;
}

/** A rate as a natural frequency: "7" of "7 of 100". A rate that is neither 0 nor 1 never reads as 0 or 100. */
export function outOfHundred(rate: number): string {
  const n = Math.round(rate * 100);
  if (n === 0 && rate > 0) return 'menos de 1';
  if (n === 100 && rate < 1) return 'más de 99';
  return String(n);
}

const SETS: Readonly<Record<string, string>> = {
  'HAM10000 test split (dermoscopy)': 'HAM10000, parte de prueba (dermatoscopia)',
  'ISIC MSK/UDA validation split (dermoscopy, other clinics)':
    'ISIC MSK/UDA, parte de validación (dermatoscopia, otras clínicas)',
  'PAD-UFES-20 test split (smartphone photos)': 'PAD-UFES-20, parte de prueba (fotos de teléfono)',
};

/** A test set's name; one of another version of the model stands for itself. @param name - As the manifest has it. */
export function setName(name: string): string {
  return SETS[name] ?? name;
}

const ABOVE = <b>Por encima de la línea de alarma</b>;
const BELOW = <b>Por debajo de la línea de alarma</b>;

/** @param rates - null: not measured at this line. */
function headline(call: Call, rates: CallRates | null): ReactNode {
  if (call === 'benign') {
    return rates === null
      ? sentence`${BELOW}. No se midió cuántas manchas malignas caen también aquí.`
      : sentence`${BELOW}: ${aboutOf(1 - rates.sensitivity)} manchas malignas del conjunto de prueba caen también aquí.`;
  }
  if (rates === null) return sentence`${ABOVE}. No se midió cuántas manchas inofensivas caen también aquí.`;
  const alarms = aboutOf(1 - rates.specificity);
  return rates.sensitivity >= FEW_MISSED
    ? sentence`${ABOVE}, que está puesta baja para que se escapen pocas: ${alarms} manchas inofensivas del conjunto de prueba caen también aquí.`
    : sentence`${ABOVE}: ${alarms} manchas inofensivas del conjunto de prueba caen también aquí.`;
}

/** @param measured - null: the model was not measured at this line. */
function cost(measured: MeasuredLine | null): ReactNode {
  if (measured === null) return 'Lo que cuesta una línea aquí no se midió con imágenes que el modelo no haya visto nunca.';
  const { set, rates } = measured;
  const missed = <b>{aboutOf(1 - rates.sensitivity)}</b>;
  const alarms = <b>{aboutOf(1 - rates.specificity)}</b>;
  return sentence`Con esta línea se pasarían por alto ${missed} manchas malignas, y darían alarma ${alarms} inofensivas: medido en ${setName(set)}.`;
}

/** "Of 1,000 spots like these about 30 are malignant": where spots are looked at. */
function place(choice: BaseRateChoice): string {
  const malignant = formatNumber(1000 * prevalenceOf(choice));
  const all = formatNumber(1000);
  if (typeof choice === 'number') return `De ${all} manchas, como usted lo fijó, son malignas ${malignant}`;
  return choice === 'app-users'
    ? `De ${all} manchas como las que la gente fotografía en casa son malignas cerca de ${malignant}`
    : `De ${all} manchas por las que un médico deriva a alguien con urgencia son malignas cerca de ${malignant}`;
}

/** The answer in one line. */
function answer(call: Call, choice: BaseRateChoice, rates: CallRates): string {
  const prevalence = prevalenceOf(choice);
  if (call === 'malignant') {
    // A rate of 0 is none that was measured (`ratesAt`).
    const share = rates.sensitivity === 0 ? NaN : positivePredictiveValue(prevalence, rates);
    return Number.isNaN(share)
      ? `${place(choice)}; no se midió cuántas lo serían de las que quedan por encima de la línea.`
      : `${place(choice)}; de las que quedan por encima de la línea lo serían ${aboutOf(share)}.`;
  }
  const share = rates.specificity === 0 ? NaN : falseOmissionRate(prevalence, rates);
  return Number.isNaN(share)
    ? `${place(choice)}; no se midió cuántas lo serían de las que quedan por debajo de la línea.`
    : `${place(choice)}; de las que quedan por debajo de la línea lo serían ${aboutOf(share, 1000)}.`;
}

/** How the answer comes about, in whole spots. */
function counts(choice: BaseRateChoice, rates: CallRates): string {
  const { of, malignant, found, missed, falseAlarms } = naturalFrequencies(prevalenceOf(choice), rates);
  const harmless = of - malignant;
  const quiet = harmless - falseAlarms;
  const n = (count: number): string => formatNumber(count);
  const where = `De las ${n(malignant)} manchas malignas caen ${n(found)} por encima de la línea y ${n(missed)} por debajo. De las ${n(harmless)} inofensivas caen ${n(falseAlarms)} por encima y ${n(quiet)} por debajo.`;
  if (found + falseAlarms === 0 || missed + quiet === 0) return where;
  return `${where} Así que son malignas ${n(found)} de las ${n(found + falseAlarms)} que quedan por encima de la línea y ${n(missed)} de las ${n(missed + quiet)} que quedan por debajo.`;
}

const settings: Readonly<Record<BaseRateSetting['id'], string>> = {
  'app-users': 'fotografiadas en casa con una aplicación',
  'urgent-referral': 'derivadas con urgencia por un médico (Inglaterra)',
};

const sources: Readonly<Record<BaseRateSetting['id'], string>> = {
  'app-users':
    '30 melanomas de cada 1000 es con lo que cuentan Freeman y coautores (BMJ, 2020) para adultos que usan una aplicación así.',
  'urgent-referral':
    'Inglaterra, 2022/23: de 1000 personas a las que un médico derivó con urgencia, 62 tenían un cáncer de piel, sin contar los carcinomas basocelulares.',
};

export const line = {
  headline,
  cost,
  notADiagnosis: 'no es un diagnóstico',
  control: {
    label: (threshold: number): ReactNode => sentence`Línea de alarma en ${(<b className="mono">{formatScore(threshold)}</b>)}`,
    fewerMissed: 'que se escapen menos',
    fewerAlarms: 'menos alarmas',
    reset: (own: number) => `Volver a la del modelo, ${formatScore(own)}`,
    /** For a screen reader, as the control moves. @param rates - null: not measured. */
    value: (threshold: number, rates: CallRates | null): string =>
      rates === null
        ? formatScore(threshold)
        : `${formatScore(threshold)}: se pasan por alto ${aboutOf(1 - rates.sensitivity)} manchas malignas, dan alarma ${aboutOf(1 - rates.specificity)} inofensivas`,
  },
  baseRate: {
    answer,
    counts,
    caution:
      'Esto cuenta con las tasas de error del conjunto de prueba; nadie las ha medido en casa, donde es probable que sean peores.',
    setting: 'Qué manchas',
    settings,
    own: 'otro número, que fijo yo',
    sources,
    inThousand: 'Manchas malignas de cada 1000',
    outside: 'Un número entero de 1 a 999, por favor.',
  },
};
