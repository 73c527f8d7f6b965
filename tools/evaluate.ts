/** npm run evaluate: scores a folder with the built app, in headless Chromium, and prints one JSON object. */
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium, type Page } from '@playwright/test';
import { parse } from 'csv-parse/sync';
import { guardFormula } from '../src/domain/csv';
import { VIEW_COUNT } from '../src/domain/eight-views';
import { aucCi95, expectedCalibrationError, rocAuc, sensitivitySpecificity } from '../src/domain/metrics';
import { BROWSER_FLAGS, findBrowserHere } from './find-browser';
import { labelsFromFolders, type LabelLookUp } from '../src/domain/label-look-up';
import { readLabelFile } from '../src/domain/labels';
import { BACKENDS } from '../src/domain/loaded-model';
import { chunkByName } from './chunk-by-name';
import { listPictures } from './list-pictures';
import { buildIfStale, serveDist } from './serve';

const HELP = `npm run --silent evaluate -- DIR [--labels labels.csv] [--backend wasm] [--views] [--out FILE]

Scores every picture below DIR, of any kind that the app takes, with the built app, in headless Chromium, and prints one
JSON object.
  --labels   CSV with "file" (or "image_id") and "label": benign or malignant. Other labels are counted as other_labels
             and left out of the figures. Without it: DIR/labels.csv, else folders named benign and malignant.
  --backend  webgl, wasm (default) or cpu
  --views    looks at each picture turned and mirrored too, as the app does at a single photo, and says "can't say" where the
             views disagree: eight passes a picture instead of one
  --out      writes the result of each picture as CSV

auc, auc_ci95 and ece use every benign or malignant picture that has a score. sensitivity and specificity use the
app's verdict, malignant or benign, and leave out the pictures for which it says "can't say"; their share of all
scored pictures is cant_say_rate. views says whether the turned views had a part in that. n counts the pictures behind auc. A figure that cannot be had is null.
`;
const CHUNK = 200;
/** Up to ~20 s, with the picture's decoding, on the slowest backend. */
const TIMEOUT_PER_PASS_MS = 30_000;

interface ScoredRow {
  readonly path: string;
  readonly cells: Readonly<Record<string, string>>;
}

function say(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
}

function findLabels(folder: string, file: string | undefined): LabelLookUp {
  const path = file ?? join(folder, 'labels.csv');
  if (file !== undefined || existsSync(path)) return readLabelFile(readFileSync(path), basename(folder)).labelOf;
  return labelsFromFolders;
}

/** Waits until the batch has worked through `total` rows; what it shows is what the page says. */
async function waitForRows(page: Page, total: number, passes: number): Promise<void> {
  await page.waitForFunction(
    (rows) => {
      const bar = document.querySelector('[data-testid="batch-progress"]');
      return bar?.getAttribute('aria-valuemax') === String(rows) && bar.getAttribute('aria-valuenow') === String(rows);
    },
    total,
    { timeout: passes * TIMEOUT_PER_PASS_MS, polling: 250 },
  );
}

async function exportCsv(page: Page): Promise<Record<string, string>[]> {
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByTestId('batch-export-csv').click()]);
  return parse<Record<string, string>>(readFileSync(await download.path(), 'utf8'), { columns: true, bom: true });
}

/** Rows come in the order in which files went in; each must also bear its file's name. */
function joinRows(paths: readonly string[], cells: readonly Record<string, string>[]): ScoredRow[] {
  if (cells.length !== paths.length) throw new Error(`The app wrote ${cells.length} rows for ${paths.length} pictures.`);
  return cells.map((row, i) => {
    const path = paths[i]!;
    if (row['file'] !== guardFormula(basename(path))) {
      throw new Error(`Row ${i + 1} is of ${String(row['file'])}, not of ${path}.`);
    }
    return { path, cells: row };
  });
}

