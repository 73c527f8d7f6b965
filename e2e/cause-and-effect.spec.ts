/** What the score hangs on: muting, ranking, receptive fields, heat maps, what a filter likes. */
import { expect, test, type Page } from '@playwright/test';
import { VGG16 } from '../src/domain/network';
import { receptiveField } from '../src/domain/receptive-field';
import { analyse, openReady, showLayer } from './support/app';
import { lesionPng } from './support/photos';
import { chooseView, number, openTool } from './support/viewer';

test.describe.configure({ mode: 'serial' });

let page: Page;

test.beforeAll(async ({ browser }) => {
  page = await browser.newPage();
  await openReady(page);
  await analyse(page, lesionPng('irregular'));
});

test.afterAll(() => page.close());

test('muting changes the score, and unmuting brings it back bit for bit', async () => {
  const measured = await number(page.getByTestId('score'), 'data-logit');
  await showLayer(page, 'block3_conv3');
  await openTool(page, 'tool-experiment');
  const experiment = page.getByTestId('experiment-score');
  await page.getByTestId('mute-filter').click();
  await expect(experiment).toHaveAttribute('data-state', 'done');
  const muted = await number(experiment, 'data-logit');
  expect(muted).not.toBe(measured);
  expect(await number(page.getByTestId('score'), 'data-logit'), 'the measured score stays').toBe(measured);
  // Another filter is muted and unmuted: the score computed from the cached layer is the same to the last bit.
  await page.getByTestId('filter-number').fill('3');
  await page.getByTestId('mute-filter').click();
  await expect(page.getByTestId('mute-filter')).toHaveAttribute('aria-pressed', 'true');
  await expect(experiment).toHaveAttribute('data-state', 'done');
  await page.getByTestId('mute-filter').click();
  await expect(page.getByTestId('mute-filter')).toHaveAttribute('aria-pressed', 'false');
  await expect(experiment).toHaveAttribute('data-state', 'done');
  expect(await number(experiment, 'data-logit')).toBe(muted);
  await page.getByTestId('unmute-all').click();
  await expect(experiment).toHaveAttribute('data-state', 'idle');
  await page.getByTestId('mute-undo').click();
  await expect(experiment).toHaveAttribute('data-state', 'done');
  expect(await number(experiment, 'data-logit')).toBe(muted);
  await page.getByTestId('unmute-all').click();
  expect(await number(experiment, 'data-base-logit')).toBe(measured);
});

test('a ranking can be cancelled and goes on; the strongest filter moves the logit as the ranking says', async () => {
  await showLayer(page, 'block5_conv3');
  const ranking = page.getByTestId('ranking');
  await page.getByTestId('rank-start').click();
  await expect(ranking).toHaveAttribute('data-state', 'running');
  await page.getByTestId('rank-cancel').click();
  await expect(ranking).toHaveAttribute('data-state', 'cancelled');
  await page.getByTestId('rank-start').click();
  await expect(ranking).toHaveAttribute('data-state', 'done', { timeout: 120_000 });
  expect(await number(ranking, 'data-done')).toBe(512);
  await page.getByTestId('order-by-effect').click();
  const atlas = page.getByTestId('atlas');
  await expect(atlas).toHaveAttribute('data-order', 'effect');
  const [strongest = '', second = ''] = ((await atlas.getAttribute('data-filters')) ?? '').split(' ');
  const experiment = page.getByTestId('experiment-score');
  const base = await number(experiment, 'data-base-logit');
  const changes: number[] = [];
  for (const filter of [strongest, second]) {
    await page.getByTestId('filter-number').fill(filter);
    await page.getByTestId('mute-filter').click();
    await expect(experiment).toHaveAttribute('data-state', 'done');
    changes.push(Math.abs((await number(experiment, 'data-logit')) - base));
    await page.getByTestId('unmute-all').click();
    await expect(experiment).toHaveAttribute('data-state', 'idle');
  }
  expect(changes[0]).toBeGreaterThanOrEqual(changes[1] ?? Infinity);
  expect(changes[0]).toBeGreaterThan(0);
  await chooseView(page, 'order-select', 'index');
});

