/** What the specs do with the app; names are those of the contract for outside checks. */
import { expect, type Locator, type Page } from '@playwright/test';

export type AppState = 'loading-model' | 'ready' | 'working' | 'done' | 'error';
export type Upload = string | { readonly name: string; readonly mimeType: string; readonly buffer: Buffer };

export interface Score {
  readonly probability: number;
  readonly logit: number;
  readonly verdict: string;
  readonly reasons: string;
}

export function statusOf(page: Page): Locator {
  return page.getByTestId('app-status');
}

/** The model is loaded once in a page: a whole file of specs shares it. */
const MODEL_TIMEOUT_MS = 120_000;

/** @param address - For instance `?backend=wasm#/batch`. */
export async function openReady(page: Page, address = ''): Promise<void> {
  await page.goto(`./${address}`);
  await expect(statusOf(page)).toHaveAttribute('data-state', 'ready', { timeout: MODEL_TIMEOUT_MS });
}

export async function waitForState(page: Page, state: AppState): Promise<void> {
  await expect(statusOf(page)).toHaveAttribute('data-state', state, { timeout: MODEL_TIMEOUT_MS });
}

export async function countRuns(page: Page): Promise<number> {
  return Number(await statusOf(page).getAttribute('data-runs'));
}

export async function putPhoto(page: Page, photo: Upload): Promise<void> {
  await page.getByTestId('photo-input').setInputFiles(photo);
}

/** Puts a photo in and waits until one more analysis is done. */
export async function analyse(page: Page, photo: Upload): Promise<Score> {
  const runs = await countRuns(page);
  await putPhoto(page, photo);
  await expect(statusOf(page)).toHaveAttribute('data-runs', String(runs + 1), { timeout: MODEL_TIMEOUT_MS });
  await waitForState(page, 'done');
  return readScore(page);
}

export async function readScore(page: Page): Promise<Score> {
  const score = page.getByTestId('score');
  const read = async (name: string): Promise<string> => (await score.getAttribute(`data-${name}`)) ?? '';
  return {
    probability: Number(await read('probability')),
    logit: Number(await read('logit')),
    verdict: await read('verdict'),
    reasons: await read('reasons'),
  };
}

/** Waits until the turned and mirrored views of every photo on the screen have their scores. */
export async function waitForViews(page: Page): Promise<void> {
  await expect(page.locator('[data-testid="score"]:not([data-range]), [data-testid="score-b"]:not([data-range])')).toHaveCount(0);
}

/** Chooses a layer and waits until its atlas is drawn. */
export async function showLayer(page: Page, layer: string): Promise<Locator> {
  await page.getByTestId('layer-select').selectOption(layer);
  const atlas = page.getByTestId('atlas');
  await expect(atlas).toHaveAttribute('data-layer', layer);
  return atlas;
}

/** Opens the report and comes back. @returns green of every 8th pixel of its square, [64, 64]. */
export async function lookAtReport(page: Page): Promise<number[]> {
  await page.getByTestId('report-open').first().click();
  await expect(page.getByTestId('report-crop')).toHaveAttribute('data-drawn', 'true');
  const greens = await page.getByTestId('report-crop').evaluate((canvas: HTMLCanvasElement) => {
    const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
    return Array.from({ length: 64 * 64 }, (_, i) => data[(Math.floor(i / 64) * 8 * canvas.width + (i % 64) * 8) * 4 + 1]!);
  });
  await page.goBack();
  await expect(page.getByTestId('score')).toBeVisible();
  return greens;
}

/** How many different colours a canvas shows. */
export async function countColours(canvas: Locator): Promise<number> {
  return canvas.evaluate((element) => {
    if (!(element instanceof HTMLCanvasElement)) return 0;
    const image = element.getContext('2d')?.getImageData(0, 0, element.width, element.height);
    return new Set(image === undefined ? [] : new Uint32Array(image.data.buffer)).size;
  });
}
