import { expect, test, type Page } from '@playwright/test';
import { analyse, openReady, waitForState } from './support/app';
import { lesionPng } from './support/photos';

test.use({ serviceWorkers: 'allow' });
test.describe.configure({ mode: 'serial' });

let page: Page;

test.beforeAll(async ({ browser }) => {
  page = await browser.newPage();
  await openReady(page);
  await expect(page.getByTestId('offline-state')).toHaveAttribute('data-state', 'ready');
});

test.afterAll(() => page.close());

interface Manifest {
  readonly name?: string;
  readonly short_name?: string;
  readonly start_url?: string;
  readonly scope?: string;
  readonly display?: string;
  readonly icons?: readonly { readonly src: string; readonly sizes: string; readonly type: string; readonly purpose?: string }[];
  readonly screenshots?: readonly { readonly src: string; readonly sizes: string; readonly form_factor?: string }[];
  readonly share_target?: { readonly action: string; readonly params: { readonly files: readonly { readonly name: string }[] } };
  readonly file_handlers?: readonly { readonly action: string; readonly accept: Readonly<Record<string, readonly string[]>> }[];
}

/** Width and height from a PNG's first chunk. */
function pngSize(png: Buffer): string {
  expect(png.subarray(1, 4).toString()).toBe('PNG');
  return `${png.readUInt32BE(16)}x${png.readUInt32BE(20)}`;
}

async function readManifest(page: Page): Promise<{ readonly manifest: Manifest; readonly url: string }> {
  const url = await page.locator('link[rel=manifest]').evaluate((link: HTMLLinkElement) => link.href);
  const response = await page.request.get(url);
  expect(response.ok()).toBe(true);
  return { manifest: (await response.json()) as Manifest, url };
}

/** What Chromium asks of an app before it offers to install it (web.dev, "What does it take to be installable?"). */
test('it can be installed: manifest, icons, screenshots and a service worker that answers', async () => {
  const { manifest, url } = await readManifest(page);
  expect(manifest.name).toBe('Lesion Lens');
  expect(manifest.short_name?.length).toBeLessThanOrEqual(12);
  expect(manifest.display).toBe('standalone');
  const scope = new URL(manifest.scope ?? '', url).href;
  expect(new URL(manifest.start_url ?? '', url).href.startsWith(scope)).toBe(true);
  const icons = manifest.icons ?? [];
  for (const { sizes, purpose } of [
    { sizes: '192x192', purpose: 'any' },
    { sizes: '512x512', purpose: 'any' },
    { sizes: '512x512', purpose: 'maskable' },
  ]) {
    expect(
      icons.some((icon) => icon.sizes === sizes && icon.purpose === purpose),
      `${sizes} ${purpose}`,
    ).toBe(true);
  }
  for (const { src, sizes } of [...icons, ...(manifest.screenshots ?? [])]) {
    const image = await page.request.get(new URL(src, url).href);
    expect(pngSize(await image.body()), src).toBe(sizes);
  }
  expect(manifest.screenshots?.map(({ form_factor }) => form_factor).sort()).toEqual(['narrow', 'wide']);
  const worker = await page.evaluate(async () => {
    const { active, scope: held } = await navigator.serviceWorker.ready;
    return { state: active?.state, held };
  });
  expect(worker).toEqual({ state: 'activated', held: scope });
  const client = await page.context().newCDPSession(page);
  const { installabilityErrors } = (await client.send('Page.getInstallabilityErrors')) as {
    installabilityErrors: { errorId: string }[];
  };
  // What a private window and a headless browser lack is not the app's.
  const own = installabilityErrors.map(({ errorId }) => errorId).filter((id) => id !== 'in-incognito');
  expect(own).toEqual([]);
});

/** Posts a form as the system's share sheet does, and follows where the service worker leads. */
async function share(page: Page, photos: readonly ReturnType<typeof lesionPng>[]): Promise<void> {
  const files = photos.map(({ name, mimeType, buffer }) => ({ name, mimeType, base64: buffer.toString('base64') }));
  const address = await page.evaluate(async (list) => {
    const form = new FormData();
    for (const { name, mimeType, base64 } of list) {
      form.append('photos', new File([Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))], name, { type: mimeType }));
    }
    return (await fetch('./share', { method: 'POST', body: form })).url;
  }, files);
  await page.goto(address);
}

test('a photo shared by another app is analysed, and nothing of it stays behind', async () => {
  const chosen = await analyse(page, lesionPng('irregular'));
  await share(page, [lesionPng('irregular')]);
  await waitForState(page, 'done');
  await expect(page.getByTestId('score')).toHaveAttribute('data-probability', String(chosen.probability));
  expect(new URL(page.url()).search).toBe('');
  expect(await page.evaluate(() => caches.has('lesion-lens-shared'))).toBe(false);
});

test('several shared photos go to the batch', async () => {
  await share(page, [lesionPng('irregular'), lesionPng('regular'), lesionPng('irregular')]);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Batch');
  await expect(page.getByTestId('batch-progress')).toHaveAttribute('aria-valuenow', '3');
});

test('a share that brings nothing says so', async () => {
  await share(page, []);
  await expect(page.getByTestId('error')).toHaveAttribute('data-code', 'share-failed');
});

test('a file opened with the app is analysed', async ({ browser }) => {
  const fresh = await browser.newPage();
  const { name, mimeType, buffer } = lesionPng('irregular');
  await fresh.addInitScript(
    (file) => {
      const opened = new File([Uint8Array.from(atob(file.base64), (c) => c.charCodeAt(0))], file.name, { type: file.mimeType });
      let given = false;
      Object.defineProperty(globalThis, 'launchQueue', {
        value: {
          // As the browser does: a launch is given once, to whoever asks first.
          setConsumer(consumer: (launch: object) => void) {
            if (given) return;
            given = true;
            consumer({ files: [{ getFile: () => Promise.resolve(opened) }] });
          },
        },
      });
    },
    { name, mimeType, base64: buffer.toString('base64') },
  );
  await fresh.goto('./');
  await waitForState(fresh, 'done');
  const opened = await fresh.getByTestId('score').getAttribute('data-probability');
  const chosen = await analyse(fresh, lesionPng('irregular'));
  expect(opened).toBe(String(chosen.probability));
  await fresh.close();
});

test('the offer to install is a button of the app; pressed, it opens the browser’s own dialog', async () => {
  await page.evaluate(() => {
    location.hash = '#/privacy';
  });
  await expect(page.getByTestId('install')).toHaveCount(0);
  await page.evaluate(() => {
    const offer = Object.assign(new Event('beforeinstallprompt', { cancelable: true }), {
      prompt: () => {
        document.title = 'asked';
        return Promise.resolve();
      },
    });
    window.dispatchEvent(offer);
  });
  await page.getByTestId('install').click();
  await expect(page).toHaveTitle('asked');
  await expect(page.getByTestId('install')).toHaveCount(0);
});
