import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Browser, type Locator, type Page } from '@playwright/test';
import { analyse, countRuns, openReady, readScore, statusOf, waitForState } from './support/app';
import { openCamera, pressCamera, shoot, viewOf } from './support/camera';
import {
  hideDepthCamera,
  launchWithCamera,
  paintFrames,
  refuseCamera,
  trackStates,
  unplugCamera,
  watchStreams,
  type Frame,
} from './support/fake-camera';
import { lesionPng, type PhotoFile } from './support/photos';
import { realPhotos } from './support/real-photos';
import { openMenuOf } from './support/viewer';

test.describe.configure({ mode: 'serial' });

/** What the camera sees: a real photo where there is one, else a drawn lesion. */
const seen: PhotoFile = realPhotos()[0] ?? lesionPng('irregular');
let frames: readonly Frame[];
let camera: Browser;
let page: Page;

test.beforeAll(async ({ browser, baseURL }) => {
  const painter = await browser.newPage();
  frames = await paintFrames(painter, [{}], seen);
  await painter.close();
  camera = await launchWithCamera('lesion', { frames });
  page = await (await camera.newContext({ baseURL: baseURL ?? '', viewport: { width: 1280, height: 900 } })).newPage();
  await watchStreams(page);
  await openReady(page);
});

test.afterAll(() => camera.close());

const view = (on = page): Locator => viewOf(on);

async function expectAllStopped(): Promise<void> {
  await expect.poll(async () => (await trackStates(page)).filter((state) => state !== 'ended')).toEqual([]);
}

const photoName = (): Locator => page.getByTestId('photo-name');

test('asks for the camera only when its button is pressed; the still scores as the same frame does as a file', async () => {
  expect(await page.evaluate(() => window.lensAsked)).toBe(0);
  await expect(page.getByTestId('photo-input')).not.toHaveAttribute('capture');
  await openCamera(page);
  await expect(page.getByTestId('camera-system-input')).toHaveAttribute('capture', 'environment');
  expect(await page.evaluate(() => window.lensAsked)).toBe(1);
  const fromCamera = await shoot(page);
  await expect(photoName()).toHaveText(/^camera-\d{4}-\d\d-\d\d-\d{6}\.(jpg|png) \d+×\d+$/);
  await expectAllStopped();
  const fromFile = await analyse(page, seen);
  test.info().annotations.push({ type: 'score', description: `camera ${fromCamera.probability}, file ${fromFile.probability}` });
  expect(Math.abs(fromCamera.probability - fromFile.probability)).toBeLessThan(0.02);
});

test('every real photo scores through the camera as it does as a file', async ({ browser, baseURL }) => {
  const others = realPhotos().slice(1);
  test.skip(others.length === 0, 'LESION_DATA is not set: no real photos here');
  for (const photo of others) {
    const painter = await browser.newPage();
    const own = await launchWithCamera('other', { frames: await paintFrames(painter, [{}], photo) });
    await painter.close();
    try {
      const other = await own.newPage({ baseURL: baseURL ?? '' });
      await openReady(other);
      await openCamera(other);
      const fromCamera = await shoot(other);
      const fromFile = await analyse(other, photo);
      test
        .info()
        .annotations.push({ type: 'score', description: `camera ${fromCamera.probability}, file ${fromFile.probability}` });
      expect(Math.abs(fromCamera.probability - fromFile.probability), photo.name).toBeLessThan(0.02);
    } finally {
      await own.close();
    }
  }
});

test('where the camera refuses a photo the still is its frame, and scores the same', async () => {
  const fromFile = await analyse(page, seen);
  await page.evaluate(() => {
    ImageCapture.prototype.takePhoto = () => Promise.reject(new DOMException('', 'UnknownError'));
  });
  await openCamera(page);
  const { probability } = await shoot(page);
  await expect(photoName()).toHaveText(/^camera-.*\.bmp \d+×\d+$/);
  expect(Math.abs(probability - fromFile.probability)).toBeLessThan(0.02);
});

test('without ImageCapture the still is what the video shows', async () => {
  await page.evaluate(() => {
    delete (globalThis as { ImageCapture?: unknown }).ImageCapture;
  });
  await openCamera(page);
  const shown = await page.getByTestId('camera-video').evaluate((video: HTMLVideoElement) => {
    const canvas = document.createElement('canvas');
    canvas.width = video.videoWidth;
    canvas.height = video.videoHeight;
    canvas.getContext('2d')?.drawImage(video, 0, 0);
    return canvas.toDataURL('image/png').split(',')[1] ?? '';
  });
  const { probability } = await shoot(page);
  await expect(photoName()).toHaveText(/^camera-.*\.bmp \d+×\d+$/);
  const fromFile = await analyse(page, { name: 'shown.png', mimeType: 'image/png', buffer: Buffer.from(shown, 'base64') });
  expect(Math.abs(probability - fromFile.probability)).toBeLessThan(0.02);
  await page.reload();
  await waitForState(page, 'ready');
});

