import { readFileSync } from 'node:fs';
import { expect, test, type Page } from '@playwright/test';
import { parse } from 'csv-parse/sync';
import { analyse, countRuns, openReady, putPhoto, readScore, waitForState, type Score, type Upload } from './support/app';
import { oddFiles, type OddFile } from './support/bad-files';
import { canEncodeHeif } from './support/encode-heif';
import { encodeJpeg } from './support/encode-jpeg';
import { animateWebp, encodePng } from './support/encode-pictures';
import { canvasWebp } from './support/encode-webp';
import { damagedPng, hugePng, lesionJpeg, lesionPng, sparseFile, textFile, truncate } from './support/photos';
import { drawLesion, reduceColours } from './support/pictures';

test.describe.configure({ mode: 'serial' });

const OVER_50_MB = 50 * 1024 * 1024 + 1;

let page: Page;

test.beforeAll(async ({ browser }) => {
  page = await browser.newPage();
  await openReady(page);
  await analyse(page, lesionPng('regular'));
});

test.afterAll(() => page.close());

const CASES: readonly { readonly what: string; readonly code: string; readonly file: () => Upload | Promise<Upload> }[] = [
  { what: 'no image', code: 'file-not-image', file: () => textFile('notes.txt', 'text/plain', 'These are notes.') },
  { what: 'an empty file', code: 'file-empty', file: () => textFile('empty.jpg', 'image/jpeg', '') },
  {
    what: 'a PDF named .jpg',
    code: 'file-not-image',
    file: () => textFile('scan.jpg', 'image/jpeg', '%PDF-1.7\n%âãÏÓ\n1 0 obj'),
  },
  { what: 'half a PNG', code: 'file-truncated', file: () => truncate(lesionPng('regular'), 0.5) },
  { what: 'half a JPEG', code: 'file-truncated', file: async () => truncate(await lesionJpeg(page, 300, 300), 0.5) },
  { what: 'a damaged PNG', code: 'image-damaged', file: damagedPng },
  { what: 'more than 100 megapixels', code: 'image-too-many-pixels', file: hugePng },
  { what: 'more than 50 MB', code: 'file-too-large', file: () => sparseFile(test.info().outputPath('big.jpg'), OVER_50_MB) },
  {
    what: 'a format that browsers do not read',
    code: 'image-unsupported',
    file: () => ({ name: 'scan.tif', mimeType: 'image/tiff', buffer: Buffer.from('49492a0008000000', 'hex') }),
  },
];

for (const { what, code, file } of CASES) {
  test(`${what}: ${code}, the result stays, the next photo works`, async () => {
    const before = await readScore(page);
    const run = await page.getByTestId('atlas').getAttribute('data-run');
    await putPhoto(page, await file());
    const error = page.getByTestId('error');
    await expect(error).toHaveAttribute('data-code', code);
    await waitForState(page, 'error');
    expect(await readScore(page)).toEqual(before);
    await expect(page.getByTestId('atlas')).toHaveAttribute('data-run', run ?? '');
    await analyse(page, lesionPng('regular'));
    await expect(error).toHaveCount(0);
    expect(await readScore(page)).toEqual(before);
  });
}

test('an error can be dismissed; the result stays', async () => {
  await putPhoto(page, textFile('notes.txt', 'text/plain', 'These are notes.'));
  await page.getByRole('button', { name: 'Dismiss' }).click();
  await expect(page.getByTestId('error')).toHaveCount(0);
  await waitForState(page, 'done');
});

/** Kinds of damage that browsers' decoders show without a word. */
function damagedJpegs(): readonly { readonly name: string; readonly mimeType: string; readonly buffer: Buffer }[] {
  const picture = drawLesion('irregular', 300, 300);
  return [true, false].flatMap((isProgressive) => {
    const whole = encodeJpeg(picture, { isProgressive });
    const half = whole.length >> 1;
    const end = Buffer.from([0xff, 0xd9]);
    const overwritten = (from: number, bytes: number): Buffer => Buffer.from(whole).fill(0, from, from + bytes);
    const files = {
      'zeros in it': overwritten(half, 4096),
      'noise in it': Buffer.from(whole).fill(Buffer.from('7b1fd2a35c9e0846', 'hex'), half, half + 4096),
      'a part cut out': Buffer.concat([whole.subarray(0, half), whole.subarray(half + 4096)]),
      'zeros to the end': overwritten(half, whole.length - half - 2),
      'half of it, with an end': Buffer.concat([whole.subarray(0, half), end]),
    };
    const kind = isProgressive ? 'progressive' : 'sequential';
    return Object.entries(files).map(([what, buffer]) => ({ name: `${kind}, ${what}.jpg`, mimeType: 'image/jpeg', buffer }));
  });
}

