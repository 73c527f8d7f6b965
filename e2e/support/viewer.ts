/** What the viewer's specs do. */
import { readFileSync } from 'node:fs';
import { expect, type Locator, type Page } from '@playwright/test';
import { parseNpy, type NpyArray } from './npy';

/** Clicks what downloads a file and gives the file. */
export async function download(
  page: Page,
  testId: string,
): Promise<{ readonly name: string; readonly bytes: Buffer; readonly path: string }> {
  const button = page.getByTestId(testId);
  if (!(await button.isVisible())) await page.getByTestId('export-menu').locator('summary').click();
  const [file] = await Promise.all([page.waitForEvent('download'), button.click()]);
  const path = await file.path();
  return { name: file.suggestedFilename(), bytes: readFileSync(path), path };
}

export async function exportLayer(page: Page): Promise<NpyArray> {
  return parseNpy((await download(page, 'export-npy')).bytes);
}

/** A canvas's pixels, [height, width], little-endian RGBA. */
export async function readPixels(
  canvas: Locator,
): Promise<{ readonly width: number; readonly height: number; readonly pixels: Uint32Array }> {
  const { width, height, base64 } = await canvas.evaluate((element) => {
    if (!(element instanceof HTMLCanvasElement)) throw new Error('not a canvas');
    const image = element.getContext('2d')?.getImageData(0, 0, element.width, element.height);
    const bytes = new Uint8Array(image?.data.buffer ?? new ArrayBuffer(0));
    let binary = '';
    for (let i = 0; i < bytes.length; i += 32_768) binary += String.fromCharCode(...bytes.subarray(i, i + 32_768));
    return { width: element.width, height: element.height, base64: btoa(binary) };
  });
  const bytes = Buffer.from(base64, 'base64');
  return { width, height, pixels: new Uint32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length)) };
}

export async function number(locator: Locator, attribute: string): Promise<number> {
  const text = await locator.getAttribute(attribute);
  if (text === null || text === '') throw new Error(`no ${attribute}`);
  return Number(text);
}

/** Opens a tool below the maps. */
export async function openTool(page: Page, testId: string): Promise<void> {
  await page.getByTestId(testId).click();
  await expect(page.getByTestId(testId)).toHaveAttribute('aria-selected', 'true');
}

/** Opens the menu that holds an element, if it is not in sight. */
export async function openMenuOf(page: Page, menuId: string, testId: string): Promise<Locator> {
  const element = page.getByTestId(testId);
  if (!(await element.isVisible())) await page.getByTestId(menuId).locator('summary').click();
  return element;
}

/** Chooses how the maps are shown. */
export async function chooseView(page: Page, testId: string, value: string): Promise<void> {
  await (await openMenuOf(page, 'view-menu', testId)).selectOption(value);
  await page.keyboard.press('Escape');
  await expect(page.getByTestId(testId)).toBeHidden();
}
