/** Browsers that resist fingerprinting alter what a page reads of a canvas: their kinds of alteration, put into the worker. */
import { expect, test, type Browser, type Page } from '@playwright/test';
import { analyse, openReady, putPhoto, waitForState, type Score } from './support/app';
import { lesionPng } from './support/photos';

type Alteration = 'blank' | 'noise' | 'lowest-bit';

/** Runs in the worker before its own code. */
function alterReading(kind: Alteration, frames: boolean): string {
  const change = {
    blank: 'px.fill(255)',
    noise: 'px.forEach((_, i) => { px[i] = (i * 7919 + 13) & 255; })',
    'lowest-bit': 'for (let i = 0; i < px.length; i += 11) px[i] ^= 1',
  };
  const alter = `function (px) { ${change[kind]}; }`;
  return `{
    const alter = ${alter};
    const read = OffscreenCanvasRenderingContext2D.prototype.getImageData;
    OffscreenCanvasRenderingContext2D.prototype.getImageData = function (...rect) {
      const image = read.apply(this, rect);
      alter(image.data);
      return image;
    };
    if (${String(frames)}) {
      const copy = VideoFrame.prototype.copyTo;
      VideoFrame.prototype.copyTo = async function (to, options) {
        const layout = await copy.call(this, to, options);
        alter(to);
        return layout;
      };
    }
  }`;
}

async function openAltered(browser: Browser, kind: Alteration, frames: boolean): Promise<Page> {
  const page = await browser.newPage({ serviceWorkers: 'block' });
  let altered = 0;
  await page.route(/\/assets\/worker-[\w-]+\.js$/, async (route) => {
    altered += 1;
    const response = await route.fetch();
    await route.fulfill({ response, body: `${alterReading(kind, frames)}\n${await response.text()}` });
  });
  await openReady(page, '?backend=wasm');
  expect(altered).toBeGreaterThan(0);
  return page;
}

async function scoreUnaltered(browser: Browser): Promise<Score> {
  const plain = await browser.newPage({ serviceWorkers: 'block' });
  await openReady(plain, '?backend=wasm');
  const score = await analyse(plain, lesionPng('irregular'));
  await plain.close();
  return score;
}

test('where only the canvas is altered, another way is taken and the score is the same', async ({ browser }) => {
  const wanted = await scoreUnaltered(browser);
  const page = await openAltered(browser, 'blank', false);
  expect(await analyse(page, lesionPng('irregular'))).toEqual(wanted);
  await expect(page.getByTestId('photo-notes')).toHaveAttribute('data-notes', '');
  await page.close();
});

for (const kind of ['blank', 'noise'] as const) {
  test(`${kind} pixels get no score but pixels-altered, alone and in a batch`, async ({ browser }) => {
    const page = await openAltered(browser, kind, true);
    await putPhoto(page, lesionPng('irregular'));
    await waitForState(page, 'error');
    await expect(page.getByTestId('error')).toHaveAttribute('data-code', 'pixels-altered');
    await expect(page.getByTestId('error')).toContainText('fingerprinting');
    await expect(page.getByTestId('score')).toHaveCount(0);
    await page.goto(`${page.url().split('#')[0]!}#/batch`);
    await page.getByTestId('batch-input').setInputFiles([lesionPng('irregular'), lesionPng('regular')]);
    await expect(page.getByText('2 of 2 done, 2 could not be read.')).toBeVisible();
    await page.close();
  });
}

test('pixels that are off by one level get their score and a note', async ({ browser }) => {
  const page = await openAltered(browser, 'lowest-bit', true);
  const { probability, verdict } = await analyse(page, lesionPng('irregular'));
  const wanted = await scoreUnaltered(browser);
  expect(verdict).toBe(wanted.verdict);
  // What the note says.
  expect(Math.abs(probability - wanted.probability)).toBeLessThan(0.04);
  await expect(page.getByTestId('photo-notes')).toHaveAttribute('data-notes', 'pixel-noise');
  await page.close();
});
