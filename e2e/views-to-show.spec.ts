/** What somebody shows to others: maps over the photo, a slide, the whole screen, a link. */
import { expect, test, type Page } from '@playwright/test';
import { analyse, openReady, waitForState } from './support/app';
import { lesionPng } from './support/photos';
import { download, number, openMenuOf, openTool } from './support/viewer';

test.describe.configure({ mode: 'serial' });

let page: Page;

test.beforeAll(async ({ browser }) => {
  page = await browser.newPage({ permissions: ['clipboard-read', 'clipboard-write'] });
  await openReady(page, '?backend=wasm');
  await analyse(page, lesionPng('irregular'));
});

test.afterAll(() => page.close());

/** What the picture in a tool looks like now. */
async function look(testId: string): Promise<string> {
  return (await page.getByTestId(testId).screenshot()).toString('base64');
}

test('each choice of the heat maps changes the picture inside the tool', async () => {
  await openTool(page, 'tool-heat');
  await expect(page.getByTestId('overlay-grad-cam')).toBeChecked();
  await expect(page.getByTestId('heat-canvas')).toBeVisible();
  const seen = new Set([await look('heat-picture')]);
  for (const overlay of ['hires-cam', 'map', 'none'] as const) {
    await page.getByTestId(`overlay-${overlay}`).check();
    seen.add(await look('heat-picture'));
  }
  expect(seen.size).toBe(4);
  await page.getByTestId('overlay-hires-cam').check();
  const before = await look('heat-picture');
  await page.getByTestId('overlay-opacity').fill('0.1');
  expect(await look('heat-picture')).not.toBe(before);
  // Zero is transparent: the photo shows.
  const least = await page.getByTestId('heat-canvas').evaluate((canvas: HTMLCanvasElement) => {
    const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
    return data.filter((_, i) => i % 4 === 3).reduce((a, b) => Math.min(a, b));
  });
  expect(least).toBeLessThan(26);
  await page.getByTestId('overlay-none').check();
});

test('a press on the picture of the spot tool chooses the place, on the photo too', async () => {
  await openTool(page, 'tool-spot');
  const picture = page.getByTestId('spot-picture');
  const { width, height } = (await picture.boundingBox())!;
  await picture.click({ position: { x: width * 0.25, y: height * 0.75 } });
  expect(await number(page.getByTestId('spot'), 'data-x')).toBeCloseTo(32, -0.5);
  expect(await number(page.getByTestId('spot'), 'data-y')).toBeCloseTo(96, -0.5);
  for (const mark of ['spot-mark', 'spot-picture-mark']) await expect(page.getByTestId(mark)).toHaveCount(1);
  await page.getByTestId('spot-clear').click();
});

test('a slide is well-formed XML with the maps, their colours, the model and its hash', async () => {
  for (const [testId, name] of [
    ['export-figure-svg', /^lesion-lens_v[\d.]+_block\d_conv\d_atlas-a\.svg$/],
    ['export-map-svg', /^lesion-lens_v[\d.]+_block\d_conv\d_filter\d+_map-a\.svg$/],
  ] as const) {
    const file = await download(page, testId);
    expect(file.name).toMatch(name);
    const told = await page.evaluate(async (xml) => {
      const svg = new DOMParser().parseFromString(xml, 'image/svg+xml').documentElement;
      const picture = new Image();
      picture.src = svg.querySelector('image')?.getAttribute('href') ?? '';
      await picture.decode();
      return {
        root: svg.nodeName,
        viewBox: svg.getAttribute('viewBox'),
        text: [...svg.querySelectorAll('text')].map(({ textContent }) => textContent).join(' '),
        pictureWidth: picture.naturalWidth,
        stops: svg.querySelectorAll('stop').length,
      };
    }, file.bytes.toString('utf8'));
    expect(told).toMatchObject({ root: 'svg', viewBox: '0 0 1920 1080', stops: 33 });
    expect(told.text).toMatch(/model v[\d.]+, SHA-256 [0-9a-f]{16}/);
    expect(told.text).not.toContain('.png');
    expect(told.pictureWidth).toBeGreaterThanOrEqual(512);
  }
  await page.keyboard.press('Escape');
});

test('the viewer fills the screen, its menus work there, and it comes back', async () => {
  const button = page.getByTestId('viewer-fullscreen');
  await button.click();
  await expect(button).toHaveAttribute('data-state', 'full');
  await expect(await openMenuOf(page, 'view-menu', 'scale-select')).toBeVisible();
  await page.keyboard.press('Escape');
  await page.evaluate(() => document.fullscreenElement && document.exitFullscreen());
  await expect(button).toHaveAttribute('data-state', 'window');
});

test('a link made from a photo offers a sample; one made from a sample opens it by itself', async ({ browser }) => {
  await page.getByTestId('filter-number').fill('49');
  await (await openMenuOf(page, 'export-menu', 'copy-link')).click();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toMatch(/#\/\?layer=block2_conv1&filter=49$/);
  const reader = await browser.newPage();
  await reader.goto(await page.evaluate(() => navigator.clipboard.readText()));
  await expect(reader.getByTestId('photo-gone')).toContainText('block2_conv1, filter 49');
  await expect(reader.getByTestId('gone-photo')).toHaveCount(1);
  await reader.getByTestId('gone-sample').click();
  await expect(reader.getByTestId('filter-zoom')).toHaveAttribute('data-filter', '49');
  await expect(reader).toHaveURL(/layer=block2_conv1&filter=49&sample=irregular$/);
  // What the address names now, a reload brings back.
  await reader.reload();
  await waitForState(reader, 'done');
  await expect(reader.getByTestId('filter-zoom')).toHaveAttribute('data-filter', '49');
  await expect(reader.getByTestId('score')).toContainText('Synthetic sample');
  await reader.close();
});