test('what the square shows is what is analysed: the largest square in the middle', async () => {
  await openCamera(page);
  const box = await page.getByTestId('camera-video').boundingBox();
  expect(Math.abs((box?.width ?? 0) - (box?.height ?? 1))).toBeLessThan(1);
  expect(await page.getByTestId('camera-video').evaluate((video) => getComputedStyle(video).objectFit)).toBe('cover');
  const frame = await page
    .getByTestId('camera-video')
    .evaluate((video: HTMLVideoElement) => [video.videoWidth, video.videoHeight]);
  await shoot(page);
  await page.getByTestId('crop-edit').click();
  const editor = page.getByTestId('crop-editor');
  const short = Math.min(...frame);
  await expect(editor).toHaveAttribute('data-size', String(short));
  await expect(editor).toHaveAttribute('data-x', String(((frame[0] ?? 0) - short) / 2));
  await page.getByTestId('crop-edit').click();
});

test('leaving stops the camera: by its button, Escape, another page, and when the page goes away', async () => {
  const before = await readScore(page);
  const leaves: readonly (() => Promise<unknown>)[] = [
    () => page.getByTestId('camera-close').click(),
    () => page.keyboard.press('Escape'),
    () =>
      page.evaluate(() => {
        location.hash = '#/about';
      }),
  ];
  for (const leave of leaves) {
    await openCamera(page);
    expect((await trackStates(page)).filter((state) => state === 'live')).toHaveLength(1);
    await leave();
    await expect(view()).toHaveCount(0);
    await expectAllStopped();
  }
  await page.evaluate(() => {
    location.hash = '#/';
  });
  await openCamera(page);
  await page.evaluate(() => dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true })));
  await expect(page.getByTestId('camera-error')).toHaveAttribute('data-code', 'camera-paused');
  await expectAllStopped();
  await page.getByTestId('camera-retry').click();
  await expect(view()).toHaveAttribute('data-state', 'live');
  // Back out of the back/forward cache it runs again.
  await page.evaluate(() => dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true })));
  await expectAllStopped();
  await page.evaluate(() => dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })));
  await expect(view()).toHaveAttribute('data-state', 'live');
  await page.getByTestId('camera-close').click();
  expect(await readScore(page)).toEqual(before);
});

test('a page out of sight for long has its camera off, one that comes back soon does not', async () => {
  await page.clock.install();
  await openCamera(page);
  const setHidden = (isHidden: boolean): Promise<void> =>
    page.evaluate((value) => {
      Object.defineProperty(document, 'hidden', { configurable: true, value });
      document.dispatchEvent(new Event('visibilitychange'));
    }, isHidden);
  await setHidden(true);
  await page.clock.fastForward(10_000);
  await setHidden(false);
  await page.clock.fastForward(60_000);
  await expect(view()).toHaveAttribute('data-state', 'live');
  await setHidden(true);
  await page.clock.fastForward(21_000);
  await expect(page.getByTestId('camera-error')).toHaveAttribute('data-code', 'camera-paused');
  await expectAllStopped();
  await setHidden(false);
  await page.clock.resume();
  await page.getByTestId('camera-close').click();
});

test('closing while the browser still asks gives the camera back as soon as it comes', async () => {
  await page.evaluate(() => {
    const give = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
    navigator.mediaDevices.getUserMedia = async (constraints) => {
      await new Promise<void>((resolve) => {
        Object.assign(globalThis, { answer: resolve });
      });
      return give(constraints);
    };
  });
  const streams = (await trackStates(page)).length;
  await pressCamera(page);
  await expect(view()).toHaveAttribute('data-state', 'opening');
  await page.waitForFunction(() => 'answer' in globalThis);
  await page.getByTestId('camera-close').click();
  await expect(view()).toHaveCount(0);
  await page.evaluate(() => (globalThis as unknown as { answer: () => void }).answer());
  await expect.poll(async () => (await trackStates(page)).length).toBe(streams + 1);
  await expectAllStopped();
  await page.reload();
  await waitForState(page, 'ready');
});

