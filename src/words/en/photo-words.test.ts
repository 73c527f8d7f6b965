import { expect, it } from 'vitest';
import { COACH_CODES } from '../../domain/coach';
import { error } from './error-words';
import { photo } from './photo-words';

it('words every reason and note for the person, without a diagnosis or a risk', () => {
  for (const sentence of [...Object.values(photo.reasons), ...Object.values(photo.notes)]) {
    expect(sentence).toMatch(/^[A-Z].*\.$/);
    expect(sentence).not.toMatch(/diagnos|risk|danger|cancer/i);
  }
});

it('has a sentence of either kind for each code of the coach', () => {
  for (const code of COACH_CODES) {
    expect(photo.coach(code)).toMatch(/^[A-Z].*\.$/);
    expect(photo.coachNotes[code]).toMatch(/shutter was pressed\.$/);
  }
  expect(photo.coach(null)).toBe('Bring the lesion into the ring.');
  expect(photo.coach('good')).toBe('Looks good. Press the shutter.');
});

it('says of every error what is wrong in whole sentences', () => {
  for (const sentence of Object.values(error)) expect(sentence).toMatch(/^[A-Z].*\.$/);
});
