/** One photo by two models, A and B: each score and map is what the model gives alone. */
import { readFileSync } from 'node:fs';
import { expect, test, type Page } from '@playwright/test';
import { analyse, countColours, openReady, readScore, showLayer, statusOf, waitForState, type Score } from './support/app';
import { parseNpy } from './support/npy';
import { lesionPng } from './support/photos';
import { chooseView, download, exportLayer, number, openMenuOf } from './support/viewer';

test.describe.configure({ mode: 'serial' });

const FOLDER = new URL('../src/engine/own-model/testdata/', import.meta.url);
const [RAW, UNIT] = ['nested.keras', 'nested.keras2.h5'] as const;

let page: Page;
let version: string;
let builtIn: Score;

async function go(hash: string): Promise<void> {
  await page.evaluate((to) => {
    location.hash = to;
  }, hash);
}

async function openOwn(name: string): Promise<void> {
  await go('#/model');
  await page.getByTestId('model-input').setInputFiles({ name, mimeType: '', buffer: readFileSync(new URL(name, FOLDER)) });
  await expect(statusOf(page)).toHaveAttribute('data-model', name);
  await expect(page.getByTestId('own-state')).toHaveAttribute('data-state', 'idle');
}

async function compareWith(name: string, model: string): Promise<void> {
  await page.getByTestId('compare-model-select').selectOption(name);
  await expect(page.getByTestId('score-b')).toHaveAttribute('data-model', model);
  await waitForState(page, 'done');
}

test.beforeAll(async ({ browser }) => {
  page = await (await browser.newContext()).newPage();
  await openReady(page);
  version = (await statusOf(page).getAttribute('data-model')) ?? '';
  builtIn = await analyse(page, lesionPng('irregular'));
});

test.afterAll(() => page.context().close());

test('two of the person’s own: scores, maps and files are what each gives alone', async () => {
  await expect(page.getByTestId('compare-model-select')).toHaveCount(0);
  await openOwn(RAW);
  await go('#/');
  await showLayer(page, 'block2_conv1');
  const [raw, rawMaps] = [await readScore(page), await exportLayer(page)];
  await openOwn(UNIT);
  await page.getByTestId('own-preprocessing').selectOption('unit');
  await expect(page.getByTestId('own-state')).toHaveAttribute('data-state', 'idle');
  await go('#/');
  await showLayer(page, 'block2_conv1');
  const [unit, unitMaps] = [await readScore(page), await exportLayer(page)];
  expect(unit.logit).not.toBeCloseTo(raw.logit, 2);

  await compareWith(RAW, RAW);
  await expect(page.getByTestId('score')).toHaveAttribute('data-model', UNIT);
  expect((await readScore(page)).logit).toBe(unit.logit);
  expect(await number(page.getByTestId('score-b'), 'data-logit')).toBeCloseTo(raw.logit, 5);
  await expect(page.getByTestId('score-b')).toContainText(RAW);
  await expect(page.getByTestId('atlas-b')).toHaveAttribute('data-layer', 'block2_conv1');
  expect(await countColours(page.getByTestId('atlas-b'))).toBeGreaterThan(8);
  expect((await exportLayer(page)).values).toEqual(unitMaps.values);
  const file = await download(page, 'export-npy-b');
  expect(file.name).toContain(`_${RAW}_`);
  const { values } = parseNpy(file.bytes);
  expect(values).toHaveLength(rawMaps.values.length);
  values.forEach((value, i) => expect(value).toBeCloseTo(rawMaps.values[i]!, 4));
  await chooseView(page, 'photos-select', 'difference');
  expect(await countColours(page.getByTestId('atlas-difference'))).toBeGreaterThan(8);
  await expect(await openMenuOf(page, 'second-menu', 'swap-photos')).toBeDisabled();
  await page.keyboard.press('Escape');
});

test('beside the one that ships: its own calibration and verdict, and no maps of layers of another size', async () => {
  await compareWith('built-in', version);
  const second = page.getByTestId('score-b');
  expect(await number(second, 'data-logit')).toBeCloseTo(builtIn.logit, 4);
  expect(await number(second, 'data-probability')).toBeCloseTo(builtIn.probability, 4);
  await expect(second).toHaveAttribute('data-verdict', builtIn.verdict);
  await expect(page.getByTestId('layer-not-in-b')).toContainText('block2_conv1');
  await expect(page.getByTestId('atlas-b')).toHaveCount(0);
  await expect(page.getByTestId('error')).toHaveCount(0);
});

test('another photo A is computed by both; B is emptied by removing it', async () => {
  const before = await number(page.getByTestId('score-b'), 'data-logit');
  const a = page.getByTestId('score');
  const logit = await number(a, 'data-logit');
  await page.getByTestId('photo-input').setInputFiles(lesionPng('regular'));
  await expect(a).not.toHaveAttribute('data-logit', String(logit));
  await expect(page.getByTestId('score-b')).toBeVisible();
  await expect(page.getByTestId('score-b')).not.toHaveAttribute('data-logit', String(before));
  await waitForState(page, 'done');
  await (await openMenuOf(page, 'second-menu', 'remove-b')).click();
  await expect(page.getByTestId('score-b')).toHaveCount(0);
  await expect(page.getByTestId('compare-model-select')).toHaveValue('');
});
