/** Text twice as large, and with the spacing of WCAG 1.4.12, on the narrowest screens: nothing cut, nothing sideways. */
import { expect, test, type Page } from '@playwright/test';
import { analyse, openReady, putPhoto, waitForState } from './support/app';
import { lesionPng, noisyLesionPng, textFile } from './support/photos';
import { findTextFaults } from './support/text-faults';

test.describe.configure({ mode: 'serial' });

const LARGE = 'html { font-size: 200% !important; }';
/** WCAG 2.2, 1.4.12. */
const SPACED = `* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
  p { margin-bottom: 2em !important; }`;
const STYLES = { 'text at 200 %': LARGE, 'text spacing': SPACED } as const;
const WIDTHS = [360, 320];
const PAGES = ['#/', '#/batch', '#/model', '#/about', '#/privacy', '#/report', '#/diary'];
const LONG_NAME = 'a-photo-with-a-name-that-is-longer-than-any-screen-is-wide.png';

let page: Page;

test.beforeAll(async ({ browser }) => {
  page = await browser.newPage();
  await openReady(page, '?backend=wasm');
});

test.afterAll(() => page.close());

/** As a person's own style sheet would; the page's policy allows no <style>. */
async function setStyle(content: string): Promise<void> {
  await page.evaluate((text) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    document.adoptedStyleSheets = [sheet];
  }, content);
}

/** What is wrong with the page as it is, in each style and at each width. */
async function findFaults(name: string): Promise<readonly string[]> {
  const all: string[] = [];
  for (const [style, content] of Object.entries(STYLES)) {
    await setStyle(content);
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 800 });
      // Observers of sizes have their turn.
      await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
      const where = `${name}, ${style}, ${width} px`;
      const scrollWidth = await page.evaluate(() => document.documentElement.scrollWidth);
      if (scrollWidth > width) all.push(`${where}: ${scrollWidth} px wide`);
      for (const fault of await findTextFaults(page)) all.push(`${where}: ${fault}`);
      const shots = process.env['TEXT_SHOTS'];
      if (shots) await page.screenshot({ path: `${shots}/${where.replace(/[^a-z0-9]+/gi, '-')}.png`, fullPage: true });
    }
    await setStyle('');
  }
  return all;
}

/** Narrow screens show one part of the page of a photo at a time. */
async function showPart(part: 'result' | 'maps' | 'tools'): Promise<void> {
  await page.getByTestId(`part-${part}`).click();
}

async function open(hash: string): Promise<void> {
  await page.evaluate((to) => {
    location.hash = to;
  }, hash);
  await expect(page.locator('h1')).toBeAttached();
}

test('what looks for faults finds them', async () => {
  await page.setViewportSize({ width: 360, height: 800 });
  for (const [style, fault] of [
    ['h2, p, button { overflow: hidden; height: 4px; }', 'cut by'],
    ['p { position: absolute; top: 0; left: 0; }', '" on "'],
    ['nav { position: relative; left: 200px; }', 'beside the screen'],
    ['.button { display: block; width: 30px; height: 9px; white-space: nowrap; min-width: 0; }', 'leaves '],
  ] as const) {
    await setStyle(style);
    expect((await findTextFaults(page)).join(), style).toContain(fault);
  }
  await setStyle('');
});

test('every page before a photo', async () => {
  const faults: string[] = [];
  for (const hash of PAGES) {
    await open(hash);
    faults.push(...(await findFaults(`empty ${hash}`)));
  }
  await open('#/?layer=block2_conv1&filter=49');
  faults.push(...(await findFaults('a link')));
  expect(faults).toEqual([]);
});

test('an error, and the result of two photos with every tool', async () => {
  await open('#/');
  await putPhoto(page, textFile('notes.txt', 'text/plain', 'These are notes.'));
  await expect(page.getByTestId('error')).toBeVisible();
  const faults = [...(await findFaults('an error'))];
  await analyse(page, { ...lesionPng('irregular'), name: LONG_NAME });
  faults.push(...(await findFaults('one photo')));
  await page.getByTestId('photo-input-b').setInputFiles(lesionPng('regular'));
  await expect(page.getByTestId('score-b')).toBeVisible();
  await waitForState(page, 'done');
  await showPart('maps');
  await page.getByTestId('pin-filter').click();
  await page.getByTestId('mute-filter').click();
  faults.push(...(await findFaults('two photos, maps')));
  await showPart('tools');
  for (const tool of await page.getByRole('tab').all()) {
    await tool.click();
    const id = (await tool.getAttribute('data-testid')) ?? '';
    const start = page.getByTestId(/^(rank|occlude|liking)-start$/);
    if ((await start.count()) > 0) {
      await start.first().click();
      await expect(page.getByTestId(/^(rank|occlude|liking)-cancel$/).first()).toBeVisible();
    }
    faults.push(...(await findFaults(`two photos, ${id}`)));
    const cancel = page.getByTestId(/^(rank|occlude|liking)-cancel$/);
    if ((await cancel.count()) > 0) await cancel.first().click();
  }
  await showPart('result');
  await page.getByTestId('crop-edit').click();
  faults.push(...(await findFaults('the square is being moved')));
  await page.keyboard.press('Escape');
  await page.locator('details').evaluateAll((all) => {
    for (const details of all) details.setAttribute('open', '');
  });
  for (const part of ['result', 'maps', 'tools'] as const) {
    await showPart(part);
    // Menus hang over what stands below them: each by itself.
    const menus = page.locator('details:has(> summary.button)');
    await menus.evaluateAll((all) => {
      for (const menu of all) menu.removeAttribute('open');
    });
    faults.push(...(await findFaults(`all is unfolded, ${part}`)));
  }
  await showPart('result');
  expect(faults).toEqual([]);
});

test('the report, the dialog of the diary, its page with entries and a comparison, and what is stored', async () => {
  const faults: string[] = [];
  for (const [mole, date] of [
    ['Left forearm', '2026-01-02'],
    ['Left forearm', '2026-02-03'],
  ] as const) {
    await open('#/');
    await page.getByTestId('diary-save').click();
    if (await page.getByTestId('diary-mole-name').isVisible()) await page.getByTestId('diary-mole-name').fill(mole);
    await page.getByTestId('diary-date').fill(date);
    faults.push(...(await findFaults('the dialog')));
    await page.getByTestId('diary-confirm').click();
    await expect(page.getByTestId('diary-saved')).toBeVisible();
    await page.getByTestId('diary-close').click();
  }
  await open('#/diary');
  await page.getByTestId('diary-compare').click();
  await page.getByTestId('diary-delete').first().click();
  faults.push(...(await findFaults('side by side')));
  await page.getByTestId('diary-compare-blink').click();
  for (const hash of ['#/diary', '#/report', '#/model', '#/about', '#/privacy']) {
    await open(hash);
    faults.push(...(await findFaults(`with a result ${hash}`)));
  }
  expect(faults).toEqual([]);
});

test('a batch with rows, labels and a file that fails', async () => {
  await open('#/batch');
  const labels = 'file,label\nlesion-0.png,benign\nlesion-1.png,malignant\nlesion-2.png,benign\n';
  await page
    .getByTestId('batch-input')
    .setInputFiles([
      ...[0, 1, 2].map(noisyLesionPng),
      { ...textFile(LONG_NAME, 'image/png', 'These are notes.') },
      textFile('labels.csv', 'text/csv', labels),
    ]);
  await expect(page.getByTestId('batch-progress')).toHaveAttribute('aria-valuenow', '4');
  expect(await findFaults('a batch')).toEqual([]);
});
