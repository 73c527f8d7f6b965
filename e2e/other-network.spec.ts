/** A network of another shape in the place of the shipped one: engine, viewer, tools, exports and links follow it. */
import { expect, test, type Page } from '@playwright/test';
import { defaultChoice } from '../src/domain/crop';
import type { SourcePx } from '../src/domain/geometry';
import { resampleSquare } from '../src/domain/resample';
import { drawSyntheticLesion } from '../src/domain/synthetic-lesion';
import { analyse, openReady, showLayer } from './support/app';
import { lesionPng } from './support/photos';
import { serveSmallModel } from './support/small-model';
import { computeSmall, SMALL, SMALL_INPUT_BYTES } from '../src/engine/testdata/small-network';
import { exportLayer, number, openTool } from './support/viewer';

test.describe.configure({ mode: 'serial' });

const SIDE_PX = 256;

let page: Page;
let input: Uint8Array;

test.beforeAll(async ({ browser }) => {
  page = await browser.newPage();
  await serveSmallModel(page);
  const size = { width: SIDE_PX as SourcePx, height: SIDE_PX as SourcePx };
  input = resampleSquare(drawSyntheticLesion('irregular', SIDE_PX), SIDE_PX, SIDE_PX, defaultChoice(size).crop, SMALL.input.side);
});

test.afterAll(() => page.close());

test('a link opens its layer and filter, and the score is the network’s', async () => {
  await openReady(page, '?backend=wasm#/?layer=block2_conv2&filter=3');
  await expect(page.getByTestId('app-status')).toHaveAttribute('data-model', 'small');
  expect(input).toHaveLength(SMALL_INPUT_BYTES);
  const { logit } = await analyse(page, lesionPng('irregular'));
  expect(Math.abs(logit - computeSmall(input).logit)).toBeLessThan(1e-3);
  await expect(page.getByTestId('atlas')).toHaveAttribute('data-layer', 'block2_conv2');
  await expect(page.getByTestId('atlas')).toHaveAttribute('data-channels', '6');
  await expect(page.getByTestId('filter-zoom')).toHaveAttribute('data-filter', '3');
  const canvas = page.getByTestId('network-input').first();
  expect([await number(canvas, 'width'), await number(canvas, 'height')]).toEqual([SMALL.input.side, SMALL.input.side]);
});

test('the viewer has its layers, and the exports its numbers', async () => {
  const offered = await page
    .getByTestId('layer-select')
    .locator('option')
    .evaluateAll((options) => options.map((o) => (o as HTMLOptionElement).value));
  expect(offered).toEqual(SMALL.layers.map(({ name }) => name));
  await showLayer(page, 'block2_conv1');
  const { shape, values } = await exportLayer(page);
  expect(shape).toEqual([16, 16, 6]);
  const wanted = computeSmall(input).maps[1]!;
  expect(Math.max(...wanted.map((value, i) => Math.abs(value - values[i]!)))).toBeLessThan(1e-3);
});

test('muting, the heat maps and the dense units follow it', async () => {
  await showLayer(page, 'block1_conv1');
  await openTool(page, 'tool-heat');
  await page.getByTestId('overlay-hires-cam').check();
  await expect(page.getByTestId('heat').locator('figcaption')).toContainText('block2_conv2');
  await openTool(page, 'tool-dense');
  await expect(page.getByTestId('dense-strip')).toBeVisible();
  const [sum, logit] = [
    await number(page.getByTestId('dense-strip'), 'data-sum'),
    await number(page.getByTestId('dense-strip'), 'data-logit'),
  ];
  expect(Math.abs(sum - logit)).toBeLessThan(1e-3);
  await openTool(page, 'tool-experiment');
  await page.getByTestId('mute-filter').click();
  const card = page.getByTestId('experiment-score');
  await expect(card).toHaveAttribute('data-state', 'done');
  expect(await number(card, 'data-logit')).not.toBe(await number(card, 'data-base-logit'));
});

test('the model page lists it', async () => {
  await page.getByRole('link', { name: 'Model', exact: true }).click();
  await expect(page.getByTestId('model-summary')).toContainText('block2_conv2');
  await expect(page.getByTestId('model-summary').locator('tfoot')).toContainText(SMALL.parameters.toLocaleString('en'));
  await expect(page.getByTestId('model-summary')).not.toContainText('block3');
});
