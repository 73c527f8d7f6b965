import { writeFileSync } from 'node:fs';
import { expect, test, type Page } from '@playwright/test';
import { convolutionsOf, VGG16 } from '../src/domain/network';
import { analyse, countColours, countRuns, openReady, readScore, showLayer, statusOf, waitForState } from './support/app';
import { darkPng, lesionJpeg, lesionPng } from './support/photos';
import { realPhotos } from './support/real-photos';
import { chooseView } from './support/viewer';

test.describe.configure({ mode: 'serial' });

let page: Page;

test.beforeAll(async ({ browser }) => {
  page = await browser.newPage();
  await openReady(page);
});

test.afterAll(() => page.close());

test('a photo gives a calibrated score and the maps of all 13 layers', async () => {
  const score = await analyse(page, lesionPng('irregular'));
  expect(score.probability).toBeGreaterThan(0);
  expect(score.probability).toBeLessThan(1);
  expect(Number.isFinite(score.logit)).toBe(true);
  expect(['benign', 'malignant']).toContain(score.verdict);
  await expect(statusOf(page)).toHaveAttribute('data-backend', 'wasm');
  for (const { name, channels } of convolutionsOf(VGG16)) {
    const atlas = await showLayer(page, name);
    await expect(atlas).toHaveAttribute('data-channels', String(channels));
    await expect(atlas).toHaveAttribute('data-draw-ms', /^\d/);
    expect(await countColours(atlas), `${name} shows more than a few colours`).toBeGreaterThan(16);
  }
});

test('the same photo gives the same score, another gives another', async () => {
  const first = await analyse(page, lesionPng('irregular'));
  const again = await analyse(page, lesionPng('irregular'));
  const other = await analyse(page, lesionPng('regular'));
  expect(again.logit).toBe(first.logit);
  expect(other.logit).not.toBe(first.logit);
});

test('real photos give a score and maps', async () => {
  const photos = realPhotos();
  test.skip(photos.length === 0, 'LESION_DATA is not set: no real photos here');
  for (const photo of photos) {
    const { probability, verdict } = await analyse(page, photo);
    expect(probability, photo.name).toBeGreaterThan(0);
    expect(probability, photo.name).toBeLessThan(1);
    expect(verdict, photo.name).not.toBe('');
    const atlas = await showLayer(page, 'block3_conv3');
    expect(await countColours(atlas), photo.name).toBeGreaterThan(16);
  }
});

test('a wide photo shows which square was analysed and what the network saw', async () => {
  await analyse(page, await lesionJpeg(page, 640, 320));
  const shown = page.getByRole('img', { name: /^Photo .*, with the square that was analysed$/ });
  const [frame, window] = [await shown.boundingBox(), await page.getByTestId('analysed-square').boundingBox()];
  expect(window?.width).toBeCloseTo((frame?.width ?? 0) / 2, 0);
  expect(await countColours(page.getByTestId('network-input'))).toBeGreaterThan(100);
});

test('a photo of 12 megapixels is analysed', async ({}, info) => {
  const path = info.outputPath('twelve-megapixels.jpg');
  writeFileSync(path, (await lesionJpeg(page, 4000, 3000)).buffer);
  await analyse(page, path);
  await expect(page.getByTestId('photo-name')).toContainText('4000×3000');
});

