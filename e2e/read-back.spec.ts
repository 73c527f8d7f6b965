/** Browsers that resist fingerprinting alter what a page reads of a canvas: their kinds of alteration, put into the worker. */
import { expect, test, type Browser, type Page } from '@playwright/test';
import { openCamera, shoot, viewOf } from './support/camera';
import { analyse, openReady, putPhoto, waitForState, type Score } from './support/app';
import { launchWithCamera, paintFrames } from './support/fake-camera';
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

/** Runs in the page: what it writes of a canvas is white. */
function whitenCanvases(): void {
  const white = (canvas: HTMLCanvasElement): HTMLCanvasElement => {
    const other = document.createElement('canvas');
    [other.width, other.height] = [canvas.width, canvas.height];
    const context = other.getContext('2d')!;
    context.fillStyle = '#fff';
    context.fillRect(0, 0, other.width, other.height);
    return other;
  };
  const canvases = HTMLCanvasElement.prototype;
  const toBlob = Reflect.get(canvases, 'toBlob') as (this: HTMLCanvasElement, ...args: unknown[]) => void;
  canvases.toBlob = function (...args) {
    toBlob.apply(white(this), args);
  };
}

/** So that the still is made of a frame. */
function refusePhotos(): void {
  ImageCapture.prototype.takePhoto = () => Promise.reject(new DOMException('', 'UnknownError'));
}

async function openAltered(browser: Browser, kind: Alteration, frames: boolean, baseURL?: string): Promise<Page> {
  const page = await browser.newPage({ serviceWorkers: 'block', ...(baseURL !== undefined && { baseURL }) });
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

test.describe("a camera's still", () => {
  let camera: Browser;

  test.beforeAll(async ({ browser }) => {
    const painter = await browser.newPage();
    const frames = await paintFrames(painter, [{}], lesionPng('irregular'));
    await painter.close();
    camera = await launchWithCamera('read-back', { frames });
  });

  test.afterAll(() => camera.close());

  /** With ImageCapture, then without. */
  async function shootBoth(page: Page): Promise<Score[]> {
    const scores: Score[] = [];
    for (const isGone of [false, true]) {
      if (isGone) await page.evaluate(() => Reflect.deleteProperty(globalThis, 'ImageCapture'));
      await openCamera(page);
      scores.push(await shoot(page));
      await expect(page.getByTestId('photo-name')).toHaveText(/^camera-.*\.bmp 256×256$/);
    }
    return scores;
  }

  test('is not altered where canvases are: the same score', async ({ baseURL }) => {
    const plain = await camera.newPage({ serviceWorkers: 'block', baseURL: baseURL ?? '' });
    await openReady(plain, '?backend=wasm');
    await plain.evaluate(refusePhotos);
    const wanted = await shootBoth(plain);
    const page = await openAltered(camera, 'blank', false, baseURL);
    await page.evaluate(refusePhotos);
    await page.evaluate(whitenCanvases);
    expect(await shootBoth(page)).toEqual(wanted);
    await expect(page.getByTestId('photo-notes')).toHaveAttribute('data-notes', '');
    await Promise.all([plain.close(), page.close()]);
  });

  test('is refused with pixels-altered where every way is', async ({ baseURL }) => {
    const page = await openAltered(camera, 'noise', true, baseURL);
    await page.evaluate(refusePhotos);
    await page.evaluate(whitenCanvases);
    await openCamera(page);
    await page.getByTestId('camera-shutter').click();
    await expect(viewOf(page)).toHaveAttribute('data-state', 'failed');
    await expect(page.getByTestId('camera-error')).toHaveAttribute('data-code', 'pixels-altered');
    await expect(page.getByTestId('score')).toHaveCount(0);
    await page.close();
  });
});
