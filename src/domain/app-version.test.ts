import { expect, it } from 'vitest';
import packageFacts from '../../package.json';
import { APP_VERSION } from './app-version';

it('is the version of the package', () => {
  expect(APP_VERSION).toBe(packageFacts.version);
});
