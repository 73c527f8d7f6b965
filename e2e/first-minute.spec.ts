/** What somebody meets in the first minute: on a phone, on a desk, with keys alone, with a finger. */
import { expect, test, type Page } from '@playwright/test';
import { analyse, countRuns, openReady, showLayer, statusOf, waitForState } from './support/app';
import { lesionPng } from './support/photos';

const PHONE = { viewport: { width: 360, height: 800 }, hasTouch: true, isMobile: true } as const;

async function heightOfPage(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollHeight);
}

/** Presses Tab until an element has the focus; a person would, too. */
async function tabTo(page: Page, testId: string, within = 60): Promise<void> {
  for (let presses = 0; presses < within; presses += 1) {
    if (await page.getByTestId(testId).evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`${testId} is not reached by Tab`);
}

test('before a photo the viewer shows what the network sees in a sample, labelled, and no score', async ({ page }) => {
  await openReady(page, '?backend=wasm');
  const preview = page.getByTestId('preview-maps');
  await expect(preview).toHaveAttribute('data-drawn', 'true');
  await expect(preview).toHaveAttribute('data-layer', 'block2_conv1');
  await expect(page.getByText('Synthetic sample')).toBeVisible();
  await page.getByTestId('layer-select').selectOption('block4_conv1');
  await expect(preview).toHaveAttribute('data-layer', 'block4_conv1');
  await expect(preview).toHaveAttribute('data-channels', '512');
  expect(await countRuns(page)).toBe(0);
  await expect(page.getByTestId('score')).toHaveCount(0);
  await expect(statusOf(page)).toHaveAttribute('data-state', 'ready');
  await page.getByRole('button', { name: 'Explore this sample' }).click();
  await expect(page.getByTestId('atlas')).toHaveAttribute('data-layer', 'block4_conv1');
});

test('on a phone the score is in sight after a photo; each part is two screens high at most, and works by touch', async ({
  browser,
}) => {
  const context = await browser.newContext(PHONE);
  const page = await context.newPage();
  await openReady(page, '?backend=wasm');
  await analyse(page, lesionPng('irregular'));
  const number = page
    .getByTestId('score')
    .getByText(/^0\.\d{3}$/)
    .first();
  await expect(number).toBeInViewport({ ratio: 1 });
  expect(await page.evaluate(() => scrollY)).toBe(0);
  for (const [part, shown] of [
    ['result', 'score'],
    ['maps', 'atlas'],
    ['tools', 'experiment-score'],
  ] as const) {
    await page.getByTestId(`part-${part}`).tap();
    await expect(page.getByTestId(shown)).toBeInViewport();
    expect(await heightOfPage(page), part).toBeLessThanOrEqual(1600);
  }
  await expect(page.getByTestId('score')).toBeHidden();
  await page.getByTestId('part-maps').tap();
  await expect(page.getByTestId('experiment-score')).toBeHidden();
  const box = (await page.getByTestId('atlas').boundingBox())!;
  await page.touchscreen.tap(box.x + box.width * 0.3, box.y + 20);
  const zoom = page.getByTestId('filter-zoom');
  await expect(zoom).toHaveAttribute('data-filter', /\d/);
  // The enlarged map and the atlas stand one below the other.
  const [atlas, card] = await Promise.all([
    page.locator(':has(> * > * > * > * > [data-testid=atlas])').last().boundingBox(),
    zoom.boundingBox(),
  ]);
  expect(card!.y).toBeGreaterThan(atlas!.y + atlas!.height - 1);
  await page.getByTestId('part-tools').tap();
  await page.getByTestId('mute-toggle').tap();
  await expect(page.getByTestId('experiment-score')).toHaveAttribute('data-state', 'done');
  await context.close();
});

test('on a desk the maps begin high up, and 512 of them are large enough to be looked at', async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await openReady(page, '?backend=wasm');
  await analyse(page, lesionPng('irregular'));
  const atlas = await showLayer(page, 'block5_conv1');
  const [box, viewer] = await Promise.all([
    atlas.boundingBox(),
    page.locator('section[aria-labelledby="viewer-title"]').boundingBox(),
  ]);
  expect(box!.y - viewer!.y).toBeLessThanOrEqual(300);
  expect(box!.width / Number(await atlas.getAttribute('data-columns'))).toBeGreaterThanOrEqual(40);
});

test('by keyboard alone: a sample, its score, a layer, a filter, another colour map, a mute', async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await openReady(page, '?backend=wasm');
  await tabTo(page, 'photo-input');
  await page.keyboard.press('Tab');
  await expect(page.getByTestId('camera-open')).toBeFocused();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(statusOf(page)).toHaveAttribute('data-runs', '1');
  await waitForState(page, 'done');
  await expect(page.getByTestId('score')).toHaveAttribute('data-probability', /\d/);
  await tabTo(page, 'layer-select');
  await page.keyboard.press('ArrowDown');
  const atlas = page.getByTestId('atlas');
  await expect(atlas).toHaveAttribute('data-layer', 'block2_conv2');
  await tabTo(page, 'atlas');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('filter-zoom')).toHaveAttribute('data-layer', 'block2_conv2');
  await tabTo(page, 'mute-filter');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('experiment-score')).toHaveAttribute('data-state', 'done');
  // The menu opens, its choice works at once, and Escape closes it and gives the focus back.
  await page.getByTestId('view-menu').locator('summary').focus();
  await page.keyboard.press('Enter');
  await tabTo(page, 'colour-map-select');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('colour-map-select')).toBeHidden();
  await expect(page.getByTestId('view-menu').locator('summary')).toBeFocused();
});

test('the second visit moves nothing that stands on the screen', async ({ browser }) => {
  const context = await browser.newContext({ ...PHONE, serviceWorkers: 'allow' });
  const first = await context.newPage();
  await openReady(first, '?backend=wasm');
  await first.close();
  for (const size of [PHONE.viewport, { width: 1440, height: 900 }]) {
    const page = await context.newPage();
    await page.setViewportSize(size);
    await page.addInitScript(() => {
      Object.assign(window, { shifts: 0 });
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries() as (PerformanceEntry & { value: number; hadRecentInput: boolean })[]) {
          if (!entry.hadRecentInput) (window as unknown as { shifts: number }).shifts += entry.value;
        }
      }).observe({ type: 'layout-shift', buffered: true });
    });
    await openReady(page, '?backend=wasm');
    await expect(page.getByTestId('preview-maps')).toHaveAttribute('data-drawn', 'true');
    const shifts = await page.evaluate(() => (window as unknown as { shifts: number }).shifts);
    test.info().annotations.push({ type: 'layout shift', description: `${size.width}: ${shifts}` });
    expect(shifts, `${size.width} px wide`).toBeLessThanOrEqual(0.02);
    await page.close();
  }
  await context.close();
});