async function scorePictures(folder: string, pictures: readonly string[], backend: string, withViews: boolean) {
  await buildIfStale();
  const server = await serveDist(4390);
  const browser = await chromium.launch({ executablePath: findBrowserHere(), args: BROWSER_FLAGS });
  try {
    const page = await browser.newPage();
    await page.goto(`${server.url}?backend=${backend}#/batch`);
    const status = page.getByTestId('app-status');
    await page.waitForFunction(
      () => ['ready', 'error'].includes(document.querySelector('[data-testid="app-status"]')?.getAttribute('data-state') ?? ''),
      undefined,
      { timeout: 300_000 },
    );
    if ((await status.getAttribute('data-state')) === 'error') throw new Error(await page.getByTestId('error').innerText());
    if (withViews) await page.getByTestId('batch-with-views').check();
    const paths: string[] = [];
    for (const chunk of chunkByName(pictures, CHUNK)) {
      await page.getByTestId('batch-input').setInputFiles(chunk.map((path) => join(folder, path)));
      paths.push(...chunk);
      await waitForRows(page, paths.length, (withViews ? VIEW_COUNT : 1) * chunk.length);
      say(`${paths.length} of ${pictures.length}`);
    }
    const cells = await exportCsv(page);
    const rows = joinRows(paths, cells);
    return { rows, backend: await status.getAttribute('data-backend'), model: await status.getAttribute('data-model') };
  } finally {
    await browser.close();
    await server.close();
  }
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

function summarise(rows: readonly ScoredRow[], labelOf: LabelLookUp) {
  const scored = rows
    .filter(({ cells }) => cells['error'] === '' && cells['probability'] !== '')
    .map(({ path, cells }) => ({ label: labelOf(path), p: Number(cells['probability']), verdict: cells['verdict'] }));
  const known = scored.filter((row): row is typeof row & { label: boolean } => typeof row.label === 'boolean');
  const labels = known.map((row) => row.label);
  const probabilities = known.map((row) => row.p);
  const decided = known.filter((row) => row.verdict !== 'cant-say');
  const { sensitivity, specificity } = sensitivitySpecificity(
    decided.map((row) => row.label),
    decided.map((row) => row.verdict === 'malignant'),
  );
  return {
    auc: finite(rocAuc(labels, probabilities)),
    auc_ci95: aucCi95(labels, probabilities).map(finite),
    sensitivity: finite(sensitivity),
    specificity: finite(specificity),
    ece: finite(expectedCalibrationError(labels, probabilities)),
    cant_say_rate: finite(scored.filter((row) => row.verdict === 'cant-say').length / scored.length),
    n: known.length,
    malignant: labels.filter(Boolean).length,
    scored: scored.length,
    other_labels: scored.filter((row) => row.label === null).length,
    unlabelled: scored.filter((row) => row.label === undefined).length,
    errors: rows.length - scored.length,
  };
}

function writeRows(file: string, rows: readonly ScoredRow[]): void {
  const columns = Object.keys(rows[0]?.cells ?? { file: '' });
  const quote = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const line = (row: ScoredRow): string => columns.map((c) => quote(c === 'file' ? row.path : (row.cells[c] ?? ''))).join(',');
  writeFileSync(file, [columns.join(','), ...rows.map(line), ''].join('\n'));
}

/** Says why and ends. */
function fail(sentence: string, code: number): never {
  say(sentence);
  process.exit(code);
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      labels: { type: 'string' },
      backend: { type: 'string', default: 'wasm' },
      views: { type: 'boolean', default: false },
      out: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  const [directory] = positionals;
  if (values.help) {
    process.stdout.write(HELP);
    return;
  }
  if (directory === undefined || positionals.length > 1) fail(HELP, 2);
  if (!BACKENDS.some((backend) => backend === values.backend)) fail(`--backend is one of ${BACKENDS.join(', ')}.`, 2);
  // npm runs this in the project's folder; a relative path is meant from where the person stands.
  const from = (path: string): string => resolve(process.env['INIT_CWD'] ?? '.', path);
  const folder = from(directory);
  if (!existsSync(folder) || !statSync(folder).isDirectory()) fail(`${directory} is no folder.`, 2);
  const labelOf = findLabels(folder, values.labels === undefined ? undefined : from(values.labels));
  const pictures = listPictures(folder);
  if (pictures.length === 0) fail(`No pictures below ${directory}.`, 2);
  // Before the hours of work, not after them.
  if (values.out !== undefined) mkdirSync(dirname(from(values.out)), { recursive: true });
  const { rows, backend, model } = await scorePictures(folder, pictures, values.backend, values.views);
  if (values.out !== undefined) writeRows(from(values.out), rows);
  const summary = summarise(rows, labelOf);
  if (summary.n === 0) say('No labels found: pass --labels, or name folders benign and malignant.');
  process.stdout.write(`${JSON.stringify({ ...summary, views: values.views, backend, model })}\n`);
}

try {
  await main();
} catch (error) {
  fail(error instanceof Error ? error.message : String(error), 1);
}
