import type { DiaryEntry } from '../diary';

/** A sound entry, but for what the test says. */
export function diaryEntry(change: Partial<DiaryEntry>): DiaryEntry {
  return {
    id: 'entry001',
    savedAt: '2026-02-03T04:05:06.007Z',
    moleId: 'mole0001',
    moleName: 'Back “ä”',
    site: 'upper back',
    date: '2026-01-31',
    notes: 'line\nline',
    logit: -0.123456789012345,
    probability: 1 / 3,
    verdict: 'cant-say',
    reasons: ['too-dark'],
    photoNotes: [],
    threshold: 0.1,
    calibration: { slope: 1.1, offset: -0.2 },
    model: { version: 'v1', sha256: '0'.repeat(64) },
    backend: 'wasm',
    appVersion: '0.1.0',
    inputSha256: '1'.repeat(64),
    viewSha256: '2'.repeat(64),
    ...change,
  };
}
