import { readFileSync } from 'node:fs';
import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { decode } from 'fast-png';
import { strToU8, unzipSync, zipSync } from 'fflate';
import { analyse, countRuns, openReady, readScore, statusOf, type Score } from './support/app';
import { openMenuOf } from './support/viewer';
import { lesionJpeg, lesionPng, type PhotoFile } from './support/photos';

test.describe.configure({ mode: 'serial' });

const SECRET = 'Jane Doe left arm';

let page: Page;

test.beforeAll(async ({ browser }) => {
  // Not browser.newPage(): tests open further pages in its context.
  page = await (await browser.newContext()).newPage();
  await openReady(page, '?backend=wasm');
});

test.afterAll(() => page.context().close());

interface Words {
  readonly mole?: string;
  readonly date?: string;
  readonly notes?: string;
}

/** Fills the dialog as a person would; `mole` names a new one, else the first is taken. */
async function keep(page: Page, { mole, date, notes }: Words): Promise<void> {
  await page.getByTestId('diary-save').click();
  await expect(page.getByTestId('diary-dialog')).toBeVisible();
  if (mole !== undefined) {
    if (await page.getByTestId('diary-mole').isVisible()) await page.getByTestId('diary-mole').selectOption('new');
    await page.getByTestId('diary-mole-name').fill(mole);
    await page.getByTestId('diary-site').selectOption('forearm');
  }
  if (date !== undefined) await page.getByTestId('diary-date').fill(date);
  if (notes !== undefined) await page.getByTestId('diary-notes').fill(notes);
  await page.getByTestId('diary-confirm').click();
}

async function keepAndClose(page: Page, words: Words): Promise<void> {
  await keep(page, words);
  await expect(page.getByTestId('diary-saved')).toBeVisible();
  await page.getByTestId('diary-close').click();
  await expect(page.getByTestId('diary-save')).toBeFocused();
}

async function openDiary(page: Page, entries: number): Promise<void> {
  await page.getByRole('link', { name: 'Diary', exact: true }).click();
  await expect(page.getByTestId('diary')).toHaveAttribute('data-entries', String(entries));
}

async function exportZip(page: Page): Promise<Buffer> {
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByTestId('diary-export').click()]);
  expect(download.suggestedFilename()).toMatch(/^lesion-lens-diary-\d{4}-\d\d-\d\d\.zip$/);
  return readFileSync(await download.path());
}

async function importZip(page: Page, buffer: Buffer | Uint8Array): Promise<void> {
  const file = { name: 'diary.zip', mimeType: 'application/zip', buffer: Buffer.from(buffer) };
  await page.getByTestId('diary-import').setInputFiles(file);
}

async function clearAll(page: Page): Promise<void> {
  await page.getByTestId('diary-clear').click();
  await page.getByTestId('diary-clear-confirm').click();
  await expect(page.getByTestId('diary-empty')).toBeVisible();
}

/** Everything in the database, bytes as arrays. */
function dump(page: Page): Promise<unknown> {
  return page.evaluate(
    () =>
      new Promise((resolve, reject) => {
        const opening = indexedDB.open('lesion-lens-diary');
        opening.onerror = () => reject(new Error('not opened'));
        opening.onsuccess = () => {
          const database = opening.result;
          const transaction = database.transaction(['entries', 'pictures']);
          const entries = transaction.objectStore('entries').getAll();
          const pictures = transaction.objectStore('pictures').getAll();
          transaction.oncomplete = () => {
            database.close();
            const files = pictures.result as { input: Uint8Array; view: Uint8Array }[];
            resolve({ entries: entries.result, pictures: files.map(({ input, view }) => [[...input], [...view]]) });
          };
        };
      }),
  );
}

