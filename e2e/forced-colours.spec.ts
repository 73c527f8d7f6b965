/** Where the system chooses the colours (Windows high contrast), what only a colour told is still told. */
import { expect, test, type Locator, type Page } from '@playwright/test';
import { analyse, openReady, waitForState } from './support/app';
import { lesionPng, noisyLesionPng } from './support/photos';

test.describe.configure({ mode: 'serial' });

let page: Page;

test.beforeAll(async ({ browser }) => {
  page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  // From the start: what is drawn while the model loads counts too.
  await page.emulateMedia({ forcedColors: 'active', reducedMotion: 'reduce' });
  await openReady(page, '?backend=wasm');
  await analyse(page, lesionPng('irregular'));
  await page.getByTestId('photo-input-b').setInputFiles(lesionPng('regular'));
  await expect(page.getByTestId('score-b')).toBeVisible();
  await waitForState(page, 'done');
});

test.afterAll(() => page.close());

/** The colours that are really used: forced ones included. */
function paintOf(locator: Locator): Promise<Readonly<Record<'ground' | 'edge' | 'ink' | 'picture' | 'shadow', string>>> {
  return locator.evaluate((element) => {
    const style = getComputedStyle(element);
    return {
      ground: style.backgroundColor,
      edge: style.borderBottomColor,
      ink: style.color,
      picture: style.backgroundImage,
      shadow: style.boxShadow,
    };
  });
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`${colorScheme}: selected and unselected differ`, async () => {
    await page.emulateMedia({ forcedColors: 'active', reducedMotion: 'reduce', colorScheme });
    const canvas = await paintOf(page.locator('html'));
    const rail = page.locator('button[aria-pressed]:has([class*="bar"])');
    const bar = (state: string): Locator => page.locator(`button[aria-pressed="${state}"] > [class*="_bar_"]`).first();
    expect(await rail.count()).toBeGreaterThan(10);
    const [chosen, other] = [await paintOf(bar('true')), await paintOf(bar('false'))];
    expect(chosen.ground).not.toBe(other.ground);
    for (const { ground } of [chosen, other]) expect(ground).not.toBe(canvas.ground);

    const tab = (isSelected: boolean): Locator => page.locator(`[role=tab][aria-selected=${isSelected}]`).first();
    const [open, shut] = [await paintOf(tab(true)), await paintOf(tab(false))];
    expect(open.ground).not.toBe(shut.ground);
    expect(open.ink).not.toBe(open.ground);
    expect(shut.edge).toBe(canvas.ground);

    const link = (current: string): Locator => page.locator(`nav a${current}`).first();
    expect((await paintOf(link('[aria-current]'))).edge).not.toBe((await paintOf(link(':not([aria-current])'))).edge);

    const pin = page.getByTestId('pin-filter');
    const before = await paintOf(pin);
    await pin.click();
    expect((await paintOf(pin)).ground).not.toBe(before.ground);
    await pin.click();
  });

  test(`${colorScheme}: what is content keeps its colours: legends, ruler, marks on photo and maps`, async () => {
    await page.emulateMedia({ forcedColors: 'active', reducedMotion: 'reduce', colorScheme });
    const legend = await paintOf(page.locator('[class*="_legend_"] > [class*="_bar_"]').first());
    expect(legend.picture).toContain('gradient');
    expect((await paintOf(page.locator('[class*="_ruler_"]').first())).picture).toContain('gradient');
    expect((await paintOf(page.locator('[class*="_selected_"]').first())).shadow).not.toBe('none');
    await page.getByTestId('crop-edit').click();
    expect((await paintOf(page.locator('.ReactCrop__crop-selection'))).shadow).not.toBe('none');
    await page.keyboard.press('Escape');
  });

  test(`${colorScheme}: progress is seen`, async () => {
    await page.emulateMedia({ forcedColors: 'active', reducedMotion: 'reduce', colorScheme });
    await page.evaluate(() => {
      location.hash = '#/batch';
    });
    await page.getByTestId('batch-input').setInputFiles([0, 1].map(noisyLesionPng));
    const fill = page.locator('.progress-fill').first();
    await expect(fill).toBeVisible();
    const [full, track] = [await paintOf(fill), await paintOf(page.locator('.progress-track').first())];
    expect(full.ground).not.toBe(track.ground);
    expect(track.edge).not.toBe(track.ground);
    await page.goBack();
    await expect(page.getByTestId('atlas').first()).toBeVisible();
  });
}
