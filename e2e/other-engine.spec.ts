/** The main path in Firefox, an engine of another make than the one that all other specs drive. */
import { writeFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { analyse, openReady, type Score } from './support/app';
import { findFirefox, Firefox, NO_FIREFOX } from './support/firefox';
import { lesionPng, type PhotoFile } from './support/photos';

const path = findFirefox();
test.describe.configure({ mode: 'serial' });
test.skip(path === undefined, NO_FIREFOX);

/** Between two browsers that compute by the same WebAssembly kernels, in logits. */
const TOLERANCE = 5e-4;

let firefox: Firefox;
let inChromium: Score;

test.beforeAll(async ({ browser }) => {
  const page = await browser.newPage();
  await openReady(page, '?backend=wasm');
  inChromium = await analyse(page, lesionPng('irregular'));
  await page.close();
  firefox = await Firefox.launch(path!);
});

test.afterAll(async () => {
  // Undefined where it is skipped.
  await (firefox as Firefox | undefined)?.close();
});

/** Written beside the test's other output. */
function save({ name, buffer }: PhotoFile): string {
  const file = test.info().outputPath(name);
  writeFileSync(file, buffer);
  return file;
}

async function expectAttribute(testId: string, name: string, value: string | RegExp): Promise<void> {
  const read = async (): Promise<string> => (await firefox.attribute(testId, name)) ?? '';
  await expect.poll(read, { message: `${name} of ${testId}`, intervals: [50] }).toMatch(value);
}

test('a photo has the score in Firefox that it has in Chromium', async ({ baseURL }) => {
  await firefox.open(baseURL!);
  await expectAttribute('app-status', 'data-state', /^ready$/);
  await firefox.setFiles('photo-input', [save(lesionPng('irregular'))]);
  await expectAttribute('app-status', 'data-runs', /^1$/);
  await expectAttribute('app-status', 'data-state', /^done$/);
  expect(Number(await firefox.attribute('score', 'data-logit'))).not.toBeNaN();
  expect(Math.abs(Number(await firefox.attribute('score', 'data-logit')) - inChromium.logit)).toBeLessThan(TOLERANCE);
  expect(await firefox.attribute('score', 'data-verdict')).toBe(inChromium.verdict);
});

test('there a layer’s maps are drawn, and the one that is clicked is enlarged', async () => {
  await firefox.run(`((select) => {
    select.value = 'block3_conv1';
    return select.dispatchEvent(new Event('change', { bubbles: true }));
  })(document.querySelector('[data-testid=layer-select]'))`);
  await expectAttribute('atlas', 'data-layer', /^block3_conv1$/);
  await expectAttribute('atlas', 'data-channels', /^256$/);
  await firefox.click('atlas');
  await expectAttribute('filter-zoom', 'data-filter', /^\d+$/);
  const values = [await firefox.attribute('filter-zoom', 'data-min'), await firefox.attribute('filter-zoom', 'data-max')];
  expect(Number(values[0])).toBeLessThan(Number(values[1]));
});

test('there a batch has a row for each picture', async () => {
  await firefox.run(`location.hash = '#/batch'`);
  await expectAttribute('batch-progress', 'role', /^progressbar$/);
  await firefox.setFiles('batch-input', [save(lesionPng('irregular')), save(lesionPng('regular'))]);
  await expectAttribute('batch-progress', 'aria-valuenow', /^2$/);
  await expectAttribute('app-status', 'data-runs', /^3$/);
});

test('there nothing went wrong unseen', async () => {
  expect(firefox.problems).toEqual([]);
  // It would have been seen.
  await firefox.run(`console.error('said on purpose') ?? setTimeout(() => { throw new Error('thrown on purpose'); })`);
  await expect.poll(() => firefox.problems.join('\n')).toMatch(/said on purpose[^]*thrown on purpose/);
});
