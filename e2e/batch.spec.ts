import { readFileSync } from 'node:fs';
import { expect, test, type Page } from '@playwright/test';
import { parse } from 'csv-parse/sync';
import { analyse, openReady } from './support/app';
import { lesionPng, textFile, truncate, type PhotoFile } from './support/photos';

const COLUMNS = ['file', 'probability', 'logit', 'verdict', 'reasons', 'width', 'height', 'ms', 'error'];

function named(file: PhotoFile, name: string): PhotoFile {
  return { ...file, name };
}

async function addAndWait(page: Page, files: readonly PhotoFile[], total: number): Promise<void> {
  await page.getByTestId('batch-input').setInputFiles([...files]);
  const progress = page.getByTestId('batch-progress');
  await expect(progress).toHaveAttribute('aria-valuemax', String(total));
  await expect(progress).toHaveAttribute('aria-valuenow', String(total));
}

async function exportCsv(page: Page): Promise<readonly Readonly<Record<string, string>>[]> {
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByTestId('batch-export-csv').click()]);
  expect(download.suggestedFilename()).toBe('batch.csv');
  const text = readFileSync(await download.path(), 'utf8');
  expect(text.split('\r\n')[0]).toBe(COLUMNS.join(','));
  return parse<Record<string, string>>(text, { columns: true });
}

test('a batch scores every file, goes on after a broken one, and exports them all', async ({ page }) => {
  await openReady(page);
  const alone = await analyse(page, lesionPng('irregular'));
  await page.getByRole('link', { name: 'Batch' }).click();
  const regular = lesionPng('regular');
  await addAndWait(
    page,
    [
      named(lesionPng('irregular'), 'a.png'),
      named(truncate(regular, 0.5), 'b, broken.png'),
      textFile('c.jpg', 'image/jpeg', 'no picture'),
      named(regular, 'd.png'),
    ],
    4,
  );
  const rows = await exportCsv(page);
  expect(rows.map(({ file, error }) => [file, error])).toEqual([
    ['a.png', ''],
    ['b, broken.png', 'file-truncated'],
    ['c.jpg', 'file-not-image'],
    ['d.png', ''],
  ]);
  expect(Number(rows[0]?.['probability'])).toBe(alone.probability);
  expect(rows[0]).toMatchObject({ verdict: alone.verdict, width: '256', height: '256' });
  expect(rows[1]).toMatchObject({ probability: '', logit: '', verdict: '' });

  await addAndWait(page, [named(regular, 'e.png')], 5);
  const more = await exportCsv(page);
  expect(more.map(({ file }) => file)).toEqual(['a.png', 'b, broken.png', 'c.jpg', 'd.png', 'e.png']);
  expect(more[4]?.['probability']).toBe(more[3]?.['probability']);
  await expect(page.getByTestId('batch-table').locator('tbody tr')).toHaveCount(5);

  await page.getByRole('button', { name: 'Clear the list' }).click();
  await expect(page.getByTestId('batch-progress')).toHaveAttribute('aria-valuemax', '0');
  await expect(page.getByTestId('batch-table')).toHaveCount(0);
});

test('a batch can be cancelled: finished rows stay, and few rows are in the page at a time', async ({ page }) => {
  await openReady(page, '#/batch');
  const files = Array.from({ length: 120 }, (_, i) => named(lesionPng('regular'), `${i}.png`));
  await page.getByTestId('batch-input').setInputFiles(files);
  const progress = page.getByTestId('batch-progress');
  await expect(progress).toHaveAttribute('aria-valuemax', '120');
  await expect(page.getByTestId('batch-table').locator('tbody tr')).toHaveCount(50);
  await expect.poll(async () => Number(await progress.getAttribute('aria-valuenow'))).toBeGreaterThan(1);
  await page.getByRole('button', { name: 'Cancel' }).click();
  const finished = await progress.getAttribute('aria-valuenow');
  await expect(progress).toHaveAttribute('aria-valuemax', finished ?? '');
  expect(await exportCsv(page)).toHaveLength(Number(finished));
});
