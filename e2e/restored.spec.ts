/** Leaving the app and coming back: by Back, by a reload, as a restored tab, out of the back/forward cache. */
import { expect, test, type Page } from '@playwright/test';
import { BROWSER_FLAGS, findBrowserHere } from '../tools/find-browser';
import { analyse, openReady, showLayer, waitForState } from './support/app';
import { lesionPng } from './support/photos';

// Playwright turns the back/forward cache off.
test.use({
  launchOptions: {
    executablePath: findBrowserHere(),
    args: BROWSER_FLAGS,
    ignoreDefaultArgs: ['--disable-back-forward-cache'],
  },
});

async function showFilter(page: Page): Promise<void> {
  await analyse(page, lesionPng('irregular'));
  await showLayer(page, 'block2_conv1');
  await page.getByTestId('filter-number').fill('49');
  await page.getByTestId('filter-number').press('Enter');
  await expect(page).toHaveURL(/#\/\?layer=block2_conv1&filter=49$/);
}

/** The page speaks of a filter whose photo is gone, and says so; nothing else is there to be wrong. */
async function expectGone(page: Page): Promise<void> {
  await waitForState(page, 'ready');
  await expect(page.getByTestId('photo-gone')).toContainText('block2_conv1, filter 49');
  await expect(page.getByTestId('layer-select')).toHaveValue('block2_conv1');
  for (const id of ['score', 'atlas', 'filter-zoom', 'error', 'part-failed']) await expect(page.getByTestId(id)).toHaveCount(0);
}

test('after a reload, and in a restored tab, the page says that the photo is gone; the photo brings the filter back', async ({
  page,
  context,
}) => {
  await openReady(page, '?backend=wasm');
  await expect(page.getByTestId('photo-gone')).toHaveCount(0);
  await showFilter(page);
  await expect(page.getByTestId('photo-gone')).toHaveCount(0);
  await page.reload();
  await expectGone(page);
  const restored = await context.newPage();
  // Of two photos, as a tab may remember it.
  await restored.goto(page.url().replace('filter=49', 'filter=49&view=difference&scale=both&layout=mosaic'));
  await expectGone(restored);
  await restored.close();
  await analyse(page, lesionPng('irregular'));
  await expect(page.getByTestId('photo-gone')).toHaveCount(0);
  await expect(page.getByTestId('filter-zoom').first()).toHaveAttribute('data-filter', '49');
  await page.goto('./#/report');
  await page.reload();
  await expect(page.locator('main')).toContainText('are gone when the page is closed');
});

test('to another page and Back: as it was, or the page says that the photo is gone; it analyses', async ({ page }) => {
  await openReady(page, '?backend=wasm');
  await showFilter(page);
  await page.goto('./wasm/');
  // A page out of the cache fires no load event.
  await page.goBack({ waitUntil: 'commit' });
  await expect(page.getByTestId('score').or(page.getByTestId('photo-gone')).first()).toBeVisible();
  const isKept = (await page.getByTestId('score').count()) > 0;
  test.info().annotations.push({ type: 'back/forward cache', description: isKept ? 'used' : 'not used' });
  if (!isKept) await expectGone(page);
  await analyse(page, lesionPng('regular'));
  await showLayer(page, 'block5_conv3');
});

test('out of the back/forward cache with a worker that ended unnoticed: another one takes over, the result stays', async ({
  page,
}) => {
  await page.addInitScript(() => {
    const workers: Worker[] = [];
    Object.assign(globalThis, { workers });
    const Original = Worker;
    Object.assign(globalThis, {
      Worker: class extends Original {
        constructor(...args: ConstructorParameters<typeof Worker>) {
          super(...args);
          workers.push(this);
        }
      },
    });
  });
  await openReady(page, '?backend=wasm');
  await showFilter(page);
  // Nothing is under way when the worker ends.
  await expect(page.getByTestId('score')).toHaveAttribute('data-range', /\d/);
  const countEngines = (): Promise<number> =>
    page.evaluate(() => (globalThis as unknown as { workers: unknown[] }).workers.length);
  const before = await countEngines();
  const come = (): Promise<unknown> =>
    page.evaluate(() => dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })));
  await come();
  await showLayer(page, 'block3_conv1');
  expect(await countEngines()).toBe(before);
  await page.evaluate(() => {
    for (const worker of (globalThis as unknown as { workers: Worker[] }).workers) worker.terminate();
  });
  await come();
  await expect.poll(countEngines).toBe(before + 1);
  await showLayer(page, 'block5_conv3');
  await expect(page.getByTestId('score')).toBeVisible();
  await expect(page.getByTestId('error')).toHaveCount(0);
  await analyse(page, lesionPng('regular'));
});