test('a JPEG that decodes though its data are damaged is not scored: image-damaged, alone and in a batch', async () => {
  const before = await readScore(page);
  const files = damagedJpegs();
  for (const file of files) {
    await putPhoto(page, file);
    await expect(page.getByTestId('error'), file.name).toHaveAttribute('data-code', 'image-damaged');
    await expect(page.getByTestId('error')).toContainText('part of its data is missing or overwritten');
    expect(await readScore(page)).toEqual(before);
    await page.getByRole('button', { name: 'Dismiss' }).click();
    await waitForState(page, 'done');
  }
  await page.getByRole('link', { name: 'Batch' }).click();
  await page.getByTestId('batch-input').setInputFiles([lesionPng('regular'), ...files]);
  await expect(page.getByTestId('batch-progress')).toHaveAttribute('aria-valuenow', String(files.length + 1));
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByTestId('batch-export-csv').click()]);
  const rows = parse<Record<string, string>>(readFileSync(await download.path(), 'utf8'), { columns: true, bom: true });
  expect(rows.map(({ file, probability, error }) => [file, probability !== '', error])).toEqual([
    ['regular.png', true, ''],
    ...files.map(({ name }) => [name, false, 'image-damaged']),
  ]);
  await page.goBack();
  await waitForState(page, 'done');
});

test.describe('every odd file ends in the right picture or in a coded error, and nothing is lost', () => {
  const picture = reduceColours(drawLesion('irregular', 240, 180));
  let reference: Score;
  let oddFilesMade: readonly OddFile[] = [];

  /** Waits until the file is analysed or refused. @returns the error's code, or null. */
  async function settle(file: Upload): Promise<string | null> {
    const runs = await countRuns(page);
    await putPhoto(page, file);
    const outcome = await page.waitForFunction((before) => {
      const { state, runs: now } = document.querySelector<HTMLElement>('[data-testid=app-status]')?.dataset ?? {};
      const code = document.querySelector<HTMLElement>('[data-testid=error]')?.dataset['code'];
      if (state === 'error' && code !== undefined) return { code };
      return state === 'done' && Number(now) > before ? { code: null } : null;
    }, runs);
    return (await outcome.jsonValue())?.code ?? null;
  }

  test.beforeAll(async () => {
    const [still, second] = [
      await canvasWebp(page, encodePng(picture), 1),
      await canvasWebp(page, encodePng(drawLesion('regular', 240, 180)), 1),
    ];
    oddFilesMade = oddFiles({
      picture,
      webp: still,
      animatedWebp: animateWebp([still, second], picture.width, picture.height),
      canEncodeHeif: canEncodeHeif(),
    });
    reference = await analyse(page, { name: 'whole.png', mimeType: 'image/png', buffer: encodePng(picture) });
  });

  test('at least 60 of them', async () => {
    test.setTimeout(600_000);
    expect(oddFilesMade.length).toBeGreaterThanOrEqual(60);
    for (const { what, file, outcome } of oddFilesMade) {
      const before = await readScore(page);
      const run = await page.getByTestId('atlas').getAttribute('data-run');
      const code = await settle(file);
      const after = await readScore(page);
      const difference = Math.abs(after.probability - reference.probability);
      if (outcome === 'same') expect.soft([code, after], what).toEqual([null, reference]);
      else if (outcome === 'near') expect.soft([code, difference < 0.02], `${what}: ${difference}`).toEqual([null, true]);
      else if (outcome === 'cant-say')
        expect
          .soft([code, after.verdict, after.reasons], what)
          .toEqual([null, 'cant-say', expect.stringContaining('low-resolution')]);
      else {
        expect.soft(code, what).toBe(outcome);
        expect.soft(after, what).toEqual(before);
        expect.soft(await page.getByTestId('atlas').getAttribute('data-run'), what).toBe(run);
      }
      if (code !== null) {
        await page.getByRole('button', { name: 'Dismiss' }).click();
        await waitForState(page, 'done');
      }
    }
    expect(await page.evaluate(() => 'hacked' in globalThis)).toBe(false);
    expect(await analyse(page, { name: 'whole.png', mimeType: 'image/png', buffer: encodePng(picture) })).toEqual(reference);
    test.info().annotations.push({ type: 'odd files', description: String(oddFilesMade.length) });
  });
});