for (const [name, message, code] of [
  ['NotAllowedError', 'Permission denied', 'camera-denied'],
  ['NotFoundError', 'Requested device not found', 'camera-none'],
  ['NotReadableError', 'Could not start video source', 'camera-busy'],
] as const) {
  test(`${name}: its own sentence, a way on, and the earlier result stays`, async () => {
    const before = await analyse(page, seen);
    await refuseCamera(page, { name, message });
    await pressCamera(page);
    const error = page.getByTestId('camera-error');
    await expect(error).toHaveAttribute('data-code', code);
    await expect(page.getByTestId('camera-retry')).toBeFocused();
    expect(await readScore(page)).toEqual(before);
    await refuseCamera(page, null);
    await page.getByTestId('camera-retry').click();
    await expect(view()).toHaveAttribute('data-state', 'live');
    await expect(page.getByTestId('camera-shutter')).toBeFocused();
    await page.getByTestId('camera-close').click();
    await expectAllStopped();
  });
}

test('an insecure page says so, and a photo can be chosen there and then', async () => {
  await page.evaluate(() => {
    Object.defineProperty(navigator, 'mediaDevices', { configurable: true, value: undefined });
    Object.defineProperty(window, 'isSecureContext', { configurable: true, value: false });
  });
  await pressCamera(page);
  await expect(page.getByTestId('camera-error')).toHaveAttribute('data-code', 'camera-insecure');
  const runs = await countRuns(page);
  await page.getByTestId('camera-file-input').setInputFiles(lesionPng('regular'));
  await expect(view()).toHaveCount(0);
  await expect(statusOf(page)).toHaveAttribute('data-runs', String(runs + 1));
  await waitForState(page, 'done');
  await page.reload();
  await waitForState(page, 'ready');
});

test('unplugged midway: the camera is off, the result stays, and it goes on when it is back', async () => {
  const before = await analyse(page, seen);
  await openCamera(page);
  await unplugCamera(page);
  await expect(page.getByTestId('camera-error')).toHaveAttribute('data-code', 'camera-ended');
  await expectAllStopped();
  expect(await readScore(page)).toEqual(before);
  await page.getByTestId('camera-retry').click();
  await expect(view()).toHaveAttribute('data-state', 'live');
  await page.getByTestId('camera-close').click();
});

test('switches to the other camera, one at a time', async ({ baseURL }) => {
  await openCamera(page);
  await expect(page.getByTestId('camera-switch')).toHaveCount(0);
  await page.getByTestId('camera-close').click();
  const pair = await launchWithCamera('two', { frames: [] });
  try {
    const two = await pair.newPage({ baseURL: baseURL ?? '' });
    await watchStreams(two);
    await hideDepthCamera(two);
    await two.goto('./');
    await openCamera(two);
    const idOf = (): Promise<string | undefined> =>
      two.evaluate(() => window.lensStreams.at(-1)?.getVideoTracks()[0]?.getSettings().deviceId);
    const ids = [await idOf()];
    while (ids.length < 3) {
      await two.getByTestId('camera-switch').click();
      await expect.poll(idOf).not.toBe(ids.at(-1));
      await expect(view(two)).toHaveAttribute('data-state', 'live');
      expect((await trackStates(two)).filter((state) => state === 'live')).toHaveLength(1);
      ids.push(await idOf());
    }
    expect(ids[2]).toBe(ids[0]);
  } finally {
    await pair.close();
  }
});

test('torch and focus are offered where the track has them, and only there', async () => {
  await openCamera(page);
  await expect(page.getByTestId('camera-torch')).toHaveCount(0);
  await expect(page.getByTestId('camera-focus')).toHaveCount(0);
  await page.getByTestId('camera-close').click();
  await page.evaluate(() => {
    const applied: unknown[] = [];
    Object.assign(window, { applied });
    MediaStreamTrack.prototype.getCapabilities = () =>
      ({ torch: true, focusMode: ['continuous', 'single-shot'] }) as MediaTrackCapabilities;
    MediaStreamTrack.prototype.applyConstraints = (constraints) => {
      applied.push(constraints?.advanced?.[0]);
      return Promise.resolve();
    };
  });
  const applied = (): Promise<unknown> => page.evaluate(() => (window as unknown as { applied: unknown[] }).applied);
  await openCamera(page);
  const torch = page.getByTestId('camera-torch');
  await expect(torch).toHaveAttribute('aria-pressed', 'false');
  await torch.click();
  await expect(torch).toHaveAttribute('aria-pressed', 'true');
  await page.getByTestId('camera-focus').focus();
  await page.keyboard.press('Enter');
  expect(await applied()).toEqual([{ torch: true }, { focusMode: 'single-shot', pointsOfInterest: [{ x: 0.5, y: 0.5 }] }]);
  await page.getByTestId('camera-close').click();
  await page.reload();
  await waitForState(page, 'ready');
});

