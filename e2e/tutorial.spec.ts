/** The guided tour: by keyboard alone, by touch on a phone; what it says of its samples is so; afterwards all is as it was. */
import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { analyse, countRuns, openReady, readScore, showLayer, statusOf, waitForState, waitForViews } from './support/app';
import { lesionPng } from './support/photos';
import { number } from './support/viewer';

const STEPS = 8;

async function expectStep(page: Page, step: number): Promise<void> {
  const card = page.getByTestId('tutorial-card');
  await expect(card).toHaveAttribute('data-step', String(step));
  await expect(card).toBeFocused();
}

/** The card takes room of its own: it lies over no map. */
async function expectMapsFree(page: Page): Promise<void> {
  const bottom = await page.getByTestId('tutorial-card').evaluate((card) => card.getBoundingClientRect().bottom);
  for (const atlas of ['atlas', 'atlas-b']) {
    const top = await page.getByTestId(atlas).evaluate((canvas) => canvas.getBoundingClientRect().top);
    expect(top).toBeGreaterThanOrEqual(bottom);
  }
}

async function expectAccessible(page: Page, step: number): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).include('[data-testid="tutorial-card"]').analyze();
  const found = violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
  expect(found, `step ${step}`).toEqual([]);
}

test('by keyboard alone, without a photo: each step says what is so of its samples', async ({ browser }) => {
  const page = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage();
  await openReady(page);
  const address = page.url();
  await page.getByTestId('tutorial-start').focus();
  await page.keyboard.press('Enter');
  await expectStep(page, 1);
  await expect(statusOf(page)).toHaveAttribute('data-runs', '2');
  await waitForState(page, 'done');
  await expectMapsFree(page);

  await page.keyboard.press('ArrowRight');
  await expectStep(page, 2);
  await expect(page.getByTestId('tutorial-summary')).toContainText('16,812,353');

  await page.keyboard.press('ArrowRight');
  await expectStep(page, 3);
  // It moves by itself, until it is stopped.
  await expect.poll(() => number(page.getByTestId('kernel-place'), 'data-place')).toBeGreaterThan(1);
  await page.getByTestId('kernel-step').focus();
  await page.keyboard.press('Enter');
  const place = await number(page.getByTestId('kernel-place'), 'data-place');
  await page.keyboard.press('Enter');
  expect(await number(page.getByTestId('kernel-place'), 'data-place')).toBe(place + 1);

  await page.keyboard.press('ArrowRight');
  await expectStep(page, 4);
  const [a, b] = [page.getByTestId('atlas'), page.getByTestId('atlas-b')];
  await expect(a).toHaveAttribute('data-layer', 'block2_conv1');
  await expect(b).toHaveAttribute('data-columns', '8');

  await page.keyboard.press('ArrowRight');
  await expectStep(page, 5);
  expect(await number(page.getByTestId('tutorial-map-49-a'), 'data-max')).toBe(0);
  expect(await number(page.getByTestId('tutorial-map-49-b'), 'data-active')).toBeLessThan(0.02);
  expect(await number(page.getByTestId('tutorial-map-49-b'), 'data-max')).toBeGreaterThan(0);
  await expect(page.getByTestId('filter-zoom-b')).toHaveAttribute('data-filter', '94');

  await page.keyboard.press('ArrowRight');
  await expectStep(page, 6);
  await expect(a).toHaveAttribute('data-layer', 'block3_conv3');
  await expect(b).toHaveAttribute('data-columns', '16');
  await page.keyboard.press('ArrowLeft');
  await expectStep(page, 5);
  await page.keyboard.press('ArrowRight');

  await page.keyboard.press('ArrowRight');
  await expectStep(page, 7);
  await page.getByTestId('tutorial-mute').focus();
  await page.keyboard.press('Enter');
  const scoreB = page.getByTestId('tutorial-score-b');
  await expect(scoreB).toHaveAttribute('data-without', /\d/);
  expect(await number(scoreB, 'data-without')).toBeLessThan(
    (await number(page.getByTestId('score-b'), 'data-probability')) - 0.05,
  );

  await page.keyboard.press('ArrowRight');
  await expectStep(page, STEPS);
  await expect(page.getByTestId('experiment-score-b')).toHaveAttribute('data-state', 'idle');
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('tutorial-card')).toHaveCount(0);
  await expect(page.getByTestId('tutorial-start')).toBeFocused();
  await expect(page.getByTestId('score')).toHaveCount(0);
  expect(page.url()).toBe(address);
  await page.context().close();
});

