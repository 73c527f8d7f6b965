/**
 * `npm run screenshots`: the pictures of the web app manifest and of the README, of the built app with what a program draws:
 * nobody's skin, and models of random weights. Those of the README are WebP, encoded by the browser.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium, type Browser, type Page } from '@playwright/test';
import { encode } from 'fast-png';
import { drawSyntheticLesion } from '../src/domain/synthetic-lesion';
import { SCREENSHOTS } from './app-manifest';
import { BROWSER_FLAGS, findBrowserHere } from './find-browser';
import { buildIfStale, serveDist } from './serve';

const PUBLIC = fileURLToPath(new URL('../public/', import.meta.url));
const PICTURES = fileURLToPath(new URL('../docs/pictures/', import.meta.url));
const OWN_MODEL = fileURLToPath(new URL('../src/engine/own-model/testdata/nested.keras', import.meta.url));
const WEBP_QUALITY = 0.8;
/** Of all that the README shows. */
const MOST_BYTES = 900_000;
/** From 1 to 8; the one that speaks of filters 49 and 94. */
const TUTORIAL_STEP = 5;
const BATCH_PICTURES = 12;
const BATCH_PX = 256;

let total = 0;

/** Chromium writes WebP smaller than PNG by five, without another dependency. */
async function save(page: Page, name: string): Promise<void> {
  await page.mouse.move(0, 0);
  const png = await page.screenshot({ animations: 'disabled' });
  // A page without the app's policy, which lets nothing be fetched from a data address.
  const desk = await page.context().newPage();
  const webp = await desk.evaluate(
    async ([source, quality]) => {
      const picture = await createImageBitmap(await (await fetch(source)).blob());
      const canvas = new OffscreenCanvas(picture.width, picture.height);
      canvas.getContext('2d')!.drawImage(picture, 0, 0);
      const blob = await canvas.convertToBlob({ type: 'image/webp', quality });
      return Array.from(new Uint8Array(await blob.arrayBuffer()));
    },
    [`data:image/png;base64,${png.toString('base64')}`, WEBP_QUALITY] as const,
  );
  await desk.close();
  writeFileSync(`${PICTURES}${name}.webp`, Uint8Array.from(webp));
  total += webp.length;
  process.stdout.write(`docs/pictures/${name}.webp ${webp.length}\n`);
}

async function saveForManifest(page: Page, formFactor: (typeof SCREENSHOTS)[number]['form_factor']): Promise<void> {
  const { src, sizes } = SCREENSHOTS.find(({ form_factor }) => form_factor === formFactor)!;
  const [width = 0, height = 0] = sizes.split('x').map(Number);
  await page.setViewportSize({ width, height });
  const png = await page.screenshot({ animations: 'disabled', scale: 'css' });
  // The same picture again would make the build stale.
  if (!existsSync(PUBLIC + src) || !readFileSync(PUBLIC + src).equals(png)) writeFileSync(PUBLIC + src, png);
  process.stdout.write(`public/${src}\n`);
}

async function go(page: Page, hash: string): Promise<void> {
  await page.evaluate((to) => {
    location.hash = to;
    scrollTo(0, 0);
  }, hash);
}

async function analyseSample(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Irregular (synthetic)', exact: true }).click();
  // The views of the square are the last to come.
  await page.locator('[data-testid=score][data-range]').waitFor({ state: 'attached' });
  await page.locator('[data-testid=app-status][data-state=done]').waitFor({ state: 'attached' });
}

/** The two samples mixed by degrees, with labels that a program made up, so that there are errors: it tells nothing of the model. */
function drawBatch(): { name: string; mimeType: string; buffer: Buffer }[] {
  const [even, uneven] = [drawSyntheticLesion('regular', BATCH_PX), drawSyntheticLesion('irregular', BATCH_PX)];
  const lines = ['file,dx'];
  const files = Array.from({ length: BATCH_PICTURES }, (_, i) => {
    const share = i / (BATCH_PICTURES - 1);
    const data = even.map((value, at) => value + share * (uneven[at]! - value));
    const name = `drawn-${String(i + 1).padStart(2, '0')}.png`;
    lines.push(`${name},${share > 0.5 !== (i % 4 === 2) ? 'mel' : 'nv'}`);
    const png = encode({ width: BATCH_PX, height: BATCH_PX, data, channels: 4, depth: 8 });
    return { name, mimeType: 'image/png', buffer: Buffer.from(png) };
  });
  return [...files, { name: 'labels.csv', mimeType: 'text/csv', buffer: Buffer.from(lines.join('\n')) }];
}

