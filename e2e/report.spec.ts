import { readFileSync } from 'node:fs';
import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { decode } from 'fast-png';
import { analyse, openReady, waitForViews } from './support/app';
import { lesionPng } from './support/photos';
import { openTool, readPixels } from './support/viewer';

const SECRET = 'Jane Doe left arm.png';

test('without an analysis the report says so', async ({ page }) => {
  await page.goto('./#/report');
  await expect(page.getByRole('link', { name: 'Choose a photo first' })).toBeVisible();
});

test('one analysis on one page, as a picture too, and nothing of the file but the square', async ({ page }) => {
  await openReady(page, '?backend=wasm');
  const score = await analyse(page, { ...lesionPng('irregular'), name: SECRET });
  // The report is longest with them.
  await waitForViews(page);
  await page.getByTestId('pin-filter').first().click();
  await page.getByTestId('report-open').first().click();
  const report = page.getByTestId('report');
  await expect(report).toBeVisible();
  await expect(page.getByTestId('report-score')).toHaveText(score.probability.toFixed(3));
  await expect(page.getByTestId('report-crop')).toHaveAttribute('data-drawn', 'true');
  await expect(report).toContainText(/fingerprint of its files [0-9a-f]{16}/);
  await expect(report).toContainText('HiResCAM');
  await expect(report).toContainText('filter');
  expect(await report.innerText()).not.toContain('Jane');
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
  for (const [width, height] of [
    [360, 800],
    [820, 1180],
    [1440, 900],
  ] as const) {
    await page.setViewportSize({ width, height });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  }

  for (const format of ['A4', 'Letter'] as const) {
    const pdf = (await page.pdf({ format, printBackground: true })).toString('latin1');
    expect(pdf.match(/\/Type\s*\/Page[^s]/g), format).toHaveLength(1);
    expect(pdf).not.toContain('Jane');
  }

  const [download] = await Promise.all([page.waitForEvent('download'), page.getByTestId('report-png').click()]);
  expect(download.suggestedFilename()).toBe('lesion-lens-report.png');
  const { width, height, data, channels } = decode(readFileSync(await download.path()));
  expect(width).toBe(1200);
  expect(height).toBeGreaterThan(800);
  const colours = new Set<number>();
  for (let i = 0; i < data.length; i += channels) colours.add((data[i]! << 16) | (data[i + 1]! << 8) | data[i + 2]!);
  expect(colours.size, 'the pictures are on it').toBeGreaterThan(1000);
});

test('HiResCAM has at the middle of each cell the colour that the viewer has, and none that is not in the key', async ({
  page,
}) => {
  await openReady(page, '?backend=wasm');
  await analyse(page, lesionPng('irregular'));
  await openTool(page, 'tool-heat');
  await page.getByTestId('overlay-hires-cam').check();
  await expect(page.getByTestId('overlay')).toHaveAttribute('data-overlay', 'hires-cam');
  const seen = await readPixels(page.getByTestId('heat-canvas'));
  const onPhoto = await readPixels(page.getByTestId('overlay'));
  expect(onPhoto.pixels).toEqual(seen.pixels);
  await page.getByTestId('report-open').first().click();
  const figure = page.locator('figure[data-card^=HiResCAM]');
  await expect(figure).toContainText(`${seen.width} × ${seen.width} cells, drawn smoothly`);
  await expect(figure).toContainText('In units of the logit');
  const drawn = await readPixels(figure.getByTestId('report-map'));
  const factor = drawn.width / seen.width;
  const middleOf = (cell: number): number => {
    const [row, column] = [Math.floor(cell / seen.width), cell % seen.width].map((at) => at * factor + (factor - 1) / 2);
    return drawn.pixels[row! * drawn.width + column!]!;
  };
  // Over the photo a colour is as opaque as its value is large; where it is nearly opaque, it can be read back exactly.
  const strong = [...seen.pixels.keys()].filter((cell) => seen.pixels[cell]! >>> 24 > 200);
  expect(strong.length).toBeGreaterThan(0);
  for (const cell of strong) {
    for (const shift of [0, 8, 16]) {
      const apart = ((seen.pixels[cell]! >>> shift) & 255) - ((middleOf(cell) >>> shift) & 255);
      expect(Math.abs(apart)).toBeLessThanOrEqual(1);
    }
  }
  const colours = new Set(drawn.pixels);
  expect(colours.size, 'smooth').toBeGreaterThan(seen.width ** 2);
  expect(colours.size).toBeLessThanOrEqual(256);
});

test('rulers in pixels, in millimetres only as the person says; place, day and notes as written or as in the diary', async ({
  page,
}) => {
  await openReady(page, '?backend=wasm');
  await analyse(page, lesionPng('irregular'));
  await page.getByTestId('report-open').first().click();
  const rulers = page.getByTestId('report-ruler');
  await expect(rulers).toHaveText([/^\d+ pixels of the photo$/, '50 pixels of what the network saw']);
  await expect(page.getByTestId('report-note')).toHaveCount(0);
  await page.getByTestId('report-width').fill('x');
  await expect(page.getByTestId('report-form').getByRole('alert')).toContainText('Write a number');
  await expect(rulers).toHaveCount(2);
  await page.getByTestId('report-width').fill('24,5');
  await expect(rulers.nth(1)).toHaveText('10 mm, as the person measured it');
  await page.getByTestId('report-notes').fill('new last summer');
  await page.getByRole('link', { name: 'Back', exact: true }).click();
  await page.getByTestId('report-open').first().click();
  await expect(page.getByTestId('report-note'), 'still there').toHaveText('Notes: new last summer');
  await page.getByRole('link', { name: 'Back', exact: true }).click();

  await analyse(page, lesionPng('regular'));
  await page.getByTestId('diary-save').click();
  await page.getByTestId('diary-mole-name').fill('Jane');
  await page.getByTestId('diary-site').selectOption('forearm');
  await page.getByTestId('diary-side').selectOption('left');
  await page.getByTestId('diary-date').fill('2026-01-15');
  await page.getByTestId('diary-notes').fill('brown');
  await page.getByTestId('diary-confirm').click();
  await page.getByTestId('diary-close').click();
  await page.getByTestId('report-open').first().click();
  await expect(page.getByTestId('report-note').locator('p')).toHaveText([
    'Where on the body: forearm, left.',
    'Day of the photo: 15 January 2026.',
    'Notes: brown',
  ]);
  expect(await page.getByTestId('report').innerText()).not.toContain('Jane');
  const pdf = (await page.pdf({ format: 'A4', printBackground: true })).toString('latin1');
  expect(pdf.match(/\/Type\s*\/Page[^s]/g)).toHaveLength(1);
});
