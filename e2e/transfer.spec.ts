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
async function paste(selector: string, name = 'words.png'): Promise<void> {
  await page.evaluate(
    ([target, file, base64]) => {
      const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
      const clipboardData = new DataTransfer();
      clipboardData.items.add(new File([bytes], file, { type: 'image/png' }));
      clipboardData.setData('text/plain', '49');
      document.querySelector(target)!.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }));
    },
    [selector, name, lesionPng('irregular').buffer.toString('base64')] as const,
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

/** An analysis shows at once; the photo that is pasted after it would wait for it, and count as a second one. */
async function expectNothingCame(act: () => Promise<void>, name: string): Promise<void> {
  const runs = await countRuns(page);
  await act();
  await expect(page.getByTestId('app-status')).toHaveAttribute('data-state', 'done');
  await page.keyboard.press('Escape');
  await expect(page.locator('dialog[open]')).toHaveCount(0);
  await paste('body', name);
  await expect(page.getByTestId('photo-name')).toContainText(name);
  await expect.poll(() => countRuns(page)).toBe(runs + 1);
}

test('what is pasted into a text field is text; elsewhere a pasted picture is a photo', async () => {
  await expectNothingCame(() => paste('[data-testid=filter-number]'), 'after-field.png');
});

test('nothing is pasted under an open dialog', async () => {
  await page.getByTestId('diary-save').click();
  await expect(page.locator('dialog[open]')).toBeVisible();
  await expectNothingCame(() => paste('dialog[open]'), 'after-dialog.png');
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