/** Puts two photos of one mole and one of another into the diary. */
async function fill(page: Page): Promise<readonly Score[]> {
  const scores: Score[] = [];
  const photos: readonly [PhotoFile, Words][] = [
    [await lesionJpeg(page, 900, 700), { mole: 'Left forearm', date: '2026-01-15', notes: 'brown, 4 mm' }],
    [{ ...lesionPng('irregular'), name: `${SECRET}.png` }, { date: '2025-11-02' }],
    [lesionPng('regular'), { mole: 'Back' }],
  ];
  for (const [photo, words] of photos) {
    scores.push(await analyse(page, photo));
    await keepAndClose(page, words);
  }
  return scores;
}

/** An empty diary, and the app ready on its first page. */
async function startEmpty(): Promise<void> {
  await page.getByRole('link', { name: 'Diary', exact: true }).click();
  const diary = page.getByTestId('diary');
  await expect(diary).toHaveAttribute('data-state', /^(?!closed|reading)/);
  if ((await diary.getAttribute('data-entries')) !== '0') await clearAll(page);
  await page.getByRole('link', { name: 'Analyse', exact: true }).click();
  await expect(statusOf(page)).toHaveAttribute('data-state', /^(ready|done)$/);
}

test('nothing is kept unasked; what is kept outlives a reload, by day, without the file’s name', async () => {
  const score = await analyse(page, { ...lesionPng('irregular'), name: `${SECRET}.png` });
  expect(await page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name))).toEqual([]);
  await page.getByTestId('diary-save').click();
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('diary-dialog')).toHaveCount(0);
  await expect(page.getByTestId('diary-save')).toBeFocused();

  await keepAndClose(page, { mole: 'Left forearm', notes: 'since spring' });
  await page.reload();
  await openDiary(page, 1);
  const entry = page.getByTestId('diary-entry');
  await expect(entry).toHaveAttribute('data-probability', String(score.probability));
  await expect(entry).toHaveAttribute('data-logit', String(score.logit));
  await expect(page.getByTestId('diary-entry-notes')).toHaveText('since spring');
  await expect(page.getByTestId('diary-mole-section')).toContainText('forearm');
  const loaded = (): Promise<boolean> =>
    entry.locator('img').evaluate((img: HTMLImageElement) => img.complete && img.naturalWidth === 256);
  await expect.poll(loaded).toBe(true);
  expect(JSON.stringify(await dump(page))).not.toContain('Jane');
});

test('no button for a synthetic sample', async () => {
  await startEmpty();
  const runs = await countRuns(page);
  await page
    .getByRole('button', { name: /irregular/i })
    .first()
    .click();
  await expect(statusOf(page)).toHaveAttribute('data-runs', String(runs + 1));
  await expect(page.getByTestId('score')).toBeVisible();
  await expect(page.getByTestId('report-open')).toBeVisible();
  await expect(page.getByTestId('diary-save')).toHaveCount(0);
});

test('export, clear, import: the same records and bytes, and the same zip again', async () => {
  await startEmpty();
  await fill(page);
  await openDiary(page, 3);
  const before = await dump(page);
  const zip = await exportZip(page);
  const files = unzipSync(zip);
  expect(Object.keys(files)).toHaveLength(7);
  expect(zip.toString('latin1')).not.toMatch(/Jane|Exif|photo\.jpg/);
  const view = Object.entries(files).find(([name]) => name.endsWith('view.jpg'))?.[1];
  expect([...(view ?? []).slice(0, 3)]).toEqual([0xff, 0xd8, 0xff]);
  const png = decode(Object.entries(files).find(([name]) => name.endsWith('input.png'))?.[1] ?? new Uint8Array());
  expect([png.width, png.height]).toEqual([128, 128]);

  await clearAll(page);
  expect(await dump(page)).toEqual({ entries: [], pictures: [] });
  await importZip(page, zip);
  await expect(page.getByTestId('diary-notice')).toHaveText('3 entries added.');
  expect(await dump(page)).toEqual(before);
  expect(Buffer.compare(await exportZip(page), zip)).toBe(0);

  // Twice adds nothing; an entry that was changed here meanwhile stays, and the file's stands beside it.
  await importZip(page, zip);
  await expect(page.getByTestId('diary-notice')).toHaveText('0 entries added, 3 already there.');
  await page.getByTestId('diary-edit').first().click();
  await page.getByTestId('diary-edit-notes').fill('changed here');
  await page.getByTestId('diary-edit-save').click();
  await expect(page.getByTestId('diary-edit-notes')).toHaveCount(0);
  await importZip(page, zip);
  await expect(page.getByTestId('diary-notice')).toContainText('1 different from what is there and kept beside it');
  await expect(page.getByTestId('diary')).toHaveAttribute('data-entries', '4');
  await expect(page.getByTestId('diary-entry-notes').filter({ hasText: 'changed here' })).toHaveCount(1);
});

