import { expect, test, type Browser } from '@playwright/test';
import { analyse, openReady, statusOf, type Score } from './support/app';
import { lesionPng } from './support/photos';

/** Software WebGL takes seconds a pass, and each check makes several. */
test.setTimeout(300_000);

async function scoreOn(browser: Browser, backend: 'wasm' | 'webgl'): Promise<readonly Score[]> {
  const page = await browser.newPage();
  await openReady(page, `?backend=${backend}`);
  await expect(statusOf(page)).toHaveAttribute('data-backend', backend);
  const scores = [await analyse(page, lesionPng('irregular')), await analyse(page, lesionPng('regular'))];
  await page.getByRole('link', { name: 'About' }).click();
  await page.getByTestId('self-test-run').click();
  const table = page.getByTestId('self-test');
  await expect(table).toHaveAttribute('data-passed', 'true', { timeout: 200_000 });
  await expect(table.locator('tbody tr')).toHaveCount(4);
  await page.close();
  return scores;
}

test('WebAssembly and WebGL pass the self-test and agree on the score', async ({ browser }) => {
  const onWasm = await scoreOn(browser, 'wasm');
  const onWebgl = await scoreOn(browser, 'webgl');
  onWasm.forEach(({ probability }, i) => {
    expect(Math.abs(probability - (onWebgl[i]?.probability ?? Number.NaN))).toBeLessThan(1e-3);
  });
});
