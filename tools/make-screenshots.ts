/** `npx tsx tools/make-screenshots.ts`: the pictures of the web app manifest, of the app itself with its synthetic sample. */
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';
import { SCREENSHOTS } from './app-manifest';
import { BROWSER_FLAGS, findBrowserHere } from './find-browser';
import { buildIfStale, serveDist } from './serve';

const PUBLIC = fileURLToPath(new URL('../public/', import.meta.url));

await buildIfStale();
const { url, close } = await serveDist(4177);
const browser = await chromium.launch({ executablePath: findBrowserHere(), args: BROWSER_FLAGS });
try {
  for (const { src, sizes } of SCREENSHOTS) {
    const [width = 0, height = 0] = sizes.split('x').map(Number);
    const page = await browser.newPage({ viewport: { width, height }, serviceWorkers: 'block' });
    await page.goto(url);
    await page.locator('[data-testid=app-status][data-state=ready]').waitFor();
    await page.getByRole('button', { name: 'Irregular (synthetic)', exact: true }).click();
    await page.locator('[data-testid=app-status][data-state=done]').waitFor();
    await page.getByTestId('atlas').waitFor();
    if (width < 600) await page.getByTestId('atlas').scrollIntoViewIfNeeded();
    mkdirSync(`${PUBLIC}screenshots`, { recursive: true });
    await page.screenshot({ path: PUBLIC + src });
    await page.close();
    process.stdout.write(`${src}\n`);
  }
} finally {
  await browser.close();
  await close();
}