test('what is no diary changes nothing, and says why', async () => {
  await startEmpty();
  await fill(page);
  await openDiary(page, 3);
  const before = await dump(page);
  const zip = await exportZip(page);
  const files = unzipSync(zip);
  const [pictureName] = Object.keys(files).filter((name) => name.endsWith('input.png'));
  const spoil = (change: Record<string, Uint8Array>): Uint8Array => zipSync({ ...files, ...change });
  const damaged = files[pictureName ?? '']!.slice();
  damaged[200] = (damaged[200] ?? 0) ^ 1;
  const cases: readonly (readonly [string, Uint8Array])[] = [
    ['diary-file-not-zip', strToU8('no zip at all')],
    ['diary-file-not-zip', zip.subarray(0, zip.length - 40)],
    ['diary-file-invalid', zipSync({ 'readme.txt': strToU8('hello') })],
    ['diary-file-invalid', spoil({ 'diary.json': strToU8('{') })],
    ['diary-file-newer', spoil({ 'diary.json': strToU8('{"format":"lesion-lens-diary","version":2,"entries":[]}') })],
    ['diary-file-damaged', spoil({ [pictureName ?? '']: damaged })],
    ['diary-file-too-large', spoil({ [pictureName ?? '']: new Uint8Array(5 * 1024 ** 2) })],
  ];
  for (const [code, bytes] of cases) {
    await importZip(page, bytes);
    await expect(page.getByTestId('diary-error'), code).toHaveAttribute('data-code', code);
    expect(await dump(page)).toEqual(before);
  }
  await importZip(page, zip);
  await expect(page.getByTestId('diary-error')).toHaveCount(0);
});

test('two days of a mole open as A and B with the scores that were kept, bit for bit', async () => {
  await startEmpty();
  const [newer, older] = await fill(page);
  await page.reload();
  await openDiary(page, 3);
  await expect(statusOf(page)).toHaveAttribute('data-state', 'ready');
  await page.getByTestId('diary-compare').click();
  const comparison = page.getByTestId('diary-comparison');
  await expect(comparison.locator('img')).toHaveCount(4);
  await expect(comparison.locator('h3')).toHaveText(['Older: 2 November 2025', 'Newer: 15 January 2026']);
  await expect(page.getByTestId('diary-model-other')).toHaveCount(0);
  const boxes = await comparison
    .locator('img')
    .evaluateAll((all) => all.map((img) => img.getBoundingClientRect()).map(({ y, width, height }) => [y, width, height]));
  expect(boxes.slice(0, 2), 'aligned').toEqual(boxes.slice(2));
  const runs = await countRuns(page);
  await page.getByTestId('diary-open-both').click();
  await expect(statusOf(page)).toHaveAttribute('data-runs', String(runs + 2));
  expect(await readScore(page)).toMatchObject({ probability: older?.probability, logit: older?.logit });
  const b = page.getByTestId('score-b');
  await expect(b).toHaveAttribute('data-probability', String(newer?.probability));
  await expect(b).toHaveAttribute('data-logit', String(newer?.logit));
  await (await openMenuOf(page, 'second-menu', 'remove-b')).click();
});

