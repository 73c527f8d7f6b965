/**
 * The layout of the main states at three sizes, against pictures in e2e/visual/. After a change that is meant:
 * `UPDATE_VISUAL=1 npx playwright test e2e/visual.spec.ts`. Where the fonts are others than when the pictures were made, lines
 * break elsewhere: there the check is skipped.
 */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test, type Page } from '@playwright/test';
import { encode } from 'fast-png';
import { analyse, openReady, waitForViews } from './support/app';
import { BLOCK_PX, compareLayout, fromPng, shrink, toPng, type LayoutPicture } from './support/layout-picture';
import { lesionPng, noisyLesionPng } from './support/photos';

const FOLDER = fileURLToPath(new URL('./visual', import.meta.url));
const FONTS = join(FOLDER, 'fonts.json');
const isUpdate = process.env['UPDATE_VISUAL'] === '1';

const PHONE = { width: 360, height: 800 };
const SIZES = [PHONE, { width: 820, height: 1180 }, { width: 1440, height: 900 }];
/** What is drawn after a change of size has that many pictures to come. */
const LOOKS = 8;
const BETWEEN_LOOKS_MS = 300;
/** What lies further down is more of the same. */
const TALLEST_PX = 2400;

type Size = (typeof SIZES)[number];

async function look(page: Page): Promise<LayoutPicture> {
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  const clip = { x: 0, y: 0, width: page.viewportSize()!.width, height: Math.min(height, TALLEST_PX) };
  return shrink(await page.screenshot({ fullPage: true, animations: 'disabled', clip }));
}

/** Once two pictures in turn are the same. */
async function lookSettled(page: Page): Promise<LayoutPicture> {
  let last = await look(page);
  await expect
    .poll(async () => {
      const previous = last;
      last = await look(page);
      return Buffer.compare(last.values, previous.values);
    })
    .toBe(0);
  return last;
}

async function checkLayout(page: Page, state: string, sizes: readonly Size[] = SIZES): Promise<void> {
  for (const size of sizes) {
    await page.setViewportSize(size);
    const name = `${state}-${size.width}`;
    const file = join(FOLDER, `${name}.png`);
    if (isUpdate) {
      writeFileSync(file, toPng(await lookSettled(page)));
      continue;
    }
    expect(existsSync(file), `${name} has a picture in e2e/visual`).toBe(true);
    const wanted = fromPng(readFileSync(file));
    let difference = compareLayout(await look(page), wanted);
    for (let looks = 1; difference !== null && looks < LOOKS; looks++) {
      await page.waitForTimeout(BETWEEN_LOOKS_MS);
      difference = compareLayout(await look(page), wanted);
    }
    // All that differ are told, not the first alone.
    expect.soft(difference, name).toBeNull();
  }
}

/** Widths in px of a sentence in the fonts that the app gets here, each of 100 px. */
async function measureFonts(page: Page): Promise<Record<string, number>> {
  return page.evaluate(() => {
    const context = document.createElement('canvas').getContext('2d')!;
    const families = [getComputedStyle(document.body).fontFamily, 'monospace'];
    return Object.fromEntries(
      families.map((family) => {
        context.font = `100px ${family}`;
        return [family, Math.round(context.measureText('What the filters saw: 0.123 of 64 maps').width)];
      }),
    );
  });
}

/** What the comparison is for: with a panel away, or elsewhere by two px more than a block, it says so. */
async function checkThatChangesAreTold(page: Page): Promise<void> {
  const before = await lookSettled(page);
  const panel = page.locator('main section').first();
  for (const [property, value] of [
    ['visibility', 'hidden'],
    ['transform', `translateY(${BLOCK_PX + 2}px)`],
    ['transform', `translateX(${BLOCK_PX + 2}px)`],
  ] as const) {
    await panel.evaluate((element: HTMLElement, [name, to]) => element.style.setProperty(name, to), [property, value] as const);
    expect(compareLayout(await look(page), before), value).toMatch(/blocks of/);
    await panel.evaluate((element: HTMLElement, name) => element.style.removeProperty(name), property);
  }
  expect(compareLayout(await lookSettled(page), before)).toBeNull();
}

async function open(page: Page, hash: string): Promise<void> {
  await page.evaluate((to) => {
    location.hash = to;
  }, hash);
  await expect(page.locator('h1')).toBeAttached();
}

test('the main states are laid out as in their pictures, at three sizes', async ({ browser }) => {
  if (isUpdate) {
    rmSync(FOLDER, { recursive: true, force: true });
    mkdirSync(FOLDER);
  }
  const page = await browser.newPage({ reducedMotion: 'reduce' });
  await openReady(page, '?backend=wasm');
  await expect(page.getByTestId('preview-maps')).toHaveAttribute('data-drawn', 'true');
  const fonts = await measureFonts(page);
  if (isUpdate) writeFileSync(FONTS, `${JSON.stringify(fonts, null, 1)}\n`);
  test.skip(
    JSON.stringify(fonts) !== JSON.stringify(JSON.parse(readFileSync(FONTS, 'utf8'))),
    'the fonts here are others than those of the pictures in e2e/visual',
  );
  await checkLayout(page, 'first');
  await checkThatChangesAreTold(page);
  await open(page, '#/diary');
  await checkLayout(page, 'diary');
  await open(page, '#/model');
  await checkLayout(page, 'model');
  await open(page, '#/about');
  await checkLayout(page, 'about');
  await open(page, '#/');
  await analyse(page, lesionPng('irregular'));
  await waitForViews(page);
  await checkLayout(page, 'result');
  await page.setViewportSize(PHONE);
  await page.getByTestId('part-maps').click();
  await checkLayout(page, 'maps', [PHONE]);
  await open(page, '#/report');
  await expect(page.getByTestId('report-crop')).toHaveAttribute('data-drawn', 'true');
  await checkLayout(page, 'report');
  await open(page, '#/batch');
  await page.getByTestId('batch-input').setInputFiles([1, 2, 3, 4].map((seed) => noisyLesionPng(seed)));
  await expect(page.getByTestId('batch-progress')).toHaveAttribute('aria-valuenow', '4');
  await checkLayout(page, 'batch');
  await page.close();
});

/** Light, with a darker panel of 300x200 px at that place; every pixel is off by up to `noise`. */
function drawPanel(left: number, top: number, noise = 0): LayoutPicture {
  const [width, height] = [720, 480];
  const data = Uint8Array.from({ length: width * height * 3 }, (_, i) => {
    const [x, y] = [Math.floor(i / 3) % width, Math.floor(i / 3 / width)];
    const isPanel = x >= left && x < left + 300 && y >= top && y < top + 200;
    return (isPanel ? 200 : 245) + ((i * 7) % (2 * noise + 1)) - noise;
  });
  return shrink(encode({ width, height, data, channels: 3 }));
}

test('the comparison tells a moved panel and a missing one from a grainy one', () => {
  const wanted = fromPng(toPng(drawPanel(192, 192)));
  expect(compareLayout(drawPanel(192, 192), wanted)).toBeNull();
  expect(compareLayout(drawPanel(192, 192, 1), wanted)).toBeNull();
  expect(compareLayout(drawPanel(192 + BLOCK_PX + 2, 192), wanted)).toMatch(/^\d+ blocks of 24 px differ, 192 to \d+ px across/);
  expect(compareLayout(drawPanel(192, 192 + BLOCK_PX + 2), wanted)).toMatch(/differ/);
  expect(compareLayout(drawPanel(720, 192), wanted)).toMatch(/differ/);
});
