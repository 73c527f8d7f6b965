/** The diary where it is not at home: on the page of what is stored, and as a zip that is dropped. */
import { readFileSync } from 'node:fs';
import { expect, test, type Page } from '@playwright/test';
import { analyse, openReady, statusOf } from './support/app';
import { lesionPng, textFile } from './support/photos';

test.describe.configure({ mode: 'serial' });

let page: Page;
let zip: Buffer;

test.beforeAll(async ({ browser }) => {
  page = await browser.newPage();
  await openReady(page, '?backend=wasm');
  await analyse(page, lesionPng('irregular'));
});

test.afterAll(() => page.close());

async function open(hash: string): Promise<void> {
  await page.evaluate((to) => {
    location.hash = to;
  }, hash);
  await expect(page.locator('h1')).toBeAttached();
}

async function keep(): Promise<void> {
  await open('#/');
  await page.getByTestId('diary-save').click();
  if (await page.getByTestId('diary-mole-name').isVisible()) await page.getByTestId('diary-mole-name').fill('Back');
  await page.getByTestId('diary-confirm').click();
  await page.getByTestId('diary-close').click();
}

async function drop(...files: readonly { readonly name: string; readonly buffer: Buffer }[]): Promise<void> {
  await page.evaluate(
    (dropped) => {
      const dataTransfer = new DataTransfer();
      for (const { name, base64 } of dropped) {
        dataTransfer.items.add(new File([Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))], name));
      }
      document.body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
    },
    files.map(({ name, buffer }) => ({ name, base64: buffer.toString('base64') })),
  );
}

test('the footer leads to the page of what is stored, which counts the diary and deletes it, once asked', async () => {
  await keep();
  await keep();
  await open('#/diary');
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByTestId('diary-export').click()]);
  zip = readFileSync(await download.path());
  const link = page.getByTestId('privacy-link');
  await expect(link).toHaveText('Privacy');
  await link.click();
  const row = page.locator('[data-testid=stored-table] tr[data-kind=diary]');
  await expect(row).toContainText('2 entries');
  await expect(row).toContainText(/\d kB/);
  await page.getByTestId('stored-diary-clear').click();
  await expect(page.getByRole('group', { name: 'Delete the diary?' })).toContainText('2 entries');
  await page.getByRole('button', { name: 'Keep', exact: true }).click();
  await expect(row).toContainText('2 entries');
  await page.getByTestId('stored-diary-clear').click();
  await page.getByTestId('stored-diary-clear-confirm').click();
  await expect(page.getByTestId('stored-diary-cleared')).toContainText('2 entries deleted');
  await expect(row).toContainText('0 entries');
  await expect(page.getByTestId('stored-diary-clear')).toHaveCount(0);
  await open('#/diary');
  await expect(page.getByTestId('diary-empty')).toBeVisible();
  await expect(page.getByTestId('diary-notice')).toHaveCount(0);
});

test('a zip dropped on the diary is imported; several, or one that is no diary, get a sentence; a picture is analysed', async () => {
  await open('#/diary');
  await drop({ name: 'diary.zip', buffer: zip });
  await expect(page.getByTestId('diary-notice')).toHaveText('2 entries added.');
  await drop({ name: 'diary.zip', buffer: zip }, { name: 'diary 2.zip', buffer: zip });
  await expect(page.getByTestId('diary-error')).toHaveAttribute('data-code', 'diary-file-many');
  await drop(textFile('notes.zip', 'application/zip', 'no zip'));
  await expect(page.getByTestId('diary-error')).toHaveAttribute('data-code', 'diary-file-not-zip');
  await expect(page.getByTestId('diary')).toHaveAttribute('data-entries', '2');
  const runs = Number(await statusOf(page).getAttribute('data-runs'));
  await drop(lesionPng('regular'));
  await expect(statusOf(page)).toHaveAttribute('data-runs', String(runs + 1));
  await expect(page.getByTestId('photo-name')).toContainText('regular.png');
});

test('a zip dropped elsewhere gets a sentence that says where it belongs', async () => {
  for (const hash of ['#/', '#/about']) {
    await open(hash);
    await drop({ name: 'diary.zip', buffer: zip });
    await expect(page.getByTestId('error')).toHaveAttribute('data-code', 'file-is-zip');
    await expect(page.getByTestId('error')).toContainText('open the page “Diary”');
    await page.getByTestId('dismiss').click();
  }
  await expect(page.getByTestId('photo-name')).toContainText('regular.png');
  await open('#/batch');
  await drop({ name: 'diary.zip', buffer: zip });
  await expect(page.getByTestId('batch-table')).toContainText('open the page “Diary”');
});
