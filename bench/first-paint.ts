/** What a person sees of a visit until the app is ready: the largest paint, and how long the page could not answer. */
import type { Browser, BrowserContext } from '@playwright/test';
import { spread, type Spread } from './spread';

/** Fresh profiles of each size, two visits each. */
export const PAINT_VISITS = 5;

const SIZES = {
  desktop: { viewport: { width: 1440, height: 900 } },
  phone: { viewport: { width: 360, height: 800 }, deviceScaleFactor: 3, isMobile: true, hasTouch: true },
} as const;

/** Of the first and the second visit. */
export interface FirstPaint {
  /** Largest contentful paint (https://w3c.github.io/largest-contentful-paint/): from the navigation to the last one told. */
  readonly largestContentfulPaintMs: Spread;
  /** Total blocking time: of each task of the page's thread what is above 50 ms, summed from the navigation until ready. */
  readonly totalBlockingTimeMs: Spread;
}

type Visit = 'first' | 'second';

interface Measured {
  readonly paintMs: number;
  readonly blockedMs: number;
}

async function visit(context: BrowserContext, url: string): Promise<Measured> {
  const page = await context.newPage();
  await page.addInitScript(() => {
    const seen = { paintMs: 0, blockedMs: 0 };
    Object.assign(globalThis, { seen });
    new PerformanceObserver((list) => {
      for (const { startTime } of list.getEntries()) seen.paintMs = startTime;
    }).observe({ type: 'largest-contentful-paint', buffered: true });
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) seen.blockedMs += Math.max(0, duration - 50);
    }).observe({ type: 'longtask', buffered: true });
  });
  await page.goto(`${url}?backend=wasm`);
  await page.locator('[data-testid=app-status][data-state=ready]').waitFor({ timeout: 120_000 });
  const measured = await page.evaluate(() => (globalThis as unknown as { seen: Measured }).seen);
  // The second visit finds all of it on the device.
  await page.locator('[data-testid=offline-state][data-state=ready]').waitFor({ timeout: 120_000 });
  await page.close();
  return measured;
}

async function measureSize(browser: Browser, url: string, size: keyof typeof SIZES): Promise<Record<Visit, FirstPaint>> {
  const visits: Record<Visit, Measured[]> = { first: [], second: [] };
  for (let run = 0; run < PAINT_VISITS; run++) {
    const context = await browser.newContext(SIZES[size]);
    visits.first.push(await visit(context, url));
    visits.second.push(await visit(context, url));
    await context.close();
  }
  const summarise = (measured: readonly Measured[]): FirstPaint => ({
    largestContentfulPaintMs: spread(measured.map(({ paintMs }) => paintMs)),
    totalBlockingTimeMs: spread(measured.map(({ blockedMs }) => blockedMs)),
  });
  return { first: summarise(visits.first), second: summarise(visits.second) };
}

export async function measureFirstPaint(
  browser: Browser,
  url: string,
): Promise<Record<keyof typeof SIZES, Record<Visit, FirstPaint>>> {
  return { desktop: await measureSize(browser, url, 'desktop'), phone: await measureSize(browser, url, 'phone') };
}
