import { afterEach, expect, it, vi } from 'vitest';
import { PREFERENCES_KEY } from '../pwa/preference-shelf';
import { selectError } from '../store/select-status';
import { en } from '../words/en/en';
import { es } from '../words/es/es';
import * as spoken from '../words/words';
import { createReadyFlow, createTestFlow, photo, settle } from './testing';
import { defer } from './testing-engine';

afterEach(() => {
  vi.restoreAllMocks();
  spoken.speak('en', en);
});

it.each([
  [undefined, ['es-MX', 'en'], 'es'],
  [undefined, ['fr', 'en-US'], 'en'],
  ['{"language":"en"}', ['es'], 'en'],
  ['{"language":"es"}', ['en'], 'es'],
  ['{"language":"xx"}', ['es'], 'es'],
])('begins, with %s kept and a browser of %j, in %s', async (kept, wanted, language) => {
  const settings = new Map(kept === undefined ? [] : [[PREFERENCES_KEY, kept]]);
  const { flow, state } = createTestFlow(undefined, settings);
  await flow.preferences.language.begin(wanted);
  expect(state().language.now).toBe(language);
  expect(spoken.words).toBe(language === 'es' ? es : en);
  // The browser's wish is no choice of the person.
  expect(settings.get(PREFERENCES_KEY)).toBe(kept);
});

it('a change leaves photo and result alone and is kept beside the other preferences', async () => {
  const { flow, state, engine, settings } = await withSettings();
  const done = flow.photo.analyse(photo('a.png'));
  await settle();
  engine.answer(1);
  await done;
  const { photos } = state();
  await flow.preferences.language.set('es');
  expect(state()).toMatchObject({ language: { now: 'es', error: null }, preferences: { language: 'es', line: 0.25 } });
  expect(state().photos).toBe(photos);
  expect(spoken.words).toBe(es);
  expect(JSON.parse(settings.get(PREFERENCES_KEY) ?? '')).toMatchObject({ language: 'es', line: 0.25 });
  await flow.preferences.language.set('en');
  expect(state().photos).toBe(photos);
  expect(spoken.words).toBe(en);
});

async function withSettings() {
  const settings = new Map<string, string>([[PREFERENCES_KEY, '{"line":0.25}']]);
  return { ...(await createReadyFlow(undefined, settings)), settings };
}

it('where the words cannot be had English stays; a choice says so, until it is dismissed', async () => {
  const { flow, state } = await createReadyFlow();
  vi.spyOn(spoken, 'loadWords').mockRejectedValue(new TypeError('Failed to fetch'));
  await flow.preferences.language.begin(['es']);
  expect(state().language.now).toBe('en');
  expect(selectError(state())).toBeNull();
  await flow.preferences.language.set('es');
  expect(state().language.now).toBe('en');
  expect(state().preferences.language).toBeNull();
  expect(selectError(state())).toMatchObject({ code: 'app-part-missing', source: 'language' });
  flow.preferences.language.dismissError();
  expect(selectError(state())).toBeNull();
});

it('the latest choice wins, whichever file comes first', async () => {
  const { flow, state } = await createReadyFlow();
  const file = defer<spoken.Words>();
  vi.spyOn(spoken, 'loadWords').mockReturnValueOnce(file.promise);
  const late = flow.preferences.language.set('es');
  await flow.preferences.language.set('en');
  file.resolve(es);
  await late;
  expect(state().language.now).toBe('en');
  expect(spoken.words).toBe(en);
});