test('two pictures stand in one place in turn: by a press or by themselves, not where less motion is wished for', async () => {
  await startEmpty();
  await analyse(page, lesionPng('irregular'));
  await page.getByTestId('diary-save').click();
  await page.getByTestId('diary-mole-name').fill('Twice a day');
  await page.getByTestId('diary-side').selectOption('left');
  await page.getByTestId('diary-confirm').click();
  await page.getByTestId('diary-close').click();
  await keepAndClose(page, {});
  await openDiary(page, 2);
  await expect(page.getByTestId('diary-mole-section')).toContainText('somewhere else, left');
  const days = page.getByTestId('diary-entry').locator('h3');
  await expect(days.nth(0)).toHaveText(/ \(no\. 2, saved at \d\d:\d\d\)$/);
  await expect(days.nth(1)).toHaveText(/ \(no\. 1, saved at \d\d:\d\d\)$/);
  await page.getByTestId('diary-compare').click();
  await page.getByTestId('diary-compare-blink').click();
  const blink = page.getByTestId('diary-blink');
  const [older, newer] = [blink.getByRole('img', { name: /^Older/ }), blink.getByRole('img', { name: /^Newer/ })];
  await expect(older).toBeVisible();
  await expect(newer).toBeHidden();
  // Which brings it into view.
  await page.getByTestId('diary-blink-swap').focus();
  const box = await older.boundingBox();
  await page.keyboard.press('Space');
  await expect(newer).toBeVisible();
  await expect(older).toBeHidden();
  expect(await newer.boundingBox()).toEqual(box);
  const run = page.getByTestId('diary-blink-run');
  await run.click();
  for (const age of ['older', 'newer']) await expect(blink).toHaveAttribute('data-shown', age);
  await run.click();
  await expect(run).toHaveText('Change every second');
  await run.click();
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await expect(run).toHaveCount(0);
  await expect(blink).toContainText('only when you press');
  await page.emulateMedia({ reducedMotion: null });
  await expect(run).toHaveText('Pause');
  await page.getByTestId('diary-compare-beside').click();
});

test('an entry says what the person said took the photo, and so does its photo when it is opened again', async () => {
  await startEmpty();
  await analyse(page, lesionPng('irregular'));
  const kind = (await page.getByTestId('score').getAttribute('data-kind')) === 'phone' ? 'dermatoscope' : 'phone';
  await page.getByTestId(`photo-kind-a-${kind}`).click();
  const { probability } = await readScore(page);
  await keepAndClose(page, { mole: 'Said' });
  await openDiary(page, 1);
  await expect(page.getByTestId('diary-entry')).toContainText(`Taken with a ${kind}, as you said.`);
  const runs = await countRuns(page);
  await page.getByTestId('diary-open').click();
  await expect(statusOf(page)).toHaveAttribute('data-runs', String(runs + 1));
  await expect(page.getByTestId('score')).toHaveAttribute('data-kind', kind);
  expect((await readScore(page)).probability).toBe(probability);
});

test('a full disk keeps what was there, says so, and what was written stays in the dialog', async () => {
  await startEmpty();
  await page.evaluate(() => {
    // Called with its object below.
    // eslint-disable-next-line @typescript-eslint/unbound-method
    const put = IDBObjectStore.prototype.put;
    IDBObjectStore.prototype.put = function (this: IDBObjectStore, ...args: Parameters<IDBObjectStore['put']>) {
      // The second of an entry's two writes: the first must be undone.
      if (this.name === 'pictures' && sessionStorage.getItem('full') === 'yes')
        throw new DOMException('full', 'QuotaExceededError');
      return put.apply(this, args);
    };
  });
  await analyse(page, lesionPng('irregular'));
  await keepAndClose(page, { mole: 'One' });
  const before = await dump(page);
  await page.evaluate(() => sessionStorage.setItem('full', 'yes'));
  await keep(page, { mole: 'Two', notes: 'not lost' });
  await expect(page.getByTestId('diary-error')).toHaveAttribute('data-code', 'diary-full');
  await expect(page.getByTestId('diary-notes')).toHaveValue('not lost');
  expect(await dump(page)).toEqual(before);
  await page.evaluate(() => sessionStorage.removeItem('full'));
  await page.getByTestId('diary-confirm').click();
  await expect(page.getByTestId('diary-saved')).toBeVisible();
  await page.getByTestId('diary-close').click();
  await openDiary(page, 2);
});

