import { writeFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { analyse, openReady, showLayer } from './support/app';
import { lesionJpeg, lesionPng } from './support/photos';

test('nothing leaves: only GET of the app\'s own files, and nothing at all while a photo is analysed', async ({ page, baseURL }) => {
  const requests: { readonly method: string; readonly url: URL }[] = [];
  page.on('request', (request) => requests.push({ method: request.method(), url: new URL(request.url()) }));
  await openReady(page);
  const origin = new URL(baseURL ?? '').origin;
  expect(requests.length).toBeGreaterThan(5);
  for (const { method, url } of requests) {
    expect(method, url.href).toBe('GET');
    expect(url.origin, url.href).toBe(origin);
    expect(url.search, 'no request carries data in its address').toBe('');
  }
  requests.length = 0;
  await analyse(page, lesionPng('irregular'));
  await showLayer(page, 'block5_conv3');
  // The preview reads the photo's own object URL, which never leaves the browser.
  expect(requests.filter(({ url }) => url.protocol !== 'blob:' && url.protocol !== 'data:')).toEqual([]);
});

test('no main-thread task reaches 50 ms while a 12-megapixel photo is analysed', async ({ page }, info) => {
  await page.addInitScript(() => {
    const tasks: number[][] = [];
    Object.assign(globalThis, { longTasks: tasks });
    new PerformanceObserver((list) => {
      for (const { startTime, duration } of list.getEntries()) tasks.push([startTime, duration]);
    }).observe({ type: 'longtask', buffered: true });
  });
  await openReady(page, '?backend=wasm');
  const { buffer } = await lesionJpeg(page, 4000, 3000);
  // From a file: a buffer would be unpacked by script in the page, on the thread that is measured.
  const path = info.outputPath('twelve-megapixels.jpg');
  writeFileSync(path, buffer);
  await analyse(page, lesionPng('regular'));
  const startMs = await page.evaluate(() => performance.now());
  await analyse(page, path);
  await page.waitForTimeout(500);
  const longTasks = await page.evaluate(
    (from) => (globalThis as unknown as { longTasks: number[][] }).longTasks.filter(([start = 0]) => start >= from),
    startMs,
  );
  expect(longTasks, 'start and duration of each task of 50 ms or more').toEqual([]);
});