test('by touch on a phone, with a photo: all that was there is there again', async ({ browser }) => {
  const page = await (
    await browser.newContext({ viewport: { width: 360, height: 800 }, hasTouch: true, reducedMotion: 'reduce' })
  ).newPage();
  await openReady(page);
  await analyse(page, lesionPng('irregular'));
  const runs = await countRuns(page);
  await page.getByTestId('crop-find').tap();
  await expect(page.getByTestId('crop-finding')).toHaveAttribute('data-state', 'found');
  await expect(statusOf(page)).toHaveAttribute('data-runs', String(runs + 1));
  await waitForState(page, 'done');
  await page.getByTestId('part-maps').tap();
  await showLayer(page, 'block1_conv2');
  await page.getByTestId('part-result').tap();
  await waitForViews(page);
  const readScreen = async () => ({
    score: await readScore(page),
    square: await page.getByTestId('analysed-square').getAttribute('style'),
    finding: await page.getByTestId('crop-finding').textContent(),
    run: await page.getByTestId('atlas').getAttribute('data-run'),
    layer: await page.getByTestId('layer-select').inputValue(),
    url: page.url(),
  });
  await expect(page).toHaveURL(/layer=block1_conv2/);
  const before = await readScreen();

  await page.getByTestId('tutorial-start').tap();
  for (let step = 1; step <= STEPS; step++) {
    await expect(page.getByTestId('tutorial-card')).toHaveAttribute('data-step', String(step));
    if (step === 3) {
      // Without motion the map is whole from the start, and goes on by hand.
      await expect(page.getByTestId('kernel-place')).toHaveAttribute('data-place', '99');
      await expect(page.getByTestId('kernel-play')).toHaveCount(0);
      await page.getByTestId('tutorial-card').getByTestId('term-filter').tap();
      await expect(page.getByTestId('tutorial-card').getByRole('link')).toHaveAttribute('href', /arxiv/);
    }
    await expectAccessible(page, step);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    if (step < STEPS) await page.getByTestId('tutorial-next').tap();
  }
  await expectMapsFree(page);
  expect(page.url()).toBe(before.url);
  await page.getByTestId('tutorial-exit').tap();
  await expect(page.getByTestId('tutorial-card')).toHaveCount(0);
  await expect(page.getByTestId('atlas')).toHaveAttribute('data-layer', 'block1_conv2');
  expect(await readScreen()).toEqual(before);

  // The maps that were set aside are computed anew when something new is asked of them.
  await page.getByTestId('part-tools').tap();
  await page.getByTestId('mute-toggle').tap();
  await expect(page.getByTestId('experiment-score')).toHaveAttribute('data-state', 'done');
  const base = await number(page.getByTestId('experiment-score'), 'data-base-logit');
  expect(base).toBe(before.score.logit);
  await page.context().close();
});

test('a photo that is put in meanwhile ends it', async ({ page }) => {
  await openReady(page);
  await page.getByTestId('tutorial-start').click();
  await expect(statusOf(page)).toHaveAttribute('data-runs', '2');
  await analyse(page, lesionPng('irregular'));
  await expect(page.getByTestId('tutorial-card')).toHaveCount(0);
  await expect(page.getByTestId('score-b')).toHaveCount(0);
});
