import { expect, test, type Page } from '@playwright/test';
import { analyse, openReady, putPhoto, readScore, waitForState, type Upload } from './support/app';
import { damagedPng, hugePng, lesionJpeg, lesionPng, sparseFile, textFile, truncate } from './support/photos';

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
  { what: 'a PDF named .jpg', code: 'file-not-image', file: () => textFile('scan.jpg', 'image/jpeg', '%PDF-1.7\n%âãÏÓ\n1 0 obj') },
  { what: 'half a PNG', code: 'file-truncated', file: () => truncate(lesionPng('regular'), 0.5) },
  { what: 'half a JPEG', code: 'file-truncated', file: async () => truncate(await lesionJpeg(page, 300, 300), 0.5) },
  { what: 'a damaged PNG', code: 'image-decode-failed', file: damagedPng },
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
