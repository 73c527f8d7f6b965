import { expect, it } from 'vitest';
import { chooseLanguage } from './language';

it.each([
  [['es-ES', 'es', 'en'], 'es'],
  [['es-419'], 'es'],
  [['ES'], 'es'],
  [['en-US', 'es'], 'en'],
  [['fr-FR', 'es', 'en'], 'es'],
  [['fr', 'de'], 'en'],
  // Estonian, and a tag that is none.
  [['est', ''], 'en'],
  [[], 'en'],
])('%j: %s', (wanted, language) => {
  expect(chooseLanguage(wanted)).toBe(language);
});
