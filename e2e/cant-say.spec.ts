/** When there is no verdict, and what a verdict rests on: likeness to the training pictures, kind of photo, the eight views. */
import { readFileSync } from 'node:fs';
import { expect, test, type Page } from '@playwright/test';
import { parse } from 'csv-parse/sync';
import { calibrationOf } from '../src/domain/judge';
import type { ModelManifest } from '../src/domain/manifest';
import { MODEL_VERSION } from '../src/domain/model-version';
import { calibrate } from '../src/domain/score';
import { analyse, openReady, readScore } from './support/app';
import { encodePng } from './support/encode-pictures';
import { lesionPng, type PhotoFile } from './support/photos';
import { realNamed, realOf } from './support/real-photos';

test.describe.configure({ mode: 'serial' });

const MANIFEST = JSON.parse(
  readFileSync(new URL(`../public/model/${MODEL_VERSION}/manifest.json`, import.meta.url), 'utf8'),
) as ModelManifest;

let page: Page;

test.beforeAll(async ({ browser }) => {
  page = await browser.newPage();
  await openReady(page, '?backend=wasm');
});

test.afterAll(() => page.close());

/** Stripes of two colours: sharp, bright, and no lesion. */
function stripes(): PhotoFile {
  const [width, height] = [200, 200];
  const rgb = new Uint8Array(width * height * 3);
  for (let i = 0; i < width * height; i++) rgb.set((i % width) % 24 < 12 ? [40, 90, 190] : [240, 220, 60], 3 * i);
  return { name: 'stripes.png', mimeType: 'image/png', buffer: encodePng({ width, height, rgb }) };
}

test('what is no lesion gets no verdict and a reason; its number only on request', async () => {
  const { verdict, reasons, probability } = await analyse(page, stripes());
  expect([verdict, reasons]).toEqual(['cant-say', 'unlike-training']);
  expect(probability).toBeGreaterThan(0);
  const number = page.getByTestId('number-anyway');
  await expect(number.locator('p').first()).toBeHidden();
  await number.locator('summary').click();
  await expect(number.locator('p').first()).toBeVisible();
});

test('the drawn samples are no such pictures', async () => {
  for (const kind of ['regular', 'irregular'] as const) {
    expect((await analyse(page, lesionPng(kind))).reasons, kind).not.toContain('unlike-training');
  }
});

test('the range of the eight views comes after the score, and holds it', async () => {
  const { probability } = await analyse(page, lesionPng('irregular'));
  const score = page.getByTestId('score');
  await expect(score).toHaveAttribute('data-range', /^[\d.e-]+ [\d.e-]+$/, { timeout: 60_000 });
  const [low, high] = (await score.getAttribute('data-range'))!.split(' ').map(Number);
  expect(low).toBeLessThanOrEqual(probability);
  expect(high).toBeGreaterThanOrEqual(probability);
  expect(high! - low!).toBeGreaterThan(0);
  expect((await readScore(page)).probability, 'the score itself stays').toBe(probability);
  await expect(page.getByTestId('verdict-change'), 'nothing has changed').toHaveText('');
});

test('of two photos each has its own range', async () => {
  await page.getByTestId('photo-input-b').setInputFiles(lesionPng('regular'));
  await expect(page.getByTestId('score-b')).toHaveAttribute('data-range', /\d/, { timeout: 60_000 });
  expect(await page.getByTestId('score-b').getAttribute('data-range')).not.toBe(
    await page.getByTestId('score').getAttribute('data-range'),
  );
});

