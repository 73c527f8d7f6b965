/** Files on the disk that change or vanish after they were chosen: a cloud's sync, an editor, a card that is pulled out. */
import { rmSync, writeFileSync } from 'node:fs';
import { expect, test, type Page, type TestInfo } from '@playwright/test';
import { parse } from 'csv-parse/sync';
import { analyse, countRuns, openReady, putPhoto, readScore, statusOf, waitForState, type Score } from './support/app';
import { lesionPng, noisyLesionPng } from './support/photos';

function onDisk(info: TestInfo, name: string, bytes: Buffer): string {
  const path = info.outputPath(name);
  writeFileSync(path, bytes);
  return path;
}

const BLOWS: readonly (readonly [string, (path: string) => void])[] = [
  ['deleted', (path) => rmSync(path)],
  ['overwritten with another photo', (path) => writeFileSync(path, lesionPng('regular').buffer)],
  ['overwritten with text', (path) => writeFileSync(path, 'not a picture')],
];

/** A smaller square, then the former one again. */
async function cropAndBack(page: Page): Promise<Score> {
  const runs = await countRuns(page);
  await page.getByTestId('crop-edit').click();
  await page.keyboard.press('-');
  await expect(statusOf(page)).toHaveAttribute('data-runs', String(runs + 1));
  await page.getByTestId('crop-reset').click();
  await expect(statusOf(page)).toHaveAttribute('data-runs', String(runs + 2));
  await waitForState(page, 'done');
  return readScore(page);
}

for (const [what, strike] of BLOWS) {
  test(`${what}: squares, the search for the lesion, report and diary go on with the photo that was chosen`, async ({
    page,
  }, info) => {
    await openReady(page, '?backend=wasm');
    const path = onDisk(info, 'mole.png', lesionPng('irregular').buffer);
    const score = await analyse(page, path);
    strike(path);
    expect(await cropAndBack(page)).toEqual(score);
    await page.getByTestId('crop-find').click();
    await expect(page.getByTestId('crop-finding')).toHaveAttribute('data-state', /^(found|not-found)$/);
    await waitForState(page, 'done');

    await page.getByTestId('diary-save').click();
    await page.getByTestId('diary-mole-name').fill('Forearm');
    await page.getByTestId('diary-confirm').click();
    await expect(page.getByTestId('diary-saved')).toBeVisible();
    await page.getByTestId('diary-close').click();
    await page.getByTestId('report-open').first().click();
    await expect(page.getByTestId('report-crop')).toHaveAttribute('data-drawn', 'true');
    await expect(page.getByTestId('error')).toHaveCount(0);
  });
}

test('in a batch each is read in its turn: what is gone by then has its error, the others their score', async ({
  page,
}, info) => {
  // Without a model three files are read, and wait.
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route('**/model/**/manifest.json', async (route) => {
    await held;
    await route.continue();
  });
  await page.goto('./?backend=wasm#/batch');
  const paths = [0, 1, 2, 3, 4, 5].map((i) => onDisk(info, `photo-${i}.png`, noisyLesionPng(i).buffer));
  await page.getByTestId('batch-input').setInputFiles(paths);
  await expect(page.getByTestId('batch-progress')).toHaveAttribute('aria-valuemax', '6');
  // Long since read: their bytes are what counts.
  await page.waitForTimeout(500);
  rmSync(paths[0]!);
  rmSync(paths[4]!);
  writeFileSync(paths[5]!, lesionPng('regular').buffer);
  release();
  await expect(page.getByTestId('batch-progress')).toHaveAttribute('aria-valuenow', '6', { timeout: 120_000 });
  await expect(page.getByText('6 of 6 done, 2 could not be read.')).toBeVisible();
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByTestId('batch-export-csv').click()]);
  const csv = Buffer.concat((await (await file.createReadStream()).toArray()) as Buffer[]).toString();
  const errors = parse<Record<string, string>>(csv, { columns: true, bom: true }).map(({ error }) => error);
  expect(errors).toEqual(['', '', '', '', 'file-unreadable', 'file-unreadable']);

  // Its row can be opened no more, and trying again would not help.
  await page.getByRole('link', { name: 'photo-0.png' }).click();
  await expect(page.getByTestId('error')).toHaveAttribute('data-code', 'file-unreadable');
  await expect(page.getByTestId('try-again')).toHaveCount(0);
});

test('gone before it was read: said so, and the photo on the screen stays', async ({ page }, info) => {
  await openReady(page, '?backend=wasm');
  const score = await analyse(page, lesionPng('irregular'));
  const path = onDisk(info, 'gone.png', lesionPng('regular').buffer);
  // Deleted between the choice and the app's own listener.
  await page.exposeFunction('strike', () => rmSync(path));
  await page.evaluate(() => {
    const input = document.querySelector<HTMLInputElement>('[data-testid=photo-input]')!;
    const onChange = (event: Event): void => {
      event.stopImmediatePropagation();
      window.removeEventListener('change', onChange, true);
      void (window as unknown as { strike: () => Promise<void> }).strike().then(() => {
        input.dispatchEvent(new Event('change', { bubbles: true }));
      });
    };
    window.addEventListener('change', onChange, true);
  });
  await putPhoto(page, path);
  await expect(page.getByTestId('error')).toHaveAttribute('data-code', 'file-unreadable');
  await expect(page.getByTestId('try-again')).toHaveCount(0);
  expect(await readScore(page)).toEqual(score);
});
