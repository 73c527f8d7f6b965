/** The alarm line: moved, kept, linked to, put back; what it costs; what it means where malignant spots are rare. */
import { readFileSync } from 'node:fs';
import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { parse } from 'csv-parse/sync';
import { MODEL_VERSION } from '../src/domain/model-version';
import { analyse, openReady, putPhoto } from './support/app';
import { darkPng, lesionPng } from './support/photos';

interface Manifest {
  readonly threshold: number;
  readonly metrics: readonly {
    readonly sensitivity: number;
    readonly specificity: number;
    readonly curve: readonly (readonly [number, number, number])[];
  }[];
}

/** A slider says of a number 15 or 16 digits. */
const { threshold: OWN, metrics } = JSON.parse(
  readFileSync(new URL(`../public/model/${MODEL_VERSION}/manifest.json`, import.meta.url), 'utf8'),
) as Manifest;
/** The first set is held out, of dermatoscope pictures. */
const { sensitivity, specificity, curve } = metrics[0]!;
const WHOLE = (share: number, of = 100): number => Math.round(share * of);

const line = (page: Page) => page.getByTestId('operating-point');
const verdicts = async (page: Page) => [
  await page.getByTestId('score').getAttribute('data-verdict'),
  await page.getByTestId('score-b').getAttribute('data-verdict'),
];

/** So that the figures are those of the first set, whatever took the drawn lesion to the model's eyes. */
async function sayDermatoscope(page: Page, slot: 'a' | 'b'): Promise<void> {
  const choice = page.getByTestId(`photo-kind-${slot}-dermatoscope`);
  await choice.click();
  await expect(choice).toHaveAttribute('aria-pressed', 'true');
}

async function openTwo(page: Page, query = '?backend=wasm'): Promise<readonly number[]> {
  await openReady(page, query);
  await putPhoto(page, lesionPng('irregular'));
  await expect(page.getByTestId('score')).toBeVisible();
  await page.getByTestId('photo-input-b').setInputFiles(lesionPng('regular'));
  await expect(page.getByTestId('score-b')).toBeVisible();
  await sayDermatoscope(page, 'a');
  await sayDermatoscope(page, 'b');
  return Promise.all(['score', 'score-b'].map(async (id) => Number(await page.getByTestId(id).getAttribute('data-probability'))));
}

test('the line moves by keyboard: verdicts, headlines and costs of both photos follow; it is kept, and can be put back', async ({
  page,
}) => {
  const [a, b] = (await openTwo(page)) as [number, number];
  const expected = (at: number): string[] => [a, b].map((p) => (p >= at ? 'malignant' : 'benign'));
  expect(Number(await line(page).inputValue())).toBeCloseTo(OWN, 12);
  expect(await verdicts(page)).toEqual(expected(OWN));
  await expect(page.getByTestId('operating-point-cost')).toContainText(`about ${WHOLE(1 - sensitivity)} of 100 malignant`);
  await expect(page.getByTestId('operating-point-cost')).toContainText(`about ${WHOLE(1 - specificity)} of 100 harmless`);
  await expect(page.getByTestId('operating-point-reset')).toHaveCount(0);

  await line(page).focus();
  await page.keyboard.press('End');
  await expect(line(page)).toHaveValue('1');
  expect(await verdicts(page)).toEqual(['benign', 'benign']);
  for (const id of ['score-headline', 'score-b-headline']) {
    await expect(page.getByTestId(id)).toContainText('Below the alarm line: 100 of 100 malignant spots');
  }
  await page.keyboard.press('Home');
  expect(await verdicts(page)).toEqual(['malignant', 'malignant']);
  for (const id of ['score-headline', 'score-b-headline'])
    await expect(page.getByTestId(id)).toContainText('Above the alarm line');

  // Three tens and a one from 0: 0.31, whose cost is read from the curve by hand.
  for (const key of ['PageUp', 'PageUp', 'PageUp', 'ArrowRight']) await page.keyboard.press(key);
  await expect(line(page)).toHaveValue('0.31');
  expect(await verdicts(page)).toEqual(expected(0.31));
  const found = curve.find(([at]) => at >= 0.31)![1];
  const quiet = [...curve].reverse().find(([at]) => at <= 0.31)![2];
  await expect(page.getByTestId('operating-point-cost')).toContainText(`about ${WHOLE(1 - found)} of 100 malignant`);
  await expect(page.getByTestId('operating-point-cost')).toContainText(`about ${WHOLE(1 - quiet)} of 100 harmless`);
  await expect(line(page)).toHaveAttribute('aria-valuetext', /^0\.310: about/);
  await expect.poll(() => page.url()).toContain('line=0.31');

  await page.goto('about:blank');
  await openTwo(page);
  await expect(line(page)).toHaveValue('0.31');
  expect(await verdicts(page)).toEqual(expected(0.31));

  await page.getByTestId('operating-point-reset').click();
  expect(Number(await line(page).inputValue())).toBeCloseTo(OWN, 12);
  expect(await verdicts(page)).toEqual(expected(OWN));
  await expect.poll(() => page.url()).not.toContain('line=');
});

