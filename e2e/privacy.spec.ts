import { expect, test } from '@playwright/test';
import { analyse, openReady, showLayer } from './support/app';
import { lesionPng } from './support/photos';

test("nothing leaves: only GET of the app's own files, and nothing at all while a photo is analysed", async ({
  page,
  baseURL,
}) => {
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
