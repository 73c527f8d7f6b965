/** What computes: chosen by the person, or measured. Software WebGL stands for the graphics processor that test machines lack. */
import { expect, test, type Page } from '@playwright/test';
import { analyse, openReady, readScore, showLayer, statusOf, waitForState, waitForViews } from './support/app';
import { lesionPng } from './support/photos';

const TIMES_KEY = 'lesion-lens-engine-times';

async function openAbout(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'About' }).click();
}

async function diagnostics(page: Page): Promise<string> {
  await openAbout(page);
  await page.getByTestId('diagnostics-copy').click();
  return page.getByTestId('diagnostics').innerText();
}

test.describe('measured', () => {
  // Software WebGL takes seconds a pass.
  test.setTimeout(600_000);
  test.use({ serviceWorkers: 'allow' });

  test('after the first score; what is remembered computes from the next load on', async ({ page }) => {
    await openReady(page, '?webgl=software');
    await expect(page.getByTestId('offline-state')).toHaveAttribute('data-state', 'ready');
    const score = await analyse(page, lesionPng('irregular'));
    await expect.poll(() => page.evaluate((key) => localStorage.getItem(key), TIMES_KEY), { timeout: 300_000 }).not.toBeNull();
    await openAbout(page);
    const way = page.getByTestId('engine-way');
    await expect(way).toHaveAttribute('data-way', 'kernels');
    await expect(way).toHaveAttribute('data-chosen-by', 'not-measured');
    await expect(page.getByTestId('engine-times')).toContainText('“Automatic” takes the app’s own code');
    expect(await diagnostics(page)).toMatch(
      /one pass on WebGL [\d.]+ ms, on the kernels [\d.]+ ms; faster: kernels, .* with .*SwiftShader/,
    );

    await page.reload();
    await waitForState(page, 'ready');
    await openAbout(page);
    await expect(way).toHaveAttribute('data-way', 'kernels');
    await expect(way).toHaveAttribute('data-chosen-by', 'measured');

    // As it would be with a graphics processor.
    await page.evaluate((key) => {
      localStorage.setItem(key, JSON.stringify({ ...JSON.parse(localStorage.getItem(key) ?? '{}'), webglMs: 0.5 }));
    }, TIMES_KEY);
    await page.reload();
    await waitForState(page, 'ready');
    await expect(statusOf(page)).toHaveAttribute('data-backend', 'webgl');
    await expect(way).toHaveAttribute('data-chosen-by', 'measured');
    await page.getByRole('link', { name: 'Analyse' }).click();
    const again = await analyse(page, lesionPng('irregular'));
    expect(Math.abs(again.probability - score.probability)).toBeLessThan(1e-3);

    // Without the word in the address software WebGL does not count, and that is said.
    await page.goto('./');
    await waitForState(page, 'ready');
    await expect(statusOf(page)).toHaveAttribute('data-backend', 'wasm');
    expect(await diagnostics(page)).toContain('passed over: webgl: software rendering');
  });
});

test('chosen by the person: at once, with the photo left where it is, and on the next visit', async ({ page }) => {
  await openReady(page);
  const score = await analyse(page, lesionPng('regular'));
  await waitForViews(page);
  await openAbout(page);
  const [select, way] = [page.getByTestId('engine-select'), page.getByTestId('engine-way')];
  await expect(select).toHaveValue('auto');
  await select.selectOption('tfjs-wasm');
  await expect(way).toHaveAttribute('data-way', 'tfjs-wasm');
  await expect(way).toHaveAttribute('data-chosen-by', 'preference');
  await page.getByRole('link', { name: 'Analyse' }).click();
  expect(await readScore(page)).toEqual(score);
  await showLayer(page, 'block4_conv2');
  const again = await analyse(page, lesionPng('regular'));
  expect(Math.abs(again.probability - score.probability)).toBeLessThan(1e-3);

  await page.reload();
  await waitForState(page, 'ready');
  await openAbout(page);
  await expect(way).toHaveAttribute('data-way', 'tfjs-wasm');

  // There is no graphics processor here: the next way computes, and the reason is given.
  await select.selectOption('webgl');
  await expect(way).toHaveAttribute('data-way', 'kernels');
  await expect(page.getByTestId('engine-fallback')).toContainText(
    /“Graphics processor \(WebGL\)” cannot be used here: .*(software|no WebGL)/,
  );

  await page.goto('./?backend=wasm#/about');
  await waitForState(page, 'ready');
  await expect(way).toHaveAttribute('data-way', 'kernels');
  await expect(way).toHaveAttribute('data-chosen-by', 'address');
  await expect(select).toHaveValue('webgl');
});
