import { describe, expect, it } from 'vitest';
import type { CoachMeasures } from './coach';
import { coach, NO_COACHING, SAY_AT_LEAST_MS, type CoachState } from './coach-state';

const GOOD: CoachMeasures = {
  meanLuma: 150,
  clippedBright: 0,
  laplacianVariance: 60,
  shiftPx: 0,
  lesion: { found: true, crop: {} as never, spot: { left: 0.3, top: 0.3, right: 0.7, bottom: 0.7 }, share: 0.1, deltaE: 30 },
};
const DARK: CoachMeasures = { ...GOOD, meanLuma: 20 };
const DIM: CoachMeasures = { ...GOOD, meanLuma: 80 };
const BLURRED: CoachMeasures = { ...GOOD, laplacianVariance: 2 };

/** One measurement every 250 ms. */
function watch(measures: readonly CoachMeasures[], from: CoachState = NO_COACHING): CoachState[] {
  const states: CoachState[] = [];
  let state = from;
  for (const [i, measured] of measures.entries()) {
    state = coach(state, measured, 10_000 + 250 * (from.measurements + i));
    states.push(state);
  }
  return states;
}

function times(count: number, measures: CoachMeasures): CoachMeasures[] {
  return Array.from({ length: count }, () => measures);
}

describe('what the coach says', () => {
  it('waits, then says that it looks good once movement could have been seen', () => {
    expect(watch(times(3, GOOD)).map(({ said }) => said)).toEqual([null, 'good', 'good']);
  });

  it('says what stands in the way at the first measurement', () => {
    const [state] = watch([DARK]);
    expect(state).toMatchObject({ said: 'too-dark', standing: ['too-dark'] });
  });

  it('says one thing, the most important, and keeps all for the photo', () => {
    const last = watch(times(3, { ...DARK, laplacianVariance: 2, shiftPx: 5 })).at(-1);
    expect(last).toMatchObject({ said: 'too-dark', standing: ['too-dark', 'blurred', 'hold-still'] });
  });

  it('is not moved by one odd measurement', () => {
    const states = watch([GOOD, GOOD, BLURRED, GOOD, GOOD, BLURRED, GOOD]);
    expect(states.every(({ standing }) => standing.length === 0)).toBe(true);
  });

  it('lets a code go only well inside the limit, not at its edge', () => {
    const dark = watch(times(2, DARK)).at(-1)!;
    expect(watch(times(20, DIM), dark).at(-1)?.standing).toEqual(['too-dark']);
    expect(watch(times(20, DIM)).at(-1)?.standing).toEqual([]);
    expect(watch(times(2, GOOD), dark).at(-1)?.standing).toEqual([]);
  });

  it('keeps a sentence long enough to be read, then says what holds by then', () => {
    const states = watch([DARK, ...times(12, GOOD)]);
    const spoken = states.map(({ said }) => said);
    const change = spoken.indexOf('good');
    expect(change * 250).toBeGreaterThanOrEqual(SAY_AT_LEAST_MS);
    expect(spoken.slice(0, change).every((said) => said === 'too-dark')).toBe(true);
    // The facts that go with the photo do not wait for the sentence.
    expect(states[2]?.standing).toEqual([]);
  });

  it('changes its words at most every 1.5 s, however the picture flickers', () => {
    const flicker = Array.from({ length: 80 }, (_, i) => [GOOD, GOOD, DARK, DARK, BLURRED, BLURRED][i % 6]!);
    const spoken = watch(flicker).map(({ said }) => said);
    const changes = spoken.filter((said, i) => i > 0 && said !== spoken[i - 1]).length;
    expect(changes).toBeLessThanOrEqual(Math.ceil((80 * 250) / SAY_AT_LEAST_MS));
  });
});
