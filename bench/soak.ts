/**
 * `npx tsx bench/soak.ts [ANALYSES]`: many analyses with layer switches in one page; prints every 50th time what memory is in
 * use: the page's JavaScript heap after a garbage collection, the engine's tensors, and the resident memory of the page's
 * process (its workers and WebAssembly included).
 */
import { readFileSync } from 'node:fs';
import { chromium } from '@playwright/test';
import { encode } from 'fast-png';
import { drawSyntheticLesion } from '../src/domain/synthetic-lesion';
import { BROWSER_FLAGS, findBrowserHere } from '../tools/find-browser';
import { buildIfStale, serveDist } from '../tools/serve';

const ANALYSES = Number(process.argv[2] ?? 500);
const EVERY = 50;
const LAYERS = ['block1_conv1', 'block2_conv1', 'block3_conv3', 'block4_conv2', 'block5_conv3'];

/** As base64: the page makes its own files of them. */
const photos = (['irregular', 'regular'] as const).map((kind) =>
  Buffer.from(encode({ width: 256, height: 256, data: drawSyntheticLesion(kind, 256), channels: 4 })).toString('base64'),
);

function residentBytes(pid: number): number {
  const pages = Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]);
  return pages * 4096;
}

await buildIfStale();
const { url, close } = await serveDist(4178);
const browser = await chromium.launch({ executablePath: findBrowserHere(), args: BROWSER_FLAGS });
try {
  const page = await browser.newPage({ serviceWorkers: 'block' });
  await page.goto(`${url}?backend=wasm`);
  const status = page.getByTestId('app-status');
  await page.locator('[data-testid=app-status][data-state=ready]').waitFor();
  const client = await page.context().newCDPSession(page);
  const system = await browser.newBrowserCDPSession();
  await client.send('Performance.enable');
  process.stdout.write('analyses | heap, MB | tensors | tensor MB | process, MB\n');
  // Driven from inside the page: each call of the test's own tools would leave compiled code behind, which counts as heap.
  await page.evaluate(() => {
    Object.assign(globalThis, { soaked: 0 });
  });
  for (let n = EVERY; n <= ANALYSES; n += EVERY) {
    await page.evaluate(
      async ({ files, layers, end }) => {
        const world = globalThis as unknown as { soaked: number };
        const input = document.querySelector<HTMLInputElement>('[data-testid=photo-input]')!;
        const select = document.querySelector<HTMLSelectElement>('[data-testid=layer-select]')!;
        while (world.soaked < end) {
          const bytes = Uint8Array.from(atob(files[world.soaked % files.length]!), (letter) => letter.charCodeAt(0));
          const transfer = new DataTransfer();
          transfer.items.add(new File([bytes], 'photo.png', { type: 'image/png' }));
          input.files = transfer.files;
          input.dispatchEvent(new Event('change', { bubbles: true }));
          world.soaked += 1;
          while (document.querySelector('[data-testid=app-status]')?.getAttribute('data-runs') !== String(world.soaked)) {
            await new Promise((resolve) => setTimeout(resolve, 10));
          }
          const layer = layers[world.soaked % layers.length]!;
          select.value = layer;
          select.dispatchEvent(new Event('change', { bubbles: true }));
          while (document.querySelector('[data-testid=atlas]')?.getAttribute('data-layer') !== layer) {
            await new Promise((resolve) => setTimeout(resolve, 10));
          }
        }
      },
      { files: photos, layers: LAYERS, end: n },
    );
    await client.send('HeapProfiler.collectGarbage');
    const { metrics } = await client.send('Performance.getMetrics');
    const heap = metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value ?? 0;
    const { processInfo } = await system.send('SystemInfo.getProcessInfo');
    const resident = Math.max(...processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => residentBytes(id)));
    const before = await page.evaluate(() => location.hash);
    await page.evaluate(() => (location.hash = '#/about'));
    await page.getByTestId('diagnostics-copy').click();
    const text = await page.getByTestId('diagnostics').innerText();
    const [, tensors = '?', megabytes = '?'] = /memory: (\d+) tensors, (\d+) MB/.exec(text) ?? [];
    await page.evaluate((hash) => (location.hash = hash || '#/'), before);
    await status.waitFor();
    process.stdout.write(`${n} | ${(heap / 1e6).toFixed(1)} | ${tensors} | ${megabytes} | ${(resident / 1e6).toFixed(0)}\n`);
  }
} finally {
  await browser.close();
  await close();
}