test('the receptive field of the followed place is outlined on the photo, in every layer', async () => {
  const stage = page.getByTestId('photo-stage');
  await stage.scrollIntoViewIfNeeded();
  const box = await stage.boundingBox();
  if (box === null) throw new Error('the photo is not laid out');
  await stage.click({ position: { x: box.width * 0.25, y: box.height * 0.75 } });
  await page.mouse.move(0, 0);
  await openTool(page, 'tool-spot');
  const outline = page.getByTestId('receptive-field');
  for (const layer of ['block1_conv1', 'block2_conv2', 'block3_conv3', 'block5_conv3'] as const) {
    await showLayer(page, layer);
    const spot = page.getByTestId('spot');
    const cell = { x: await number(spot, 'data-cell-x'), y: await number(spot, 'data-cell-y') };
    const field = receptiveField(VGG16, layer, cell);
    await expect(outline).toHaveAttribute('data-left', String(field.left));
    expect(await number(outline, 'data-top')).toBe(field.top);
    expect(await number(outline, 'data-right')).toBe(field.right);
    expect(await number(outline, 'data-bottom')).toBe(field.bottom);
  }
  await page.getByTestId('spot-clear').click();
  await expect(outline).toHaveCount(0);
});

test('pointing at a value of a map outlines its receptive field', async () => {
  const atlas = await showLayer(page, 'block2_conv1');
  await atlas.scrollIntoViewIfNeeded();
  await atlas.hover({ position: { x: 2, y: 2 } });
  await expect(page.getByTestId('receptive-field')).toHaveAttribute('data-left', '0');
  await page.mouse.move(0, 0);
  await expect(page.getByTestId('receptive-field')).toHaveCount(0);
});

test('heat maps lie over the photo; occlusion can be cancelled and finished', async () => {
  // 256 forward passes: about a minute on two idle cores.
  test.setTimeout(300_000);
  await openTool(page, 'tool-heat');
  for (const kind of ['grad-cam', 'hires-cam'] as const) {
    await page.getByTestId(`overlay-${kind}`).check();
    await expect(page.getByTestId('overlay')).toHaveAttribute('data-overlay', kind);
    expect(await number(page.getByTestId('heat-canvas'), 'data-max')).toBeGreaterThan(
      await number(page.getByTestId('heat-canvas'), 'data-min'),
    );
  }
  await page.getByTestId('occlude-start').click();
  const occlusion = page.getByTestId('occlusion');
  await expect(occlusion).toHaveAttribute('data-state', 'running');
  await page.getByTestId('occlude-cancel').click();
  await expect(occlusion).toHaveAttribute('data-state', 'cancelled');
  await page.getByTestId('occlude-start').click();
  await expect(occlusion).toHaveAttribute('data-state', 'done', { timeout: 200_000 });
  const heat = page.getByTestId('heat-canvas');
  await expect(heat).toHaveAttribute('data-side', '16');
  expect(await number(heat, 'data-max')).toBeGreaterThan(0);
  await page.getByTestId('overlay-none').check();
  await expect(page.getByTestId('overlay')).toHaveCount(0);
});

test('the dense units and the bias add up to the logit', async () => {
  await openTool(page, 'tool-dense');
  const strip = page.getByTestId('dense-strip');
  await expect(strip).toHaveAttribute('data-sum', /\d/);
  expect(await number(strip, 'data-sum')).toBeCloseTo(await number(page.getByTestId('score'), 'data-logit'), 3);
});

test('activation maximisation raises the mean activation of a filter at least fivefold', async () => {
  await showLayer(page, 'block3_conv1');
  await page.getByTestId('filter-number').fill('49');
  await openTool(page, 'tool-liking');
  await page.getByTestId('liking-start').click();
  const liking = page.getByTestId('liking');
  await expect(liking).toHaveAttribute('data-state', 'done', { timeout: 200_000 });
  expect(await number(liking, 'data-mean')).toBeGreaterThan(5 * (await number(liking, 'data-noise-mean')));
});

test('what a network may lean on is erased, and the score of what is left stands beside it', async () => {
  await openTool(page, 'tool-leaning');
  const tool = page.getByTestId('leaning');
  await expect(tool).toHaveAttribute('data-state', 'idle');
  await page.getByTestId('leaning-start').click();
  await expect(tool).toHaveAttribute('data-state', 'done', { timeout: 60_000 });
  const measured = await number(page.getByTestId('score'), 'data-probability');
  const lesion = page.getByTestId('leaning-lesion');
  // The drawn lesion covers a seventh of the picture; without it the model scores bare skin.
  expect(await number(lesion, 'data-share')).toBeGreaterThan(0.1);
  expect(await number(lesion, 'data-probability')).toBeLessThan(measured - 0.05);
  const lines = page.getByTestId('leaning-lines');
  expect(await number(lines, 'data-share')).toBeGreaterThan(0.005);
  expect(await number(lines, 'data-share')).toBeLessThan(0.1);
  await expect(lines.locator('canvas')).toBeVisible();
  // There is no ink on it: no score is made up.
  await expect(page.getByTestId('leaning-ink')).toHaveAttribute('data-share', '0');
  await expect(page.getByTestId('leaning-ink').locator('canvas')).toHaveCount(0);
});
