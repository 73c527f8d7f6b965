/** What the coach says over time: one thing, steadily. Pure: a state and a measurement give the next state. */
import { COACH_CODES, judgeFrame, type CoachCode, type CoachMeasures } from './coach';

/** A code stands, or falls, after so many measurements in a row. */
const STREAK = 2;
/** A standing code falls only once its measure is well inside the limit. */
const RELEASE = 0.85;
/** How long a sentence stays before another takes its place, so that it can be read and heard. */
export const SAY_AT_LEAST_MS = 1500;

export interface CoachState {
  /** Measurements in a row that contradict whether the code stands. */
  readonly streaks: Readonly<Partial<Record<CoachCode, number>>>;
  /** What stands in the way now, most important first: it goes with the photo. */
  readonly standing: readonly CoachCode[];
  /** null: nothing was measured yet. */
  readonly said: CoachCode | 'good' | null;
  readonly saidAtMs: number;
  readonly measurements: number;
}

export const NO_COACHING: CoachState = { streaks: {}, standing: [], said: null, saidAtMs: 0, measurements: 0 };

/**
 * The first measurement counts at once; from then on a code comes or goes only when `STREAK` measurements in a row say so,
 * and the sentence changes at most every `SAY_AT_LEAST_MS`.
 */
export function coach(state: CoachState, measures: CoachMeasures, nowMs: number): CoachState {
  const beyond = judgeFrame(measures);
  const isFirst = state.measurements === 0;
  const streaks: Partial<Record<CoachCode, number>> = {};
  const standing = COACH_CODES.filter((code) => {
    const stood = state.standing.includes(code);
    const stands = beyond[code] > (stood ? RELEASE : 1);
    if (stands === stood) return stood;
    const streak = (state.streaks[code] ?? 0) + 1;
    if (isFirst || streak >= STREAK) return stands;
    streaks[code] = streak;
    return stood;
  });
  const wanted = standing[0] ?? 'good';
  // "Looks good" waits for a second measurement: movement takes two to be seen.
  const mayChange = state.said === null ? wanted !== 'good' || !isFirst : nowMs - state.saidAtMs >= SAY_AT_LEAST_MS;
  const isNew = mayChange && wanted !== state.said;
  return {
    streaks,
    standing,
    said: isNew ? wanted : state.said,
    saidAtMs: isNew ? nowMs : state.saidAtMs,
    measurements: state.measurements + 1,
  };
}
