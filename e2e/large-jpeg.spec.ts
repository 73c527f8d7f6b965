/**
 * JPEGs of more than 100 megapixels, as phones of 108 and 200 write them: decoded scaled down, named and cropped in their own
 * pixels. Of each there is a copy at half its size, of the very pixels that are decoded of the large one: every number of the
 * one is that of the other, exactly.
 */
import { readFileSync } from 'node:fs';
import { expect, test, type Page } from '@playwright/test';
import { parse } from 'csv-parse/sync';
import { analyse, lookAtReport, openReady, putPhoto, readScore, type Score, type Upload } from './support/app';
import { encodeFlatJpeg, exifSegment } from './support/encode-jpeg';
import { drawLesion } from './support/pictures';

test.describe.configure({ mode: 'serial' });

/** 12,000 x 9,008 pixels once each is a square of 16. */
const picture = drawLesion('irregular', 750, 563);
const [large, half] = [encodeFlatJpeg(picture), encodeFlatJpeg(picture, { isHalf: true })];
const segments = [exifSegment(6)];
const [turned, turnedHalf] = [encodeFlatJpeg(picture, { segments }), encodeFlatJpeg(picture, { segments, isHalf: true })];

let page: Page;

test.beforeAll(async ({ browser }) => {
  page = await browser.newPage();
  await openReady(page, '?backend=wasm');
});

test.afterAll(() => page.close());

function upload(name: string, buffer: Buffer): Exclude<Upload, string> {
  return { name, mimeType: 'image/jpeg', buffer };
}

interface Seen {
  readonly size: string;
  /** Of the photo that the screen shows: width by height. */
  readonly shown: number;
  readonly score: Score;
  /** The square around the lesion, and its score. */
  readonly square: readonly number[];
  readonly squareScore: Score;
  /** Green of every 8th pixel of the report's square. */
  readonly report: readonly number[];
}

async function look(name: string, buffer: Buffer): Promise<Seen> {
  const score = await analyse(page, upload(name, buffer));
  const size = /\d+×\d+/.exec(await page.getByTestId('photo-name').innerText())?.[0] ?? '';
  const shown = await page
    .locator('img[alt$="with the square that was analysed"]')
    .first()
    .evaluate((element: HTMLImageElement) => element.naturalWidth / element.naturalHeight);
  await page.getByTestId('crop-edit').click();
  const runs = Number(await page.getByTestId('app-status').getAttribute('data-runs'));
  await page.getByTestId('crop-find').click();
  await expect(page.getByTestId('crop-finding')).toHaveAttribute('data-state', 'found');
  await expect(page.getByTestId('app-status')).toHaveAttribute('data-runs', String(runs + 1));
  await expect(page.getByTestId('app-status')).toHaveAttribute('data-state', 'done');
  const editor = page.getByTestId('crop-editor');
  const square = await Promise.all(['x', 'y', 'size'].map(async (of) => Number(await editor.getAttribute(`data-${of}`))));
  const squareScore = await readScore(page);
  await page.keyboard.press('Escape');
  const report = await lookAtReport(page);
  return { size, shown, score, square, squareScore, report };
}

for (const [what, one, copy, size, halfSize] of [
  ['108 megapixels', large, half, '12000×9008', '6000×4504'],
  ['108 megapixels on their side', turned, turnedHalf, '9008×12000', '4504×6000'],
] as const) {
  test(`${what}: the score of the same picture at half its size, in pixels of its own`, async () => {
    const wanted = await look('half.jpg', copy);
    const seen = await look('large.jpg', one);
    expect([wanted.size, seen.size]).toEqual([halfSize, size]);
    expect(seen.shown).toBeCloseTo(wanted.shown, 6);
    expect(seen.score).toEqual(wanted.score);
    // A proposal is rounded to the photo's whole pixels, of which the small one's are two.
    seen.square.forEach((value, i) => {
      expect(Math.abs(value - 2 * wanted.square[i]!)).toBeLessThanOrEqual(2);
    });
    expect(Math.abs(seen.squareScore.probability - wanted.squareScore.probability)).toBeLessThan(0.005);
    const differences = seen.report.map((value, i) => Math.abs(value - wanted.report[i]!));
    expect(differences.reduce((sum, value) => sum + value, 0) / differences.length).toBeLessThan(1);
  });
}

test('in a batch: the same score, and the size that the file says; what is damaged is refused', async () => {
  const single = await analyse(page, upload('half.jpg', half));
  const damaged = Buffer.from(large);
  damaged.fill(0, damaged.length >> 1, (damaged.length >> 1) + 4096);
  await page.getByRole('link', { name: 'Batch' }).click();
  await page
    .getByTestId('batch-input')
    .setInputFiles([upload('a.jpg', large), upload('b.jpg', turned), upload('c.jpg', damaged)]);
  await expect(page.getByTestId('batch-progress')).toHaveAttribute('aria-valuenow', '3');
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByTestId('batch-export-csv').click()]);
  await page.getByRole('link', { name: 'Analyse' }).click();
  const rows = parse<Record<string, string>>(readFileSync(await download.path(), 'utf8'), { columns: true, bom: true });
  expect(rows.map(({ width, height, error }) => [width, height, error])).toEqual([
    ['12000', '9008', ''],
    ['9008', '12000', ''],
    ['', '', 'image-damaged'],
  ]);
  expect(Number(rows[0]?.['logit'])).toBe(single.logit);
});

test('more than 200 megapixels, and a damaged large one: refused with their codes, and the result stays', async () => {
  const before = await analyse(page, upload('half.jpg', half));
  const head = large.indexOf(Buffer.from([0xff, 0xc0])) + 5;
  const tooLarge = Buffer.from(large);
  tooLarge.writeUInt16BE(16_800, head); // lines: 16,800 x 12,000 are 201.6 million pixels
  const cut = Buffer.concat([large.subarray(0, large.length >> 1), Buffer.from([0xff, 0xd9])]);
  for (const [file, code] of [
    [tooLarge, 'image-too-many-pixels'],
    [cut, 'image-damaged'],
  ] as const) {
    await putPhoto(page, upload('other.jpg', file));
    await expect(page.getByTestId('error')).toHaveAttribute('data-code', code);
    expect(await readScore(page)).toEqual(before);
    await page.getByRole('button', { name: 'Dismiss' }).click();
  }
});

test('a browser that does not scale while it decodes refuses a large one, with what to do, and nothing else', async ({
  browser,
}) => {
  const context = await browser.newContext();
  // In the worker, where it is decoded.
  await context.route(/worker.*\.js/, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: `delete self.ImageDecoder;${await response.text()}` });
  });
  const other = await context.newPage();
  await openReady(other, '?backend=wasm');
  await putPhoto(other, upload('large.jpg', large));
  await expect(other.getByTestId('error')).toHaveAttribute('data-code', 'image-too-many-pixels');
  await expect(other.getByTestId('error')).toContainText('Save a smaller copy');
  expect((await analyse(other, upload('half.jpg', half))).probability).toBeGreaterThan(0);
  await context.close();
});