async function openPage(browser: Browser, url: string, isPhone: boolean): Promise<Page> {
  const context = await browser.newContext({
    ...(isPhone
      ? { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true }
      : { viewport: { width: 1440, height: 900 } }),
    locale: 'en-GB',
    reducedMotion: 'reduce',
    serviceWorkers: 'block',
  });
  const page = await context.newPage();
  await page.goto(url);
  await page.locator('[data-testid=app-status][data-state=ready]').waitFor({ state: 'attached' });
  return page;
}

async function photographDesk(page: Page): Promise<void> {
  await page.locator('[data-testid=preview-maps][data-drawn=true]').waitFor();
  await save(page, 'first-screen');

  await analyseSample(page);
  await go(page, '#/?layer=block2_conv1&filter=49');
  await page.locator('[data-testid=atlas][data-layer=block2_conv1]').waitFor();
  await save(page, 'result');
  await saveForManifest(page, 'wide');
  await page.setViewportSize({ width: 1440, height: 900 });

  await page.getByTestId('tutorial-start').click();
  for (let step = 1; step < TUTORIAL_STEP; step++) {
    await page.locator(`[data-testid=tutorial-card][data-step="${step}"]`).waitFor();
    await page.getByTestId('tutorial-next').click();
  }
  await page.locator(`[data-testid=tutorial-card][data-step="${TUTORIAL_STEP}"]`).waitFor();
  await page.locator('[data-testid=tutorial-map-49-b][data-max]').waitFor();
  for (const score of ['score', 'score-b'])
    await page.locator(`[data-testid=${score}][data-range]`).waitFor({ state: 'attached' });
  await page.getByTestId('tutorial-card').evaluate((card) => card.scrollIntoView({ block: 'start' }));
  await save(page, 'tutorial');
  await page.getByTestId('tutorial-exit').click();

  await go(page, '#/batch');
  await page.getByTestId('batch-input').setInputFiles(drawBatch());
  await page.locator(`[data-testid=batch-progress][aria-valuenow="${BATCH_PICTURES}"]`).waitFor();
  await page.getByTestId('batch-evaluation').evaluate((part) => part.scrollIntoView({ block: 'start' }));
  await save(page, 'batch');

  await go(page, '#/model');
  await page.getByTestId('model-input').setInputFiles(OWN_MODEL);
  await page.locator('[data-testid=own-state][data-state=idle]').waitFor({ state: 'attached' });
  // Its layers' maps come one after another.
  await page.getByTestId('architecture').locator('li').first().waitFor();
  await page.locator('[data-testid=architecture] a:not([href*="filter="])').first().waitFor({ state: 'detached' });
  await page.getByTestId('model-select').evaluate((part) => part.scrollIntoView({ block: 'start' }));
  await save(page, 'own-model');
}

async function photographPhone(page: Page): Promise<void> {
  await analyseSample(page);
  await page.evaluate(() => scrollTo(0, 0));
  await save(page, 'phone-result');
  await page.getByTestId('part-maps').tap();
  await page.getByTestId('layer-select').selectOption('block2_conv1');
  await page.locator('[data-testid=atlas][data-layer=block2_conv1]').waitFor();
  await save(page, 'phone-maps');
  await saveForManifest(page, 'narrow');
}

await buildIfStale();
for (const folder of [PICTURES, `${PUBLIC}screenshots`]) mkdirSync(folder, { recursive: true });
const { url, close } = await serveDist(4177);
const browser = await chromium.launch({ executablePath: findBrowserHere(), args: BROWSER_FLAGS });
try {
  await photographDesk(await openPage(browser, url, false));
  await photographPhone(await openPage(browser, url, true));
} finally {
  await browser.close();
  await close();
}
if (total > MOST_BYTES) throw new Error(`The README's pictures have ${total} bytes, more than ${MOST_BYTES}.`);