test("a link's line holds while the page is open and changes nothing that is kept", async ({ page }) => {
  await openReady(page, '?backend=wasm#/?line=0.9');
  const { probability } = await analyse(page, lesionPng('irregular'));
  await expect(line(page)).toHaveValue('0.9');
  await expect(page.getByTestId('score')).toHaveAttribute('data-verdict', probability >= 0.9 ? 'malignant' : 'benign');
  expect(await page.evaluate(() => localStorage.length)).toBe(0);
  await page.getByTestId('report-open').click();
  await expect(page.getByTestId('report')).toContainText('The alarm line is at 0.900.');
});

test('going back brings no older line; a link that is followed does', async ({ page }) => {
  const goTo = async (hash: string): Promise<void> => {
    await page.evaluate((to) => {
      location.hash = to;
    }, hash);
  };
  await openReady(page, '?backend=wasm#/?line=0.9');
  await analyse(page, lesionPng('irregular'));
  await goTo('#/model');
  await expect(line(page)).toHaveCount(0);
  await page.getByRole('link', { name: 'Analyse', exact: true }).click();
  await expect(line(page)).toHaveValue('0.9');
  await line(page).fill('0.3');
  await expect.poll(() => page.url()).toContain('line=0.3');
  await page.goBack();
  await expect(line(page)).toHaveCount(0);
  await page.goBack();
  await expect(line(page)).toHaveValue('0.3');
  await expect.poll(() => page.url()).toContain('line=0.3');
  await goTo('#/?line=0.7');
  await expect(line(page)).toHaveValue('0.7');
  await goTo('#/?line=0.6');
  await expect(line(page)).toHaveValue('0.6');
  await page.goBack();
  await expect.poll(() => page.url()).toContain('line=0.6');
  await expect(line(page)).toHaveValue('0.6');
});

test('the line holds for a batch, and its CSV names it', async ({ page }) => {
  await openReady(page, '?backend=wasm#/?line=1');
  await page.evaluate(() => {
    location.hash = '#/batch';
  });
  await page.getByTestId('batch-input').setInputFiles([lesionPng('irregular'), { ...lesionPng('regular'), name: 'b.png' }]);
  await expect(page.getByTestId('batch-progress')).toHaveAttribute('aria-valuenow', '2');
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByTestId('batch-export-csv').click()]);
  const rows = parse<Record<string, string>>(readFileSync(await download.path(), 'utf8'), { columns: true, bom: true });
  expect(rows.map((row) => [row['verdict'], row['threshold']])).toEqual([
    ['benign', '1'],
    ['benign', '1'],
  ]);
  expect(Object.keys(rows[0]!)).toContain('threshold');
});