test('a map is chosen by a click and by keys, and the address follows', async () => {
  const atlas = await showLayer(page, 'block2_conv1');
  const zoom = page.getByTestId('filter-zoom');
  await atlas.scrollIntoViewIfNeeded();
  const box = await atlas.boundingBox();
  if (box === null) throw new Error('the atlas is not laid out');
  await page.mouse.click(box.x + 3, box.y + 3);
  await expect(zoom).toHaveAttribute('data-filter', '0');
  await atlas.focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await expect(zoom).toHaveAttribute('data-filter', '0');
  await page.keyboard.press('Enter');
  await expect(zoom).toHaveAttribute('data-filter', '2');
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  await expect(zoom).toHaveAttribute('data-filter', '127');
  await expect(page).toHaveURL(/#\/\?layer=block2_conv1&filter=127$/);
  const min = Number(await zoom.getAttribute('data-min'));
  const max = Number(await zoom.getAttribute('data-max'));
  expect(max).toBeGreaterThanOrEqual(min);
});

test('a filter is reached by its number and step by step', async () => {
  const zoom = page.getByTestId('filter-zoom');
  await page.getByTestId('filter-number').fill('49');
  await expect(zoom).toHaveAttribute('data-filter', '49');
  await page.getByRole('button', { name: 'Next filter' }).click();
  await page.getByRole('button', { name: 'Next filter' }).click();
  await expect(zoom).toHaveAttribute('data-filter', '51');
  await page.getByTestId('filter-number').fill('4000');
  await page.getByRole('button', { name: 'Previous filter' }).click();
  await expect(zoom).toHaveAttribute('data-filter', '50');
});

test('layers are stepped through, and another colour map draws other pixels', async () => {
  await showLayer(page, 'block1_conv2');
  const atlas = page.getByTestId('atlas');
  await page.getByRole('button', { name: 'Next layer' }).click();
  await expect(atlas).toHaveAttribute('data-layer', 'block1_pool');
  await page.getByRole('button', { name: 'Next layer' }).click();
  await expect(atlas).toHaveAttribute('data-layer', 'block2_conv1');
  await chooseView(page, 'colour-map-select', 'grey');
  const isGrey = await atlas.evaluate((canvas) => {
    if (!(canvas instanceof HTMLCanvasElement)) return false;
    const data = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? new Uint8ClampedArray();
    return data.every((value, i) => i % 4 === 3 || i % 4 === 0 || value === data[i - 1]);
  });
  expect(isGrey).toBe(true);
  await chooseView(page, 'colour-map-select', 'viridis');
});

test('an address typed in opens its layer and filter', async () => {
  await page.evaluate(() => {
    location.hash = '#/?layer=block4_conv2&filter=300';
  });
  await expect(page.getByTestId('atlas')).toHaveAttribute('data-layer', 'block4_conv2');
  await expect(page.getByTestId('filter-zoom')).toHaveAttribute('data-filter', '300');
  await expect(page.getByTestId('layer-select')).toHaveValue('block4_conv2');
});

test('the result is still there after a visit to another page', async () => {
  const before = await readScore(page);
  await page.getByRole('link', { name: 'Model', exact: true }).click();
  await expect(page.getByTestId('model-summary').locator('tbody tr')).toHaveCount(23);
  await expect(page.getByTestId('model-summary')).toContainText('16,812,353');
  await page.getByRole('link', { name: 'Analyse' }).click();
  expect(await readScore(page)).toEqual(before);
  await expect(page.getByTestId('atlas')).toHaveAttribute('data-layer', 'block4_conv2');
});

test('a sample is one click, and labelled synthetic', async () => {
  const runs = await countRuns(page);
  await page.getByTestId('photo-menu').locator('summary').click();
  await page.getByRole('button', { name: 'Regular (synthetic)', exact: true }).click();
  await expect(statusOf(page)).toHaveAttribute('data-runs', String(runs + 1));
  await waitForState(page, 'done');
  await expect(page.getByTestId('score')).toContainText('Synthetic sample');
});

test('a picture that shows nothing gets "can\'t say" with the reasons', async () => {
  const { verdict, reasons } = await analyse(page, darkPng());
  expect(verdict).toBe('cant-say');
  expect(reasons.split(' ')).toContain('too-dark');
  await expect(page.getByTestId('score')).toContainText('almost black');
});

test('a photo that is pasted or dropped is analysed', async () => {
  for (const kind of ['paste', 'drop'] as const) {
    const runs = await countRuns(page);
    const base64 = lesionPng('regular').buffer.toString('base64');
    await page.evaluate(
      ([type, png]) => {
        const blob = new Blob([Uint8Array.from(atob(png), (c) => c.charCodeAt(0))]);
        const carried = new DataTransfer();
        carried.items.add(new File([blob], `${type}.png`, { type: 'image/png' }));
        document.body.dispatchEvent(
          type === 'paste'
            ? new ClipboardEvent('paste', { clipboardData: carried, bubbles: true })
            : new DragEvent('drop', { dataTransfer: carried, bubbles: true, cancelable: true }),
        );
      },
      [kind, base64] as const,
    );
    await expect(statusOf(page)).toHaveAttribute('data-runs', String(runs + 1));
    await expect(page.getByTestId('photo-name')).toContainText(`${kind}.png`);
  }
});

test('of two photos dropped the first is no picture: it is named, and the second is scored in its place', async ({ browser }) => {
  const fresh = await browser.newPage();
  await openReady(fresh);
  const base64 = lesionPng('regular').buffer.toString('base64');
  await fresh.evaluate((png) => {
    const carried = new DataTransfer();
    carried.items.add(new File(['no picture at all'], 'bad.png', { type: 'image/png' }));
    carried.items.add(new File([Uint8Array.from(atob(png), (c) => c.charCodeAt(0))], 'good.png', { type: 'image/png' }));
    document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: carried, bubbles: true, cancelable: true }));
  }, base64);
  await expect(statusOf(fresh)).toHaveAttribute('data-runs', '1');
  await expect(fresh.getByTestId('score')).toHaveAttribute('data-probability', /\d/);
  await expect(fresh.getByTestId('photo-name')).toContainText('good.png');
  await expect(fresh.getByTestId('error')).toHaveAttribute('data-code', 'file-not-image');
  await expect(fresh.getByTestId('error')).toContainText('bad.png');
  await expect(fresh.getByTestId('atlas')).toBeVisible();
  await fresh.getByTestId('dismiss').click();
  await expect(statusOf(fresh)).toHaveAttribute('data-state', 'done');
  await fresh.close();
});

test('a deep link opens its layer and filter for the first photo', async ({ browser }) => {
  const fresh = await browser.newPage();
  await openReady(fresh, '#/?layer=block2_conv1&filter=49');
  await analyse(fresh, lesionPng('irregular'));
  await expect(fresh.getByTestId('atlas')).toHaveAttribute('data-layer', 'block2_conv1');
  await expect(fresh.getByTestId('filter-zoom')).toHaveAttribute('data-filter', '49');
  await fresh.close();
});
