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

const photos = (['irregular', 'regular'] as const).map((kind) => ({
  name: `${kind}.png`,
  mimeType: 'image/png',
  buffer: Buffer.from(encode({ width: 256, height: 256, data: drawSyntheticLesion(kind, 256), channels: 4 })),
}));

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
  for (let n = 1; n <= ANALYSES; n++) {
    await page.getByTestId('photo-input').setInputFiles(photos[n % 2]!);
    await page.locator(`[data-testid=app-status][data-runs="${n}"]`).waitFor();
    const layer = LAYERS[n % LAYERS.length]!;
    await page.getByTestId('layer-select').selectOption(layer);
    await page.locator(`[data-testid=atlas][data-layer=${layer}]`).waitFor();
    if (n % EVERY !== 0) continue;
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
