import { expect, test } from '@playwright/test';
import { analyse, putPhoto, readScore, statusOf, waitForState } from './support/app';
import { lesionPng } from './support/photos';

const A_SHARD = /shard2of\d+\.bin/;

test('a corrupt weights file gives no score, and a retry loads it anew', async ({ page }) => {
  await page.route(A_SHARD, async (route) => {
    const response = await route.fetch();
    const body = await response.body();
    body[1000] = (body[1000] ?? 0) ^ 0xff;
    await route.fulfill({ response, body });
  });
  await page.goto('./');
  await putPhoto(page, lesionPng('regular'));
  await waitForState(page, 'error');
  await expect(page.getByTestId('error')).toHaveAttribute('data-code', 'model-corrupt');
  await expect(page.getByTestId('score')).toHaveCount(0);
  await page.unroute(A_SHARD);
  await page.getByRole('button', { name: 'Try again' }).click();
  // The photo was kept: it is analysed now, without being asked for again.
  await waitForState(page, 'done');
  await expect(page.getByTestId('error')).toHaveCount(0);
  expect((await readScore(page)).probability).toBeGreaterThan(0);
});

test('a download that fails is told, and a retry works', async ({ page }) => {
  await page.route(A_SHARD, (route) => route.abort('connectionreset'));
  await page.goto('./');
  await waitForState(page, 'error');
  await expect(page.getByTestId('error')).toHaveAttribute('data-code', 'model-download-failed');
  await page.unroute(A_SHARD);
  await page.getByRole('button', { name: 'Try again' }).click();
  await waitForState(page, 'ready');
  await expect(page.getByTestId('error')).toHaveCount(0);
});

test('a photo put in while the model loads is analysed as soon as it is ready', async ({ page }) => {
  let letGo = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  await page.route(A_SHARD, async (route) => {
    await held;
    await route.continue();
  });
  await page.goto('./');
  await waitForState(page, 'loading-model');
  await expect(page.getByRole('progressbar', { name: 'Model download' })).toBeVisible();
  await putPhoto(page, lesionPng('irregular'));
  await expect(page.getByTestId('running-line')).toContainText('as soon as the model is ready');
  letGo();
  await waitForState(page, 'done');
  await expect(statusOf(page)).toHaveAttribute('data-runs', '1');
  const score = await readScore(page);
  expect(await analyse(page, lesionPng('irregular'))).toEqual(score);
});
