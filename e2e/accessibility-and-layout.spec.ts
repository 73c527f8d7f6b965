import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { analyse, openReady, putPhoto } from './support/app';
import { lesionPng, textFile } from './support/photos';
import { findTextFaults } from './support/text-faults';

test.describe.configure({ mode: 'serial' });

const PAGES = ['#/', '#/batch', '#/model', '#/about', '#/privacy', '#/report', '#/diary'];
const SIZES = [
  { width: 360, height: 800 },
  { width: 820, height: 1180 },
  { width: 1440, height: 900 },
];

let page: Page;

test.beforeAll(async ({ browser }) => {
  // Not browser.newPage(): axe opens a page of its own and needs a context that may hold two.
  page = await (await browser.newContext()).newPage();
  await openReady(page);
});

test.afterAll(() => page.context().close());

async function open(hash: string): Promise<void> {
  await page.evaluate((to) => {
    location.hash = to;
  }, hash);
  await expect(page.locator('h1')).toBeAttached();
}

async function findSeriousViolations(withoutRules: string[] = []): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page }).disableRules(withoutRules).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
}

async function measureOverflowPx(): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

test('axe finds nothing serious before a photo', async () => {
  expect(await findSeriousViolations()).toEqual([]);
});

test('nothing is wider than the screen before a photo', async () => {
  for (const size of SIZES) {
    await page.setViewportSize(size);
    expect(await measureOverflowPx(), `${size.width} px wide`).toBeLessThanOrEqual(0);
  }
});

test('axe finds nothing serious with a result, in light, dark and forced colours, nor on the other pages', async () => {
  await analyse(page, lesionPng('irregular'));
  await putPhoto(page, textFile('notes.txt', 'text/plain', 'These are notes.'));
  await expect(page.getByTestId('error')).toBeVisible();
  await page.setViewportSize({ width: 1440, height: 900 });
  for (const scheme of ['light', 'dark', 'forced'] as const) {
    const colours = scheme === 'forced' ? ({ forcedColors: 'active' } as const) : { colorScheme: scheme };
    // Without motion: a colour on its way from light to dark is neither.
    await page.emulateMedia({ ...colours, reducedMotion: 'reduce' });
    for (const hash of PAGES) {
      await open(hash);
      // Contrast is the system's there; axe reckons with colours that are not used.
      const withoutRules = scheme === 'forced' ? ['color-contrast'] : [];
      expect(await findSeriousViolations(withoutRules), `${hash} in ${scheme}`).toEqual([]);
    }
  }
  await page.emulateMedia({ forcedColors: 'none', colorScheme: 'light', reducedMotion: 'reduce' });
});

test('nothing is wider than the screen with a result, on any page', async () => {
  for (const size of SIZES) {
    await page.setViewportSize(size);
    for (const hash of PAGES) {
      await open(hash);
      expect(await measureOverflowPx(), `${hash} at ${size.width} px`).toBeLessThanOrEqual(0);
    }
  }
});

test('on a phone every button is large enough for a finger, those of the menus too', async () => {
  await page.setViewportSize({ width: 360, height: 800 });
  await open('#/');
  const findSmall = (): Promise<string[]> =>
    page
      .locator('button:visible, summary:visible.button, select:visible, label:visible:has(input[type="file"]), nav a')
      .evaluateAll((controls) =>
        controls
          .map((control) => ({ name: control.textContent.trim(), box: control.getBoundingClientRect() }))
          .filter(({ box }) => box.height < 44 || box.width < 44)
          .map(({ name, box }) => `${name}: ${Math.round(box.width)}x${Math.round(box.height)}`),
      );
  for (const part of ['result', 'maps', 'tools']) {
    await page.getByTestId(`part-${part}`).click();
    expect(await findSmall(), part).toEqual([]);
    for (const menu of await page.locator('summary.button:visible').all()) {
      await menu.click();
      await expect(menu.locator('xpath=..')).toHaveAttribute('open', '');
      expect(await findSmall(), (await menu.textContent()) ?? '').toEqual([]);
      expect(await measureOverflowPx()).toBeLessThanOrEqual(0);
      await page.keyboard.press('Escape');
      await expect(menu.locator('xpath=..')).not.toHaveAttribute('open');
    }
  }
});

test('in Spanish, on a phone, nothing is too wide or cut on any page, nor serious to axe', async () => {
  await page.setViewportSize({ width: 360, height: 800 });
  await page.getByTestId('language-select').selectOption('es');
  await expect(page.locator('html')).toHaveAttribute('lang', 'es');
  for (const hash of PAGES) {
    await open(hash);
    expect(await measureOverflowPx(), hash).toBeLessThanOrEqual(0);
    expect(await findTextFaults(page), hash).toEqual([]);
    expect(await findSeriousViolations(), hash).toEqual([]);
  }
});
