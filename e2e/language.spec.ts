/** The app in Spanish: by the browser's wish, by the person's choice, and changed under a result. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test, type Page } from '@playwright/test';
import { analyse, countRuns, openReady, readScore, waitForViews } from './support/app';
import { lesionPng } from './support/photos';

const DIST = fileURLToPath(new URL('../dist', import.meta.url));
const SPANISH_FILE = /\/es-[^/]*\.js$/;

const html = (page: Page) => page.locator('html');
const select = (page: Page) => page.getByTestId('language-select');

async function choose(page: Page, language: 'en' | 'es'): Promise<void> {
  await select(page).selectOption(language);
  await expect(html(page)).toHaveAttribute('lang', language);
}

/** What is read on the page now, and what is read when it is drawn from nothing. */
async function readTwice(page: Page): Promise<readonly [string, string]> {
  const main = page.locator('main');
  const hash = new URL(page.url()).hash;
  const go = (to: string) => page.evaluate((address) => (location.hash = address), to);
  const now = await main.innerText();
  await go('#/about');
  await expect(page.getByTestId('self-test-run')).toBeVisible();
  await go(hash);
  await expect(page.getByTestId('self-test-run')).toBeHidden();
  await expect(page.getByTestId(hash === '#/batch' ? 'batch-table' : 'atlas').first()).toBeVisible();
  return [now, await main.innerText()];
}

test('a Spanish browser gets Spanish, with the scores of English; a change keeps all that stands there', async ({ browser }) => {
  const context = await browser.newContext({ locale: 'es-ES' });
  const page = await context.newPage();
  await openReady(page);
  await expect(html(page)).toHaveAttribute('lang', 'es');
  await expect(select(page)).toHaveValue('es');
  await expect(page.getByRole('combobox', { name: 'Idioma' })).toBeVisible();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('red neuronal');
  const spanish = await analyse(page, lesionPng('irregular'));
  await waitForViews(page);
  const shown = spanish.probability.toFixed(3);
  const score = page.getByTestId('score');
  await expect(score).toContainText(shown.replace('.', ','));
  await expect(score).toContainText('no es un diagnóstico');
  const photo = page.getByRole('img', { name: /irregular/ }).first();
  const source = await photo.getAttribute('src');
  const runs = await countRuns(page);

  await select(page).focus();
  await choose(page, 'en');
  await expect(select(page)).toBeFocused();
  await expect(score).toContainText(shown);
  await expect(score).toContainText('not a diagnosis');
  expect(await readScore(page)).toEqual(spanish);
  expect(await countRuns(page)).toBe(runs);
  expect(await photo.getAttribute('src')).toBe(source);
  const [english, englishAnew] = await readTwice(page);
  expect(english).toBe(englishAnew);

  await choose(page, 'es');
  expect(await readScore(page)).toEqual(spanish);
  const [again, againAnew] = await readTwice(page);
  expect(again).toBe(againAnew);
  expect(again).not.toBe(english);
  await page.evaluate(() => (location.hash = '#/about'));
  await expect(page).toHaveTitle('Acerca de · Lesion Lens');

  // The choice counts more than the browser's wish, from the next visit on too.
  await choose(page, 'en');
  await page.reload();
  await expect(html(page)).toHaveAttribute('lang', 'en');
  await expect(select(page)).toHaveValue('en');
  await page.evaluate(() => (location.hash = '#/'));
  await expect(page.getByRole('heading', { level: 1 })).toContainText('neural network');
  expect(await analyse(page, lesionPng('irregular'))).toEqual(spanish);
  await context.close();
});

test('a batch on the screen changes its language as a whole, and its CSV does not', async ({ page }) => {
  await openReady(page, '#/batch');
  await page.getByTestId('batch-input').setInputFiles([
    lesionPng('regular'),
    lesionPng('irregular'),
    {
      name: 'labels.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from('file,label\nregular.png,benign\nirregular.png,malignant\n'),
    },
  ]);
  await expect(page.getByTestId('batch-evaluation')).toHaveAttribute('data-n', '2');
  const readCsv = async (): Promise<string> => {
    const download = page.waitForEvent('download');
    await page.getByTestId('batch-export-csv').click();
    return readFileSync(await (await download).path(), 'utf8');
  };
  const csv = await readCsv();
  await choose(page, 'es');
  const [now, anew] = await readTwice(page);
  expect(now).toContain('por encima de la línea');
  expect(now).toContain('Lo que dicen las etiquetas');
  expect(now).toBe(anew);
  expect(await readCsv()).toBe(csv);
});

test('where the Spanish words cannot be had English stays, and a choice says so', async ({ browser }) => {
  const context = await browser.newContext({ locale: 'es-ES' });
  const page = await context.newPage();
  await page.route(SPANISH_FILE, (route) => route.abort());
  await page.goto('./');
  await expect(page.getByRole('heading', { level: 1 })).toContainText('neural network');
  await expect(html(page)).toHaveAttribute('lang', 'en');
  await expect(page.getByTestId('error')).toBeHidden();
  await select(page).selectOption('es');
  await expect(page.getByTestId('error')).toHaveAttribute('data-code', 'app-part-missing');
  await expect(select(page)).toHaveValue('en');
  await page.getByTestId('dismiss').click();
  await expect(page.getByTestId('error')).toBeHidden();
  await page.unroute(SPANISH_FILE);
  await page.reload();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('red neuronal');
  await context.close();
});

test('an English visit asks for no other language, and the service worker keeps each', async ({ page }) => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  await openReady(page);
  expect(asked.filter((path) => SPANISH_FILE.test(path))).toEqual([]);
  const file = readdirSync(join(DIST, 'assets')).filter((name) => SPANISH_FILE.test(`/${name}`));
  expect(file).toHaveLength(1);
  expect(readFileSync(join(DIST, 'service-worker.js'), 'utf8')).toContain(file[0]);
});
