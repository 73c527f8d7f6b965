import { createServer, type Server } from 'node:http';
import { existsSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test, type Page } from '@playwright/test';
import { MODEL_VERSION } from '../src/domain/model-version';
import { analyse, openReady, showLayer, waitForState } from './support/app';
import { builtHashes, OLDER_VERSION, olderModel } from './support/older-model';
import { lesionPng } from './support/photos';

test.use({ serviceWorkers: 'allow' });

const DIST = fileURLToPath(new URL('../dist', import.meta.url));
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
  '.png': 'image/png',
};

interface PlainServer {
  readonly url: string;
  /** From now on another service worker is served, as after a new build. */
  publish(): void;
  stop(): Promise<void>;
}

/**
 * The plainest static server: no header but the type, the build under a sub-path.
 * @param before - served instead of the build's own files until `publish` is called.
 */
async function servePlain(before: ReadonlyMap<string, Buffer> = new Map()): Promise<PlainServer> {
  let version = 0;
  const server: Server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://x').pathname.replace(/^\/some\/where\//, '');
    const file = join(DIST, path === '' ? 'index.html' : path);
    if (!existsSync(file)) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { 'Content-Type': TYPES[extname(file)] ?? 'application/octet-stream' });
    const bytes = (version === 0 ? before.get(path) : undefined) ?? readFileSync(file);
    response.end(file.endsWith('service-worker.js') ? `${bytes.toString()}\n// version ${version}` : bytes);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return {
    url: `http://127.0.0.1:${address.port}/some/where/`,
    publish() {
      version += 1;
    },
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

/** Like `openReady`, for a server of the test's own. */
async function openAt(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await waitForState(page, 'ready');
}

async function waitUntilKept(page: Page): Promise<void> {
  const offline = page.getByTestId('offline-state');
  await expect(offline).toHaveAttribute('data-state', 'ready', { timeout: 120_000 });
  await expect(offline).toHaveAttribute('data-progress', '1');
}

test('first load, then the server is gone: the app opens, the score is the same bit for bit, every page opens', async ({
  page,
  context,
}) => {
  const server = await servePlain();
  await openAt(page, server.url);
  const online = await analyse(page, lesionPng('irregular'));
  await waitUntilKept(page);
  await server.stop();
  await context.setOffline(true);
  await openAt(page, server.url);
  // The first load had no isolation, this one has: the number of threads differs, the score must not.
  const offline = await analyse(page, lesionPng('irregular'));
  expect(offline.probability).toBe(online.probability);
  expect(offline.logit).toBe(online.logit);
  await showLayer(page, 'block5_conv1');
  for (const [hash, title] of [
    ['#/batch', 'Batch'],
    ['#/model', 'The model'],
    ['#/about', 'About Lesion Lens'],
    ['#/privacy', 'Privacy and storage'],
  ] as const) {
    await page.evaluate((to) => {
      location.hash = to;
    }, hash);
    await expect(page.getByRole('heading', { level: 1 })).toContainText(title);
  }
  await waitUntilKept(page);
});

test('under a sub-path of a server without headers: one thread at first, more once the service worker is in charge', async ({
  page,
}) => {
  const server = await servePlain();
  try {
    await openAt(page, `${server.url}?backend=wasm`);
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(false);
    await expect(page.getByTestId('status-device')).not.toContainText('threads');
    await waitUntilKept(page);
    await openAt(page, `${server.url}?backend=wasm`);
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
    await expect(page.getByTestId('status-device')).toContainText('threads');
  } finally {
    await server.stop();
  }
});

test('a newer version waits until it is agreed to, in every tab', async ({ page, context }) => {
  const server = await servePlain();
  try {
    await openAt(page, server.url);
    await waitUntilKept(page);
    const other = await context.newPage();
    await openAt(other, server.url);
    await analyse(other, lesionPng('irregular'));
    server.publish();
    await openAt(page, server.url);
    await expect(page.getByTestId('update-ready')).toBeVisible();
    // Nobody agreed: both go on with what they have.
    await analyse(page, lesionPng('irregular'));
    await page.getByTestId('update-now').click();
    await waitForState(page, 'ready');
    await expect(page.getByTestId('update-ready')).toHaveCount(0);
    // The other tab keeps its photo, and is told.
    await expect(other.getByTestId('update-ready')).toBeVisible();
    await expect(other.getByTestId('score')).toBeVisible();
    await analyse(other, lesionPng('regular'));
    await other.getByTestId('update-now').click();
    await waitForState(other, 'ready');
  } finally {
    await server.stop();
  }
});

test("a device that holds the model before takes over the new one: its answer, its files, none of the old one's", async ({
  page,
}) => {
  const server = await servePlain(olderModel(DIST));
  const kept = (): Promise<string[]> =>
    page.evaluate(async () =>
      (await (await caches.open('lesion-lens-weights')).keys()).map(({ url }) => url.split('/').at(-1) ?? '').sort(),
    );
  try {
    await openAt(page, server.url);
    await expect(page.getByTestId('app-status')).toHaveAttribute('data-model', OLDER_VERSION);
    const before = await analyse(page, lesionPng('irregular'));
    await waitUntilKept(page);
    expect(await kept()).not.toEqual(builtHashes(DIST));

    server.publish();
    await openAt(page, server.url);
    await page.getByTestId('update-now').click();
    await expect(page.getByTestId('app-status')).toHaveAttribute('data-model', MODEL_VERSION, { timeout: 60_000 });
    await waitForState(page, 'ready');
    const after = await analyse(page, lesionPng('irregular'));
    expect(Math.abs(after.logit - before.logit)).toBeGreaterThan(0.01);
    await waitUntilKept(page);
    expect(await kept()).toEqual(builtHashes(DIST));

    // Nothing of the new model has to be asked for again.
    await server.stop();
    await openAt(page, server.url);
    expect(await analyse(page, lesionPng('irregular'))).toEqual(after);
  } finally {
    await server.stop();
  }
});

test('weights damaged on the disk are downloaded again; a second visit asks the network for none', async ({ page }) => {
  await openReady(page);
  await waitUntilKept(page);
  const asked: string[] = [];
  page.context().on('request', (request) => {
    if (/\.bin$/.test(request.url())) asked.push(request.url().split('/').at(-1) ?? '');
  });
  await page.reload();
  await openReady(page);
  expect(asked).toEqual([]);
  await page.evaluate(async () => {
    const cache = await caches.open('lesion-lens-weights');
    const keys = await cache.keys();
    const largest = await Promise.all(
      keys.map(async (key) => ({ key, bytes: (await (await cache.match(key))?.arrayBuffer()) ?? new ArrayBuffer(0) })),
    );
    largest.sort((a, b) => b.bytes.byteLength - a.bytes.byteLength);
    const bytes = new Uint8Array(largest[0]!.bytes);
    bytes[1000] = bytes[1000]! ^ 1;
    await cache.put(largest[0]!.key, new Response(bytes));
  });
  await page.goto('about:blank');
  await openReady(page);
  await waitUntilKept(page);
  expect(asked).toHaveLength(1);
});

test('the page says what is stored, and removes it', async ({ page }) => {
  await openReady(page);
  await waitUntilKept(page);
  await analyse(page, lesionPng('regular'));
  await expect(page.getByTestId('request-count')).toHaveAttribute('data-count', '0');
  await page.goto('./#/privacy');
  const table = page.getByTestId('stored-table');
  await expect(table).toContainText('lesion-lens-weights');
  await expect(table).toContainText('precache');
  await expect(page.getByTestId('privacy-requests')).toHaveText('0');
  await page.getByTestId('stored-clear').click();
  await page.getByTestId('stored-clear-confirm').click();
  await expect(page.getByTestId('stored-cleared')).toContainText('Everything was removed');
  await expect(page.getByTestId('stored-empty')).toBeVisible();
  expect(await page.evaluate(async () => [await caches.keys(), await navigator.serviceWorker.getRegistrations()])).toEqual([
    [],
    [],
  ]);
  await expect(page.getByTestId('offline-state')).toHaveAttribute('data-state', 'not-ready');
});

test('no room: the app works, says so, and is ready once there is room', async ({ page }) => {
  // The weights are written in the worker: its Cache API is made to fail there.
  await page.route('**/assets/worker-*.js', async (route) => {
    const response = await route.fetch();
    const body = `const put = Cache.prototype.put; globalThis.isFull = true;
      Cache.prototype.put = function (...a) { return globalThis.isFull ? Promise.reject(new DOMException('full', 'QuotaExceededError')) : put.apply(this, a); };
      addEventListener('message', ({ data }) => { if (data === 'make-room') globalThis.isFull = false; });
      ${await response.text()}`;
    await route.fulfill({ response, body });
  });
  await page.addInitScript(() => {
    const workers: Worker[] = [];
    Object.assign(globalThis, { workers });
    const Original = Worker;
    Object.assign(globalThis, {
      Worker: class extends Original {
        constructor(...args: ConstructorParameters<typeof Worker>) {
          super(...args);
          workers.push(this);
        }
      },
    });
  });
  await openReady(page);
  await expect(page.getByTestId('offline-state')).toHaveAttribute('data-state', 'not-ready');
  const { probability } = await analyse(page, lesionPng('irregular'));
  expect(probability).toBeGreaterThan(0);
  await page.goto('./#/privacy');
  await expect(page.getByText('There is no room on this device')).toBeVisible();
  await page.evaluate(() => {
    for (const worker of (globalThis as unknown as { workers: Worker[] }).workers) worker.postMessage('make-room');
  });
  await page.getByTestId('offline-retry').click();
  await waitUntilKept(page);
});
