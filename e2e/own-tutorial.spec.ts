/** The tutorial's network as Keras writes it, 67 MB, in the browser: tools/keras-oracle/tutorial_model.py leaves it in KERAS_TUTORIAL. */
import { readFileSync } from 'node:fs';
import { expect, test, type Page } from '@playwright/test';
import { encode } from 'fast-png';
import { unzipSync } from 'fflate';
import { drawGoldenInput } from '../src/domain/golden-input';
import { analyse, countColours, openReady, readScore, statusOf } from './support/app';
import { parseNpy } from './support/npy';
import { download, number } from './support/viewer';

const FOLDER = process.env['KERAS_TUTORIAL'] ?? '';
const SIDE = 128;

test.describe.configure({ mode: 'serial' });
test.skip(FOLDER === '', 'KERAS_TUTORIAL names no folder with the files of tools/keras-oracle/tutorial_model.py');

/** Of the first picture that Keras was given. */
interface Recorded {
  readonly parameters: number;
  readonly picture: 'lesion' | 'noise';
  readonly score: number;
  /** By layer: its shape [side, side, channels] and its values in that order. */
  readonly maps: ReadonlyMap<string, { readonly shape: readonly number[]; readonly values: Float32Array }>;
}

function readRecorded(): Recorded {
  const { parameters, pictures, scores, layers } = JSON.parse(readFileSync(`${FOLDER}/expected.json`, 'utf8')) as {
    readonly parameters: number;
    readonly pictures: readonly Recorded['picture'][];
    readonly scores: readonly number[];
    readonly layers: readonly { readonly path: string; readonly shape: readonly number[] }[];
  };
  const { buffer, byteOffset, byteLength } = readFileSync(`${FOLDER}/expected.f32`);
  const floats = new Float32Array(buffer, byteOffset, byteLength / 4);
  let at = SIDE * SIDE * 3; // the picture itself, scaled
  const maps = layers.map(({ path, shape }) => {
    const values = floats.subarray(at, (at += shape.reduce((a, b) => a * b, 1)));
    return [path.split('/').at(-1)!, { shape, values }] as const;
  });
  return { parameters, picture: pictures[0]!, score: scores[0]!, maps: new Map(maps) };
}

let page: Page;
let recorded: Recorded;

test.beforeAll(async ({ browser }) => {
  recorded = readRecorded();
  page = await browser.newPage();
  await openReady(page);
});

test.afterAll(() => page.close());

test('the .h5 dropped in: Keras’s number of parameters, and its score for the same picture', async () => {
  await page.goto('./#/model');
  await page.getByTestId('model-input').setInputFiles(`${FOLDER}/tutorial.h5`);
  await expect(statusOf(page)).toHaveAttribute('data-model', 'tutorial.h5');
  const total = page.getByTestId('model-summary').locator('tfoot td').first();
  await expect(total).toHaveText('16,812,353');
  expect(recorded.parameters).toBe(16_812_353);
  await page.getByTestId('own-preprocessing').selectOption('shipped');
  await expect(page.getByTestId('own-state')).toHaveAttribute('data-state', 'idle');
  await page.evaluate(() => {
    location.hash = '#/';
  });
  // As large as the input, so that the square is the picture, pixel by pixel.
  const data = drawGoldenInput(recorded.picture, SIDE);
  const png = encode({ width: SIDE, height: SIDE, channels: 3, depth: 8, data });
  const score = await analyse(page, { name: 'recorded.png', mimeType: 'image/png', buffer: Buffer.from(png) });
  expect(Math.abs(score.probability - recorded.score)).toBeLessThan(1e-4);
  await expect(statusOf(page)).toHaveAttribute('data-backend', 'wasm');
});

test('every layer’s exported maps are Keras’s', async () => {
  const files = unzipSync((await download(page, 'export-layers')).bytes);
  const convolutions = [...recorded.maps.keys()].filter((name) => name.includes('conv'));
  expect(convolutions).toHaveLength(13);
  for (const [name, { shape, values: wanted }] of recorded.maps) {
    const found = parseNpy(Buffer.from(files[`${name}.npy`]!));
    expect(found.shape, name).toEqual(shape);
    const top = wanted.reduce((most, value) => Math.max(most, value), 0);
    const worst = wanted.reduce((most, value, i) => Math.max(most, Math.abs(value - found.values[i]!)), 0);
    expect(worst / top, name).toBeLessThan(1e-3);
  }
});

test('the tutorial’s views: filters 49 and 94 of block2_conv1, the mosaic of block3_conv3', async () => {
  const layer = recorded.maps.get('block2_conv1')!;
  const channels = layer.shape[2]!;
  const top = layer.values.reduce((most, value) => Math.max(most, value), 0);
  for (const filter of [49, 94]) {
    await page.evaluate((to) => {
      location.hash = `#/?layer=block2_conv1&filter=${to}`;
    }, filter);
    const zoom = page.getByTestId('filter-zoom');
    await expect(zoom).toHaveAttribute('data-filter', String(filter));
    await expect(page.getByTestId('atlas')).toHaveAttribute('data-layer', 'block2_conv1');
    const map = layer.values.filter((_, i) => i % channels === filter);
    expect(Math.abs((await number(zoom, 'data-min')) - Math.min(...map)) / top).toBeLessThan(1e-3);
    expect(Math.abs((await number(zoom, 'data-max')) - Math.max(...map)) / top).toBeLessThan(1e-3);
    // Not a map of nothing, which any network would have.
    expect(Math.max(...map)).toBeGreaterThan(0);
  }
  await page.evaluate(() => {
    location.hash = '#/?layer=block3_conv3';
  });
  const atlas = page.getByTestId('atlas');
  await expect(atlas).toHaveAttribute('data-layer', 'block3_conv3');
  const filters = Array.from({ length: 256 }, (_, filter) => filter);
  await expect(atlas).toHaveAttribute('data-filters', filters.join(' '));
  expect(await countColours(atlas)).toBeGreaterThan(50);
});

test('its weights alone are opened with the layers of the model that ships, and give Keras’s score', async () => {
  await page.goto('./#/model');
  await page.getByTestId('model-input').setInputFiles(`${FOLDER}/tutorial.weights.h5`);
  await expect(page.getByTestId('error')).toHaveAttribute('data-code', 'own-model-weights-fit');
  await expect(page.getByTestId('model-select')).toHaveValue('tutorial.h5');
  await page.getByTestId('own-use-built-in-architecture').click();
  await expect(statusOf(page)).toHaveAttribute('data-model', 'tutorial.weights.h5');
  await expect(page.getByTestId('error')).toHaveCount(0);
  await page.getByTestId('own-preprocessing').selectOption('shipped');
  await expect(page.getByTestId('own-state')).toHaveAttribute('data-state', 'idle');
  await page.evaluate(() => {
    location.hash = '#/';
  });
  const { probability } = await readScore(page);
  expect(Math.abs(probability - recorded.score)).toBeLessThan(1e-4);
});
