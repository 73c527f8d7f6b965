/** By plain http, as a phone reaches a computer beside it, browsers leave out crypto.subtle, caches, storage and more. */
import { expect, test } from '@playwright/test';
import { analyse, openReady } from './support/app';
import { lesionPng } from './support/photos';

/** No such host: what it is asked for comes from the server of these tests. */
const PLAIN = 'http://lesion-lens.test/';

test.use({ baseURL: PLAIN });

test('loading, analysing, the report and the diary work over plain http', async ({ page, context }) => {
  const served = test.info().config.webServer?.url ?? '';
  const failures: string[] = [];
  page.on('pageerror', (error) => failures.push(String(error)));
  await context.route(`${PLAIN}**`, async (route) => {
    const response = await route.fetch({ url: route.request().url().replace(PLAIN, served) });
    await route.fulfill({ response });
  });
  await openReady(page, '?backend=wasm');
  expect(await page.evaluate(() => [isSecureContext, 'subtle' in crypto])).toEqual([false, false]);
  const score = await analyse(page, lesionPng('irregular'));

  await page.getByTestId('report-open').first().click();
  const report = page.getByTestId('report');
  await expect(report).toContainText(/fingerprint of its files [0-9a-f]{16}/, { timeout: 10_000 });
  await page.getByRole('link', { name: 'Back' }).click();

  await page.getByTestId('diary-save').click();
  await page.getByTestId('diary-mole-name').fill('Left forearm');
  await page.getByTestId('diary-site').selectOption('forearm');
  await page.getByTestId('diary-confirm').click();
  await expect(page.getByTestId('diary-saved')).toBeVisible();
  await page.getByTestId('diary-close').click();
  await page.getByRole('link', { name: 'Diary', exact: true }).click();
  await expect(page.getByTestId('diary-entry')).toHaveAttribute('data-logit', String(score.logit));
  expect(failures).toEqual([]);
});
