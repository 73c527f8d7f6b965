/** The viewer on two photos: linked views, scales checked against exported numbers, differences, order, exports. */
import { execFileSync } from 'node:child_process';
import { expect, test, type Page } from '@playwright/test';
import { analyse, openReady, putPhoto, showLayer, statusOf } from './support/app';
import { lesionPng } from './support/photos';
import { parseNpy, type NpyArray } from './support/npy';
import { chooseView, download, number, openMenuOf, openTool, readPixels } from './support/viewer';

test.describe.configure({ mode: 'serial' });

const LAYER = 'block2_conv1';
const SIDE = 64;
const CHANNELS = 128;

let page: Page;
let a: NpyArray;
let b: NpyArray;

test.beforeAll(async ({ browser }) => {
  page = await browser.newPage();
  await openReady(page);
});

test.afterAll(() => page.close());

/** Value of one filter at a place, from the exported [row, column, filter] array. */
function at({ values }: NpyArray, filter: number, x: number, y: number): number {
  return values[(y * SIDE + x) * CHANNELS + filter] ?? Number.NaN;
}

function mapOf(array: NpyArray, filter: number): readonly number[] {
  return Array.from({ length: SIDE * SIDE }, (_, p) => at(array, filter, p % SIDE, Math.floor(p / SIDE)));
}

/** Least and greatest of many numbers, too many for Math.min's arguments. */
function spanOf(values: Iterable<number>): readonly [number, number] {
  let [low, high] = [Infinity, -Infinity];
  for (const v of values) [low, high] = [Math.min(low, v), Math.max(high, v)];
  return [low, high];
}

/** Brightness 0-255 of a filter's pixel on a grey atlas. */
async function readGreys(
  testId: string,
  points: readonly { filter: number; x: number; y: number }[],
): Promise<readonly number[]> {
  const canvas = page.getByTestId(testId);
  const { width, pixels } = await readPixels(canvas);
  const columns = await number(canvas, 'data-columns');
  const gap = await number(canvas, 'data-gap');
  const order = ((await canvas.getAttribute('data-filters')) ?? '').split(' ').map(Number);
  return points.map(({ filter, x, y }) => {
    const place = order.indexOf(filter);
    const left = (place % columns) * (SIDE + gap) + (gap >> 1) + x;
    const top = Math.floor(place / columns) * (SIDE + gap) + (gap >> 1) + y;
    return (pixels[top * width + left] ?? 0) & 255;
  });
}

const POINTS = [3, 49, 94, 127].flatMap((filter) =>
  [0, 13, 31, 40, 63].flatMap((x) => [1, 30, 62].map((y) => ({ filter, x, y }))),
);

function expectGreys(greys: readonly number[], expected: (point: (typeof POINTS)[number]) => number): void {
  POINTS.forEach((point, i) => {
    const index = Math.min(1, Math.max(0, expected(point))) * 255;
    expect(Math.abs((greys[i] ?? -99) - index), JSON.stringify(point)).toBeLessThanOrEqual(1);
  });
}

