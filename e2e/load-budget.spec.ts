/** What a first visit downloads of code until its first score. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { expect, test } from '@playwright/test';
import { countRuns, waitForState } from './support/app';

const DIST = fileURLToPath(new URL('../dist', import.meta.url));
const BUDGET_BYTES = 350_000;
/** JavaScript of any name, and the modules of WebAssembly. */
const CODE = /\.(m?js|wasm)$/;

/** As a server sends it. */
function gzipBytes(path: string): number {
  return gzipSync(readFileSync(join(DIST, path)), { level: 9 }).byteLength;
}

test('scripts, workers and WebAssembly before the first score are 350 kB at most, gzipped', async ({ page, baseURL }) => {
  const asked: string[] = [];
  page.context().on('request', (request) => {
    const { origin, pathname } = new URL(request.url());
    if (origin === new URL(baseURL!).origin) asked.push(pathname.slice(1));
  });
  await page.goto('./');
  await page.getByRole('button', { name: /irregular/i }).click();
  await expect.poll(() => countRuns(page)).toBe(1);
  await waitForState(page, 'done');
  await expect(page.getByTestId('atlas')).toBeVisible();
  const code = [...new Set(asked)].filter((path) => CODE.test(path));
  expect(code.filter((path) => !existsSync(join(DIST, path)))).toEqual([]);
  // What workers ask for is among it: the engine, its thread, the kernels, the painter of the sample.
  for (const part of [/worker-.*\.js/, /kernels/, /helper-/, /paint-sample/]) expect(code.join('\n')).toMatch(part);
  const table = code.map((path) => ({ path, bytes: gzipBytes(path) }));
  const bytes = table.reduce((sum, file) => sum + file.bytes, 0);
  test.info().annotations.push({ type: 'gzip', description: `${bytes} bytes` });
  expect(bytes, JSON.stringify(table, null, 1)).toBeLessThanOrEqual(BUDGET_BYTES);
});
