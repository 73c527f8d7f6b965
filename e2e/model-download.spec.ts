/** The model that ships, taken along as a Keras file and opened again as a person's own: the same score, the same maps. */
import { copyFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { analyse, openReady, showLayer, statusOf } from './support/app';
import { parseNpy } from './support/npy';
import { lesionPng } from './support/photos';
import { download } from './support/viewer';

const LAYERS = ['block1_conv1', 'block3_conv2', 'block5_conv3'] as const;
const MB = 1e6;

test('the downloaded .h5 computes what the app computes', async ({ page }) => {
  await openReady(page);
  const { logit } = await analyse(page, lesionPng('irregular'));
  const readMaps = async (layer: string): Promise<Float32Array> => {
    await showLayer(page, layer);
    return parseNpy((await download(page, 'export-npy')).bytes).values;
  };
  const shipped: Float32Array[] = [];
  for (const layer of LAYERS) shipped.push(await readMaps(layer));

  await page.goto('./#/model');
  const version = await statusOf(page).getAttribute('data-model');
  const file = await download(page, 'model-download-h5');
  expect(file.name).toBe(`lesion-lens-${version}.h5`);
  expect(file.bytes.length).toBeGreaterThan(67 * MB);
  expect(file.bytes.length).toBeLessThan(68 * MB);
  await expect(page.getByTestId('model-snippet')).toContainText(`load_model("${file.name}"`);

  const path = test.info().outputPath(file.name);
  copyFileSync(file.path, path);
  await page.getByTestId('model-input').setInputFiles(path);
  await expect(page.getByTestId('model-select')).not.toHaveValue('built-in');
  await expect(page.getByTestId('model-summary').locator('tfoot')).toContainText('16,812,353');
  // It is in use before the photo on the screen has gone through it.
  await expect(page.getByTestId('own-state')).toHaveAttribute('data-state', 'idle');
  await page.getByTestId('own-preprocessing').selectOption('shipped');

  await page.goto('./#/');
  const score = page.getByTestId('score');
  const wanted = 1 / (1 + Math.exp(-logit));
  await expect.poll(async () => Math.abs(Number(await score.getAttribute('data-probability')) - wanted)).toBeLessThan(1e-4);
  for (const [i, layer] of LAYERS.entries()) {
    const maps = await readMaps(layer);
    const before = shipped[i]!;
    expect(maps.length).toBe(before.length);
    const top = before.reduce((most, value) => Math.max(most, value), 0);
    const worst = before.reduce((most, value, k) => Math.max(most, Math.abs(value - maps[k]!)), 0);
    expect(worst / top, layer).toBeLessThan(1e-3);
  }
});