test('base rates: the sourced ones and a typed one, by hand; kept, named on the privacy page and removed there', async ({
  page,
}) => {
  await openReady(page, '?backend=wasm');
  await analyse(page, lesionPng('irregular'));
  await sayDermatoscope(page, 'a');
  await line(page).fill('0');
  await page.getByTestId('operating-point-reset').click();
  const isAbove = (await page.getByTestId('score').getAttribute('data-verdict')) === 'malignant';
  const answerFor = (share: number): string => {
    const [hit, alarm] = [share * sensitivity, (1 - share) * (1 - specificity)];
    const [miss, quiet] = [share * (1 - sensitivity), (1 - share) * specificity];
    return isAbove
      ? `of those above the line about ${WHOLE(hit / (hit + alarm))} of 100 would be`
      : `of those below the line about ${WHOLE(miss / (miss + quiet), 1000)} of 1,000 would be`;
  };
  const answer = page.getByTestId('base-rate-answer');
  await expect(answer).toContainText('at home about 30 are malignant');
  await expect(answer).toContainText(answerFor(0.03));
  await answer.click();
  await expect(page.getByRole('link', { name: 'doi:10.1136/bmj.m127' })).toHaveAttribute(
    'href',
    'https://doi.org/10.1136/bmj.m127',
  );
  await page.getByTestId('base-rate-setting').selectOption('urgent-referral');
  await expect(answer).toContainText('urgently about 62 are malignant');
  await expect(answer).toContainText(answerFor(0.062));
  await page.getByTestId('base-rate-setting').selectOption('own');
  const own = page.getByTestId('base-rate-own');
  await expect(own).toHaveValue('62');
  await own.fill('200');
  await expect(answer).toContainText('200 are malignant');
  await expect(answer).toContainText(answerFor(0.2));
  const [found, alarms] = [WHOLE(sensitivity, 200), WHOLE(1 - specificity, 800)];
  await expect(page.getByTestId('base-rate-counts')).toContainText(
    `So ${found} of ${found + alarms} above the line are malignant`,
  );
  await own.fill('1000');
  await expect(own).toHaveAttribute('aria-invalid', 'true');
  await expect(own, 'the fault is no part of its name').toHaveAccessibleName('Malignant spots in 1,000');
  await expect(own).toHaveAccessibleDescription('A whole number from 1 to 999, please.');
  await expect(answer).toContainText('200 are malignant');

  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
  }

  await page.reload();
  await analyse(page, lesionPng('irregular'));
  await expect(answer).toContainText('200 are malignant');
  await page.evaluate(() => {
    location.hash = '#/privacy';
  });
  await expect(page.getByTestId('stored-table')).toContainText('lesion-lens-preferences');
  await page.getByTestId('stored-clear').click();
  await page.getByTestId('stored-clear-confirm').click();
  await expect(page.getByTestId('stored-cleared')).toBeVisible();
  expect(await page.evaluate(() => localStorage.length)).toBe(0);
  await page.getByRole('link', { name: 'Analyse', exact: true }).click();
  await expect(answer).toContainText('at home about 30 are malignant');
});

test('a spoilt preference counts as none, and blocked storage breaks nothing', async ({ page }) => {
  await page.addInitScript(() => {
    localStorage.setItem('lesion-lens-preferences', '{"line":"0.9","baseRate":{}}');
  });
  await openReady(page, '?backend=wasm');
  await analyse(page, lesionPng('irregular'));
  expect(Number(await line(page).inputValue())).toBeCloseTo(OWN, 12);
  await expect(page.getByTestId('base-rate-answer')).toContainText('at home about 30');
  await page.evaluate(() => {
    Storage.prototype.setItem = () => {
      throw new DOMException('full', 'QuotaExceededError');
    };
  });
  await line(page).fill('0.5');
  await expect(line(page)).toHaveValue('0.5');
});

test('what is unfit has no headline and no base rate, wherever the line is', async ({ page }) => {
  await openReady(page, '?backend=wasm');
  await putPhoto(page, darkPng());
  const score = page.getByTestId('score');
  await expect(score).toHaveAttribute('data-verdict', 'cant-say');
  for (const at of ['0', '1']) {
    await line(page).fill(at);
    await expect(score).toHaveAttribute('data-verdict', 'cant-say');
  }
  await expect(page.getByTestId('score-headline')).toHaveCount(0);
  await expect(page.getByTestId('base-rate')).toHaveCount(0);
});