test('by keyboard alone: open, leave, open again, press the shutter', async () => {
  await page.getByTestId('photo-input').focus();
  await page.keyboard.press('Tab');
  await expect(page.getByTestId('camera-open')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('camera-shutter')).toBeFocused();
  await expect(view()).toHaveAttribute('data-state', 'live');
  await page.keyboard.press('Escape');
  await expect(view()).toHaveCount(0);
  await expect(page.getByTestId('camera-open')).toBeFocused();
  await page.keyboard.press('Space');
  await expect(view()).toHaveAttribute('data-state', 'live');
  const runs = await countRuns(page);
  await page.keyboard.press('Space');
  await expect(statusOf(page)).toHaveAttribute('data-runs', String(runs + 1));
  await waitForState(page, 'done');
  // The button has gone into a menu, which keys go on from.
  await expect(page.getByTestId('photo-menu').locator('summary')).toBeFocused();
});

test('photo B comes by camera too', async () => {
  const before = await readScore(page);
  await (await openMenuOf(page, 'second-menu', 'camera-open-b')).click();
  await expect(view()).toHaveAttribute('data-state', 'live');
  await page.getByTestId('camera-shutter').click();
  await expect(page.getByTestId('score-b')).toBeVisible();
  await waitForState(page, 'done');
  expect(await readScore(page)).toEqual(before);
  await expectAllStopped();
  await (await openMenuOf(page, 'second-menu', 'remove-b')).click();
});

test('on a phone the system camera has a button in the view, which takes its photo like any other', async () => {
  const phone = await (
    await camera.newContext({
      baseURL: test.info().project.use.baseURL ?? '',
      viewport: { width: 360, height: 800 },
      hasTouch: true,
      isMobile: true,
    })
  ).newPage();
  await openReady(phone);
  await openCamera(phone);
  const [chooser] = await Promise.all([
    phone.waitForEvent('filechooser'),
    phone.getByRole('button', { name: 'System camera' }).tap(),
  ]);
  expect(await chooser.element().getAttribute('capture')).toBe('environment');
  await chooser.setFiles(seen);
  await expect(statusOf(phone)).toHaveAttribute('data-runs', '1');
  await expect(viewOf(phone)).toHaveCount(0);
  await phone.context().close();
  await openCamera(page);
  await expect(page.getByRole('button', { name: 'System camera' })).toHaveCount(0);
  await page.getByTestId('camera-close').click();
});

test('the view is accessible, in light and dark, and fits every screen with room for fingers', async () => {
  await openCamera(page);
  const check = async (what: string): Promise<void> => {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      const { violations } = await new AxeBuilder({ page }).include('dialog').analyze();
      const serious = violations
        .filter(({ impact }) => impact === 'serious' || impact === 'critical')
        .flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
      expect(serious, `${what}, ${colorScheme}`).toEqual([]);
    }
    const faults = await view().evaluate((dialog) => {
      const { width, height } = document.documentElement.getBoundingClientRect();
      const isOutside =
        dialog.scrollWidth > dialog.clientWidth || dialog.getBoundingClientRect().width > Math.max(width, innerWidth);
      const small = Array.from(dialog.querySelectorAll('button, label'))
        .map((control) => ({
          name: control.getAttribute('aria-label') ?? control.textContent,
          box: control.getBoundingClientRect(),
        }))
        .filter(({ box }) => box.width > 0 && (box.width < 44 || box.height < 44))
        .map(({ name }) => name);
      return [...(isOutside ? [`wider than ${innerWidth}x${height}`] : []), ...small];
    });
    expect(faults, what).toEqual([]);
  };
  for (const size of [
    { width: 360, height: 800 },
    { width: 820, height: 1180 },
    { width: 1440, height: 900 },
    { width: 800, height: 360 },
  ]) {
    await page.setViewportSize(size);
    const name = `${size.width}x${size.height}`;
    await expect(page.getByTestId('camera-shutter')).toBeInViewport({ ratio: 1 });
    await expect(page.getByTestId('camera-video')).toBeInViewport({ ratio: 0.99 });
    await check(name);
    await unplugCamera(page);
    await expect(page.getByTestId('camera-retry')).toBeVisible();
    await check(`${name}, failed`);
    await page.getByTestId('camera-retry').click();
    await expect(view()).toHaveAttribute('data-state', 'live');
  }
  await page.getByTestId('camera-close').click();
});

test('a browser that denies: its sentence, and no question before the button', async ({ baseURL }) => {
  const strict = await launchWithCamera('denied', { frames, permission: 'denied' });
  try {
    const denied = await strict.newPage({ baseURL: baseURL ?? '' });
    await denied.goto('./');
    await denied.getByTestId('camera-open').click();
    const error = denied.getByTestId('camera-error');
    await expect(error).toHaveAttribute('data-code', 'camera-denied');
    await expect(error).toContainText('not allowed to use the camera');
  } finally {
    await strict.close();
  }
});