test('without IndexedDB the diary says so and analysing goes on', async ({ browser }) => {
  const fresh = await browser.newPage();
  await fresh.addInitScript(() => {
    Object.defineProperty(globalThis, 'indexedDB', { value: undefined });
  });
  await openReady(fresh, '?backend=wasm');
  const score = await analyse(fresh, lesionPng('irregular'));
  await keep(fresh, { mole: 'One' });
  await expect(fresh.getByTestId('diary-error')).toHaveAttribute('data-code', 'diary-unavailable');
  await fresh.keyboard.press('Escape');
  await fresh.getByRole('link', { name: 'Diary', exact: true }).click();
  await expect(fresh.getByTestId('diary-error')).toHaveAttribute('data-code', 'diary-unavailable');
  await expect(fresh.getByTestId('diary-empty')).toHaveCount(0);
  await fresh.getByRole('link', { name: 'Analyse' }).click();
  expect(await readScore(fresh)).toEqual(score);
  await fresh.close();
});

test('a damaged record is named and kept, the others show, and an import restores it', async () => {
  await startEmpty();
  await fill(page);
  await openDiary(page, 3);
  const zip = await exportZip(page);
  await page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        const opening = indexedDB.open('lesion-lens-diary');
        opening.onsuccess = () => {
          const transaction = opening.result.transaction('entries', 'readwrite');
          const store = transaction.objectStore('entries');
          const keys = store.getAllKeys();
          keys.onsuccess = () => store.put({ id: 'nonsense', logit: 'x' }, keys.result[0]);
          transaction.oncomplete = () => {
            opening.result.close();
            resolve();
          };
        };
      }),
  );
  await page.reload();
  await expect(page.getByTestId('diary')).toHaveAttribute('data-entries', '2');
  await expect(page.getByTestId('diary-damaged')).toHaveAttribute('data-count', '1');
  await importZip(page, zip);
  await expect(page.getByTestId('diary-notice')).toHaveText('0 entries added, 1 restored, 2 already there.');
  await expect(page.getByTestId('diary')).toHaveAttribute('data-entries', '3');
  await expect(page.getByTestId('diary-damaged')).toHaveCount(0);
});

test('an entry of a newer version of the app is named, and stays as it is whatever is done to the others', async ({
  page: fresh,
}) => {
  await openReady(fresh, '?backend=wasm');
  await analyse(fresh, lesionPng('irregular'));
  await keepAndClose(fresh, { mole: 'One' });
  await keepAndClose(fresh, { mole: 'Two' });
  await openDiary(fresh, 2);
  const newer = { formatVersion: 99, logit: ['of another kind'] };
  await fresh.evaluate(
    (record) =>
      new Promise<void>((resolve) => {
        const opening = indexedDB.open('lesion-lens-diary');
        opening.onsuccess = () => {
          const transaction = opening.result.transaction('entries', 'readwrite');
          const store = transaction.objectStore('entries');
          const keys = store.getAllKeys();
          keys.onsuccess = () => store.put(record, keys.result[0]);
          transaction.oncomplete = () => {
            opening.result.close();
            resolve();
          };
        };
      }),
    newer,
  );
  await fresh.reload();
  await expect(fresh.getByTestId('diary')).toHaveAttribute('data-entries', '1');
  await expect(fresh.getByTestId('diary-newer')).toHaveAttribute('data-count', '1');
  await expect(fresh.getByTestId('diary-damaged')).toHaveCount(0);
  await exportZip(fresh);
  await expect(fresh.getByTestId('diary-notice')).toHaveText(
    '1 entry exported. 1 entry was written by a newer version of the app and is not in the file.',
  );
  await fresh.getByTestId('diary-clear').click();
  await fresh.getByTestId('diary-clear-confirm').click();
  await expect(fresh.getByTestId('diary')).toHaveAttribute('data-entries', '0');
  await expect(fresh.getByTestId('diary-newer')).toHaveAttribute('data-count', '1');
  expect(await dump(fresh)).toMatchObject({ entries: [newer] });
});