test('two photos: each has its score, and the exported maps are the ones that are shown', async () => {
  await analyse(page, lesionPng('regular'));
  await page.getByTestId('photo-input-b').setInputFiles(lesionPng('irregular'));
  await expect(page.getByTestId('score-b')).toHaveAttribute('data-probability', /\d/);
  await showLayer(page, LAYER);
  await expect(page.getByTestId('atlas-b')).toHaveAttribute('data-layer', LAYER);
  const [fileA, fileB] = [await download(page, 'export-npy'), await download(page, 'export-npy-b')];
  expect(fileA.name).toMatch(/^lesion-lens_v[\d.]+_block2_conv1_.*\.npy$/);
  a = parseNpy(fileA.bytes);
  b = parseNpy(fileB.bytes);
  expect(a.shape).toEqual([SIDE, SIDE, CHANNELS]);
  for (const [zoom, array] of [
    ['filter-zoom', a],
    ['filter-zoom-b', b],
  ] as const) {
    await page.getByTestId('filter-number').fill('49');
    await expect(page.getByTestId(zoom)).toHaveAttribute('data-filter', '49');
    const [low, high] = spanOf(mapOf(array, 49));
    expect(await number(page.getByTestId(zoom), 'data-min')).toBe(low);
    expect(await number(page.getByTestId(zoom), 'data-max')).toBe(high);
  }
  let told;
  try {
    told = execFileSync(
      'python3',
      ['-c', 'import sys, numpy as n; x = n.load(sys.argv[1]); print(x.dtype, *x.shape, float(x[30, 13, 49]))', fileA.path],
      { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
    );
  } catch {
    test.info().annotations.push({ type: 'note', description: 'NumPy is not here: the file was read by our own reader only' });
  }
  if (told !== undefined) {
    const [dtype, ...numbers] = told.trim().split(' ');
    expect(dtype).toBe('float32');
    expect(numbers.map(Number)).toEqual([SIDE, SIDE, CHANNELS, at(a, 49, 13, 30)]);
  }
});

test('every scale gives the colours that the exported numbers ask for, on both photos', async () => {
  await chooseView(page, 'colour-map-select', 'grey');
  const spans = { a: spanOf(a.values), b: spanOf(b.values) };
  const both = spanOf([...spans.a, ...spans.b]);
  for (const [id, array] of [
    ['a', a],
    ['b', b],
  ] as const) {
    const testId = id === 'a' ? 'atlas' : 'atlas-b';
    const share = (v: number, [low, high]: readonly [number, number]): number => (high > low ? (v - low) / (high - low) : 0);

    await chooseView(page, 'scale-select', 'map');
    await expect(page.getByTestId(testId)).toHaveAttribute('data-scale', 'map');
    expectGreys(await readGreys(testId, POINTS), ({ filter, x, y }) =>
      share(at(array, filter, x, y), spanOf(mapOf(array, filter))),
    );

    await chooseView(page, 'scale-select', 'layer');
    await expect(page.getByTestId(testId)).toHaveAttribute('data-scale', 'layer');
    expectGreys(await readGreys(testId, POINTS), ({ filter, x, y }) => share(at(array, filter, x, y), spans[id]));

    await chooseView(page, 'scale-select', 'both');
    await expect(page.getByTestId(testId)).toHaveAttribute('data-scale', 'both');
    expectGreys(await readGreys(testId, POINTS), ({ filter, x, y }) => share(at(array, filter, x, y), both));

    await chooseView(page, 'scale-select', 'tutorial');
    await expect(page.getByTestId(testId)).toHaveAttribute('data-scale', 'tutorial');
    expectGreys(await readGreys(testId, POINTS), ({ filter, x, y }) => {
      const map = mapOf(array, filter);
      const mean = map.reduce((sum, v) => sum + v, 0) / map.length;
      const deviation = Math.sqrt(map.reduce((sum, v) => sum + (v - mean) ** 2, 0) / map.length);
      return ((at(array, filter, x, y) - mean) / (deviation + 1e-5)) * 0.1 + 0.5;
    });
  }
  await chooseView(page, 'scale-select', 'map');
  await chooseView(page, 'colour-map-select', 'viridis');
});

test('the difference view is B - A, orange where B has more and blue where it has less', async () => {
  await chooseView(page, 'photos-select', 'difference');
  const canvas = page.getByTestId('atlas-difference');
  await expect(canvas).toHaveAttribute('data-layer', LAYER);
  const { width, pixels } = await readPixels(canvas);
  const columns = await number(canvas, 'data-columns');
  const gap = await number(canvas, 'data-gap');
  const order = ((await canvas.getAttribute('data-filters')) ?? '').split(' ').map(Number);
  let [checked, wrong] = [0, 0];
  for (const filter of [3, 49, 94, 127]) {
    const differences = mapOf(b, filter).map((v, p) => v - (mapOf(a, filter)[p] ?? 0));
    const reach = Math.max(...differences.map(Math.abs));
    const place = order.indexOf(filter);
    differences.forEach((difference, p) => {
      if (Math.abs(difference) < 0.3 * reach) return;
      const left = (place % columns) * (SIDE + gap) + (gap >> 1) + (p % SIDE);
      const top = Math.floor(place / columns) * (SIDE + gap) + (gap >> 1) + Math.floor(p / SIDE);
      const pixel = pixels[top * width + left] ?? 0;
      const [red, blue] = [pixel & 255, (pixel >> 16) & 255];
      checked += 1;
      if (red > blue !== difference > 0) wrong += 1;
    });
  }
  expect(checked).toBeGreaterThan(100);
  expect(wrong).toBe(0);
  const differences = mapOf(b, 49).map((v, p) => Math.fround(v - (mapOf(a, 49)[p] ?? 0)));
  const [low, high] = spanOf(differences);
  const zoom = page.getByTestId('filter-zoom-difference');
  expect(await number(zoom, 'data-min')).toBeCloseTo(low, 5);
  expect(await number(zoom, 'data-max')).toBeCloseTo(high, 5);
  await chooseView(page, 'photos-select', 'both');
});

test('maps are ordered by what is measured, and dead ones can be hidden', async () => {
  const canvas = page.getByTestId('atlas');
  const orderShown = async (): Promise<readonly number[]> =>
    ((await canvas.getAttribute('data-filters')) ?? '').split(' ').map(Number);
  const meanOf = (filter: number): number => mapOf(a, filter).reduce((sum, v) => sum + v, 0);
  await chooseView(page, 'order-select', 'mean');
  await expect(canvas).toHaveAttribute('data-order', 'mean');
  const byMean = await orderShown();
  expect(byMean).toHaveLength(CHANNELS);
  for (let i = 1; i < 20; i += 1) expect(meanOf(byMean[i] ?? 0)).toBeLessThanOrEqual(meanOf(byMean[i - 1] ?? 0) + 1e-3);
  const distance = (filter: number): number =>
    mapOf(a, filter).reduce((sum, v, p) => sum + Math.abs(v - (mapOf(b, filter)[p] ?? 0)), 0);
  await chooseView(page, 'order-select', 'difference');
  await expect(canvas).toHaveAttribute('data-order', 'difference');
  const [first = 0, ...rest] = await orderShown();
  expect(distance(first)).toBeGreaterThanOrEqual(distance(rest.at(-1) ?? 0));
  await chooseView(page, 'order-select', 'index');
  // Of two photos a filter is dead if it is silent on both.
  const dead = Array.from({ length: CHANNELS }, (_, k) => k).filter((k) =>
    [a, b].every((maps) => mapOf(maps, k).every((v) => v === 0)),
  );
  await (await openMenuOf(page, 'view-menu', 'hide-dead')).check();
  await expect.poll(async () => (await orderShown()).length).toBe(CHANNELS - dead.length);
  await page.getByTestId('hide-dead').uncheck();
});

test('photo A beside photo B: a row a filter with the numbers of the exported maps, sorted, and as CSV', async () => {
  await openTool(page, 'tool-comparison');
  const table = page.getByTestId('ab-statistics');
  await expect(table).toHaveAttribute('data-layer', LAYER);
  const { bytes } = await download(page, 'ab-statistics-csv');
  const [head, ...lines] = bytes.toString('utf8').trim().split('\r\n');
  expect(head).toBe('filter,correlation,mean_absolute_difference,mean_a,mean_b');
  expect(lines).toHaveLength(CHANNELS);
  const rows = lines.map((line) => line.split(',').map((cell) => (cell === '' ? Number.NaN : Number(cell))));
  const mean = (values: readonly number[]): number => values.reduce((sum, v) => sum + v, 0) / values.length;
  for (const k of [3, 49, 94, 127]) {
    const [x, y] = [mapOf(a, k), mapOf(b, k)];
    const [meanX, meanY] = [mean(x), mean(y)];
    const product = (p: readonly number[], q: readonly number[], [mp, mq]: readonly [number, number]): number =>
      p.reduce((sum, v, i) => sum + (v - mp) * (q[i]! - mq), 0);
    const spread = Math.sqrt(product(x, x, [meanX, meanX]) * product(y, y, [meanY, meanY]));
    const wanted = [product(x, y, [meanX, meanY]) / spread, mean(x.map((v, i) => Math.abs(v - y[i]!))), meanX, meanY];
    expect(rows[k]![0]).toBe(k);
    wanted.forEach((value, i) => {
      const found = rows[k]![i + 1]!;
      // A map that is silent has no correlation.
      if (Number.isNaN(value)) expect(found, `filter ${k}`).toBeNaN();
      else expect(found, `filter ${k}`).toBeCloseTo(value, 6);
    });
    expect(Number.isNaN(wanted[0]), `filter ${k}`).toBe([x, y].some((map) => map.every((v) => v === map[0])));
  }
  const shown = (): Promise<number[]> =>
    table.locator('tbody tr').evaluateAll((all) => all.map((row) => Number(row.getAttribute('data-filter'))));
  const least = rows.reduce((best, row) => (row[1]! < best[1]! || Number.isNaN(best[1]) ? row : best))[0];
  await page.getByTestId('ab-order-correlation').click();
  await expect(table).toHaveAttribute('data-order', 'correlation');
  expect((await shown())[0]).toBe(least);
  await page.getByTestId('ab-order-meanB').click();
  expect((await shown())[0]).toBe(rows.reduce((best, row) => (row[4]! > best[4]! ? row : best))[0]);
  await chooseView(page, 'order-select', 'correlation');
  await expect(page.getByTestId('atlas')).toHaveAttribute('data-filters', new RegExp(`^${least} `));
  await chooseView(page, 'order-select', 'index');
});

test('pools are in the viewer: each value is the greatest of four', async () => {
  await showLayer(page, 'block2_conv2');
  const conv = parseNpy((await download(page, 'export-npy')).bytes);
  await showLayer(page, 'block2_pool');
  const pool = parseNpy((await download(page, 'export-npy')).bytes);
  expect(pool.shape).toEqual([32, 32, 128]);
  for (const [x, y, k] of [
    [0, 0, 0],
    [5, 9, 49],
    [31, 31, 127],
  ] as const) {
    const value = (dx: number, dy: number): number => conv.values[((2 * y + dy) * 64 + 2 * x + dx) * 128 + k] ?? Number.NaN;
    expect(pool.values[(y * 32 + x) * 128 + k]).toBe(Math.max(value(0, 0), value(1, 0), value(0, 1), value(1, 1)));
  }
});

test('pinned maps stay in the tray while layers change', async () => {
  await showLayer(page, LAYER);
  await page.getByTestId('filter-number').fill('49');
  await page.getByTestId('pin-filter').click();
  await showLayer(page, 'block4_conv1');
  const pin = page.getByTestId('pins-tray').locator(`[data-layer="${LAYER}"][data-filter="49"]`);
  await expect(pin.first()).toBeVisible();
  await pin.first().getByRole('button').first().click();
  await expect(page.getByTestId('atlas')).toHaveAttribute('data-layer', LAYER);
  await expect(page.getByTestId('filter-zoom')).toHaveAttribute('data-filter', '49');
});

test('exports: a sheet of all maps, one map, statistics, each named after model and layer', async () => {
  for (const [testId, name] of [
    ['export-atlas-png', /^lesion-lens_v[\d.]+_block2_conv1_.*\.png$/],
    ['export-map-png', /^lesion-lens_v[\d.]+_block2_conv1_filter49_.*\.png$/],
  ] as const) {
    const file = await download(page, testId);
    expect(file.name).toMatch(name);
    expect(file.bytes.toString('latin1', 1, 4)).toBe('PNG');
    expect(file.bytes.readUInt32BE(16), 'at least 512 pixels wide').toBeGreaterThanOrEqual(512);
  }
  const { name, bytes } = await download(page, 'export-csv');
  expect(name).toMatch(/^lesion-lens_v[\d.]+_block2_conv1_.*\.csv$/);
  const rows = bytes.toString('utf8').trim().split(/\r?\n/);
  expect(rows[0]).toContain('filter,min,max,mean,deviation,active_share');
  expect(rows).toHaveLength(CHANNELS + 1);
  const [, , max] = (rows[50] ?? '').split(',').map(Number);
  expect(max).toBeCloseTo(spanOf(mapOf(a, 49))[1], 4);
});

test('a deep link opens layer, filter, scale and view for whatever photo comes', async ({ browser }) => {
  const fresh = await browser.newPage();
  await openReady(fresh, '#/?layer=block3_conv3&filter=7&scale=layer&layout=mosaic');
  await analyse(fresh, lesionPng('regular'));
  await expect(fresh.getByTestId('atlas')).toHaveAttribute('data-layer', 'block3_conv3');
  await expect(fresh.getByTestId('atlas')).toHaveAttribute('data-scale', 'layer');
  await expect(fresh.getByTestId('atlas')).toHaveAttribute('data-columns', '16');
  await expect(fresh.getByTestId('filter-zoom')).toHaveAttribute('data-filter', '7');
  await expect(fresh).toHaveURL(/#\/\?layer=block3_conv3&filter=7&scale=layer&layout=mosaic$/);
  await fresh.close();
});

test('the viewer works by keyboard alone', async ({ browser }) => {
  const keys = await browser.newPage();
  await openReady(keys);
  await putPhoto(keys, lesionPng('irregular'));
  await expect(statusOf(keys)).toHaveAttribute('data-state', 'done');
  const atlas = keys.getByTestId('atlas');
  for (let i = 0; i < 80 && !(await atlas.evaluate((element) => element === document.activeElement)); i += 1) {
    await keys.keyboard.press('Tab');
  }
  await expect(atlas).toBeFocused();
  await keys.keyboard.press('Home');
  await keys.keyboard.press('ArrowRight');
  await keys.keyboard.press('Enter');
  await expect(keys.getByTestId('filter-zoom')).toHaveAttribute('data-filter', '1');
  await keys.keyboard.press(']');
  await expect(keys.getByTestId('atlas')).toHaveAttribute('data-layer', 'block2_conv2');
  await keys.keyboard.press('[');
  await keys.keyboard.press('[');
  await expect(keys.getByTestId('atlas')).toHaveAttribute('data-layer', 'block1_pool');
  await keys.close();
});
