/** How often an alarm is right, which depends on how rare malignant spots are where it is raised. */

/** How often the model calls right, on pictures whose answer is known. */
export interface CallRates {
  /** Share of malignant pictures called malignant, 0-1. */
  readonly sensitivity: number;
  /** Share of benign pictures called benign, 0-1. */
  readonly specificity: number;
}

/** Whole spots, out of `of`. */
export interface NaturalFrequencies {
  readonly of: number;
  readonly malignant: number;
  /** Malignant and called so. */
  readonly found: number;
  /** Malignant and called benign. */
  readonly missed: number;
  /** Benign and called malignant. */
  readonly falseAlarms: number;
}

/**
 * Share of those called malignant that are: Bayes' theorem. NaN where nothing would be called malignant.
 * @param prevalence - share of malignant spots, 0-1.
 */
export function positivePredictiveValue(prevalence: number, { sensitivity, specificity }: CallRates): number {
  const found = prevalence * sensitivity;
  return found / (found + (1 - prevalence) * (1 - specificity));
}

/**
 * Share of those called benign that are malignant: Bayes' theorem. NaN where nothing would be called benign.
 * @param prevalence - share of malignant spots, 0-1.
 */
export function falseOmissionRate(prevalence: number, { sensitivity, specificity }: CallRates): number {
  const missed = prevalence * (1 - sensitivity);
  return missed / (missed + (1 - prevalence) * specificity);
}

/**
 * The same as counts of whole spots, which people judge better than shares (Gigerenzer, Hoffrage 1995,
 * doi:10.1037/0033-295X.102.4.684). Each count is rounded once, and what is left is the rest: they add up.
 * @param prevalence - share of malignant spots, 0-1.
 */
export function naturalFrequencies(prevalence: number, { sensitivity, specificity }: CallRates, of = 1000): NaturalFrequencies {
  const malignant = Math.round(of * prevalence);
  const found = Math.round(malignant * sensitivity);
  return { of, malignant, found, missed: malignant - found, falseAlarms: Math.round((of - malignant) * (1 - specificity)) };
}

/** Where spots are looked at, and how many of them were malignant there. */
export interface BaseRateSetting {
  readonly id: 'app-users' | 'urgent-referral';
  /** Share of malignant spots, 0-1. */
  readonly prevalence: number;
  /** DOI of where the share is from. */
  readonly doi: string;
}

export const BASE_RATE_SETTINGS: readonly BaseRateSetting[] = [
  /** What Freeman et al. (BMJ 2020) reckon with for adults who use such an app: 30 melanomas in 1,000. */
  { id: 'app-users', prevalence: 0.03, doi: '10.1136/bmj.m127' },
  /** England 2022/23: of those whom a GP referred urgently 6.2 % had a skin cancer, basal cell carcinomas not counted. */
  { id: 'urgent-referral', prevalence: 0.062, doi: '10.1093/bjd/ljag086.233' },
];