/** The verdict is gone and told to be, the reason and the number with its range are there, and a batch says the same. */
async function expectDisagreement(on: Page, photo: PhotoFile): Promise<void> {
  const { probability } = await analyse(on, photo);
  const score = on.getByTestId('score');
  await expect(score).toHaveAttribute('data-range', /\d/, { timeout: 60_000 });
  await expect(score).toHaveAttribute('data-verdict', 'cant-say');
  await expect(score).toHaveAttribute('data-reasons', 'views-disagree');
  await expect(on.getByTestId('verdict-change')).toContainText('The app now says “can’t say”.');
  await expect(on.getByTestId('score-headline')).toHaveCount(0);
  await expect(score.getByRole('listitem')).toContainText(['Turned or mirrored, the same square gets very different scores.']);
  const number = on.getByTestId('number-anyway');
  await expect(number.locator('p').first()).toBeHidden();
  await number.locator('summary').click();
  await expect(number).toContainText(`The network still gave a number, ${probability.toFixed(3)}`);
  const [low, high] = (await score.getAttribute('data-range'))!.split(' ').map((p) => Number(p).toFixed(3));
  await expect(number.getByTestId('view-range')).toContainText(`scores ${low} to ${high}`);

  await on.evaluate(() => {
    location.hash = '#/batch';
  });
  await on.getByTestId('batch-with-views').check();
  await on.getByTestId('batch-input').setInputFiles(photo);
  await expect(on.getByTestId('batch-progress')).toHaveAttribute('aria-valuenow', '1', { timeout: 60_000 });
  const [download] = await Promise.all([on.waitForEvent('download'), on.getByTestId('batch-export-csv').click()]);
  const [row] = parse<Record<string, string>>(readFileSync(await download.path(), 'utf8'), { columns: true, bom: true });
  expect(row).toMatchObject({ verdict: 'cant-say', reasons: 'views-disagree', views: 'yes' });
  expect(Number(row!['probability'])).toBe(probability);
}

test('a real picture whose views disagree gets no verdict, alone and in a batch', async ({ browser }) => {
  const photo = realNamed('ISIC_0026085.jpg');
  test.skip(photo === null, 'LESION_DATA is not set');
  const own = await browser.newPage();
  await openReady(own, '?backend=wasm');
  await expectDisagreement(own, photo!);
  await own.close();
});

test('so does a drawn one, of a model that allows its views no difference', async ({ browser }) => {
  const own = await browser.newPage();
  await own.route('**/model/**/manifest.json', (route) =>
    route.fulfill({ json: { ...MANIFEST, viewLimits: { dermatoscope: 1e-6, phone: 1e-6 } } }),
  );
  await openReady(own, '?backend=wasm');
  await expectDisagreement(own, lesionPng('irregular'));
  await own.close();
});

test('a dermatoscope’s picture and a phone’s are told apart, and one tap says otherwise', async () => {
  const [dermoscopy, phone] = [realOf('ham10000', 1)[0], realOf('pad-ufes-20', 1)[0]];
  test.skip(dermoscopy === undefined || phone === undefined, 'LESION_DATA is not set');
  const score = page.getByTestId('score');
  await analyse(page, phone!);
  await expect(score).toHaveAttribute('data-kind', 'phone');
  const { logit } = await analyse(page, dermoscopy!);
  await expect(score).toHaveAttribute('data-kind', 'dermatoscope');
  for (const kind of ['phone', 'dermatoscope'] as const) {
    await page.getByTestId(`photo-kind-a-${kind}`).click();
    await expect(score).toHaveAttribute('data-kind', kind);
    const { probability } = await readScore(page);
    expect(probability).toBeCloseTo(calibrate(logit, calibrationOf(kind, MANIFEST)), 9);
  }
});

test('real pictures: lesions keep their verdict, what is none loses it', async () => {
  const lesions = [...realOf('ham10000', 30, 200), ...realOf('pad-ufes-20', 20, 30)];
  const others = realOf('not-lesions', 50, 30);
  test.skip(lesions.length === 0, 'LESION_DATA is not set');
  await page.evaluate(() => {
    location.hash = '#/batch';
  });
  const files = [...lesions, ...others].map((file, i) => ({ ...file, name: `${i}.jpg` }));
  await page.getByTestId('batch-input').setInputFiles(files);
  await expect(page.getByTestId('batch-progress')).toHaveAttribute('aria-valuenow', String(files.length), { timeout: 180_000 });
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByTestId('batch-export-csv').click()]);
  const rows = parse<Record<string, string>>(readFileSync(await download.path(), 'utf8'), { columns: true, bom: true });
  const isUnlike = rows.map(({ reasons }) => reasons!.split(' ').includes('unlike-training'));
  const count = (list: readonly boolean[]): number => list.filter(Boolean).length;
  expect(count(isUnlike.slice(0, lesions.length))).toBeLessThanOrEqual(0.1 * lesions.length);
  expect(count(isUnlike.slice(lesions.length))).toBeGreaterThanOrEqual(0.9 * others.length);
  expect(rows.filter(({ kind }) => kind === 'dermatoscope').length).toBeGreaterThan(20);
});
