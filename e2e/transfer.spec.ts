/** What comes by paste and drag but is no photo of the person's. */
import { expect, test, type Page } from '@playwright/test';
import { analyse, countRuns, openReady, readScore } from './support/app';
import { lesionPng } from './support/photos';

test.describe.configure({ mode: 'serial' });

let page: Page;

test.beforeAll(async ({ browser }) => {
  page = await browser.newPage();
  await openReady(page);
  await analyse(page, lesionPng('regular'));
});

test.afterAll(() => page.close());

/** A picture and its words on the clipboard, as a word processor puts them. */
async function paste(selector: string): Promise<void> {
  await page.evaluate(
    ([target, base64]) => {
      const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
      const clipboardData = new DataTransfer();
      clipboardData.items.add(new File([bytes], 'words.png', { type: 'image/png' }));
      clipboardData.setData('text/plain', '49');
      document.querySelector(target)?.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }));
    },
    [selector, lesionPng('irregular').buffer.toString('base64')] as const,
  );
}

async function drag(kind: 'dragover' | 'drop', what: 'file' | 'link'): Promise<void> {
  await page.evaluate(
    ([type, carried]) => {
      const dataTransfer = new DataTransfer();
      if (carried === 'file') dataTransfer.items.add(new File(['x'], 'x.png', { type: 'image/png' }));
      else dataTransfer.setData('text/uri-list', 'https://example.org/mole.jpg');
      document.body.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));
    },
    [kind, what] as const,
  );
}

test('what is pasted into a text field is text', async () => {
  const [runs, before] = [await countRuns(page), await readScore(page)];
  await paste('[data-testid=filter-number]');
  await page.waitForTimeout(500);
  expect(await countRuns(page)).toBe(runs);
  expect(await readScore(page)).toEqual(before);
});

test('elsewhere a pasted picture is a photo', async () => {
  const runs = await countRuns(page);
  await paste('body');
  await expect.poll(() => countRuns(page)).toBe(runs + 1);
});

test('nothing is pasted under an open dialog', async () => {
  const runs = await countRuns(page);
  await page.getByTestId('diary-save').click();
  await expect(page.locator('dialog[open]')).toBeVisible();
  await paste('dialog[open]');
  await page.waitForTimeout(500);
  expect(await countRuns(page)).toBe(runs);
  await page.keyboard.press('Escape');
});

test('a link to a picture says what to do; the result stays', async () => {
  const before = await readScore(page);
  await drag('drop', 'link');
  const error = page.getByTestId('error');
  await expect(error).toHaveAttribute('data-code', 'link-dropped');
  await expect(error).toContainText('Save the picture');
  expect(await readScore(page)).toEqual(before);
  await page.getByTestId('dismiss').click();
});

test('the veil of a drag that was cancelled goes away', async () => {
  await drag('dragover', 'file');
  await expect(page.getByText('Drop a photo to analyse it')).toBeVisible();
  await expect(page.getByText('Drop a photo to analyse it')).toHaveCount(0);
});