test('a change in one tab shows in the other; "Remove everything" reaches the diary too', async () => {
  await startEmpty();
  await analyse(page, lesionPng('irregular'));
  const other = await page.context().newPage();
  await other.goto('./#/diary');
  await expect(other.getByTestId('diary-empty')).toBeVisible();
  await keepAndClose(page, { mole: 'One' });
  await expect(other.getByTestId('diary')).toHaveAttribute('data-entries', '1');
  await other.goto('./#/privacy');
  await other.getByTestId('stored-clear').click();
  await other.getByTestId('stored-clear-confirm').click();
  await expect(other.getByTestId('stored-cleared')).toContainText('Everything was removed');
  await openDiary(page, 0);
  await expect(page.getByTestId('diary-empty')).toBeVisible();
  await other.close();
});

test('a connection that does not let go is named, not waited for', async ({ page, context }) => {
  await page.goto('./#/about');
  // A tab of another version that ignores the wish to upgrade: a deletion waits for it, and an opening waits behind that.
  await page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        const opening = indexedDB.open('lesion-lens-diary', 7);
        opening.onsuccess = () => resolve();
      }),
  );
  const other = await context.newPage();
  await other.goto('./#/diary');
  await expect(other.getByTestId('diary-error')).toHaveAttribute('data-code', 'diary-newer');
  await page.close();
  await other.evaluate(() => new Promise((resolve) => (indexedDB.deleteDatabase('lesion-lens-diary').onsuccess = resolve)));
  await other.getByTestId('diary-retry').click();
  await expect(other.getByTestId('diary-empty')).toBeVisible();
});

test('page, comparison and dialog: nothing wider than the screen, big enough to touch, clean for axe', async () => {
  await startEmpty();
  await fill(page);
  const check = async (name: string): Promise<void> => {
    for (const [width, height] of [
      [360, 800],
      [820, 1180],
      [1440, 900],
    ] as const) {
      await page.setViewportSize({ width, height });
      expect(await page.evaluate(() => document.documentElement.scrollWidth), name).toBeLessThanOrEqual(width);
      const shots = process.env['DIARY_SHOTS'];
      if (shots) await page.screenshot({ path: `${shots}/${name}-${width}.png`, fullPage: name !== 'dialog' });
      const small = await page
        .locator(
          '[data-testid=diary] :is(button, select, label:has(input[type=file])), [data-testid=diary-dialog] :is(button, input)',
        )
        .evaluateAll((all) =>
          all.filter((one) => one.getBoundingClientRect().height < 43.5).map(({ outerHTML }) => outerHTML.slice(0, 80)),
        );
      expect(small).toEqual([]);
    }
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => [name, id, nodes.map(({ html }) => html)])).toEqual([]);
  };
  await page.getByTestId('diary-save').click();
  await expect(page.getByTestId('diary-dialog')).toBeVisible();
  await page.getByTestId('diary-mole').selectOption('new');
  await check('dialog');
  await page.keyboard.press('Escape');
  await openDiary(page, 3);
  await page.getByTestId('diary-compare').click();
  await expect(page.getByTestId('diary-comparison').locator('img')).toHaveCount(4);
  await check('comparison');
  await page.getByTestId('diary-compare-blink').click();
  await page.getByTestId('diary-delete').first().click();
  await check('diary');
});
