/** npm run evaluate: scores a folder with the built app, in headless Chromium, and prints one JSON object. */
import { readdirSync, readFileSync, existsSync, writeFileSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium, type Page } from '@playwright/test';
import { parse } from 'csv-parse/sync';
import { aucCi95, expectedCalibrationError, rocAuc, sensitivitySpecificity } from '../src/domain/metrics';
import { BROWSER_FLAGS, findBrowserHere } from './find-browser';
import { chunkByName, labelsFromCsv, labelsFromFolders, type LabelLookUp } from './labels';
import { buildIfStale, serveDist } from './serve';

const HELP = `npm run evaluate -- DIR [--labels labels.csv] [--backend wasm] [--out FILE]

Scores every picture below DIR with the built app and prints one JSON object.
  --labels   CSV with "file" (or "image_id") and "label" (benign, malignant; others are counted, not measured).
             Without it: DIR/labels.csv, else folders named benign and malignant.
  --backend  webgl, wasm (default) or cpu
  --out      writes the result of each picture as CSV

auc, its interval and ece use every labelled picture with a score; sensitivity and specificity those with a verdict.
`;
const PICTURE = /\.(jpe?g|png|webp|avif|gif|bmp)$/i;
const CHUNK = 100;
/** A picture takes up to ~20 s on the slowest backend. */
const TIMEOUT_PER_PICTURE_MS = 30_000;

interface ScoredRow {
  readonly path: string;
  readonly cells: Readonly<Record<string, string>>;
}

function say(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
}

function listPictures(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && PICTURE.test(entry.name))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();
}

function findLabels(folder: string, file: string | undefined): LabelLookUp {
  const path = file ?? join(folder, 'labels.csv');
  if (file !== undefined || existsSync(path)) return labelsFromCsv(readFileSync(path, 'utf8'));
  return labelsFromFolders;
}

/** Waits until the batch has worked through `total` rows; what it shows is what the page says. */
async function waitForRows(page: Page, total: number, added: number): Promise<void> {
  await page.waitForFunction(
    (rows) => {
      const bar = document.querySelector('[data-testid="batch-progress"]');
      return bar?.getAttribute('aria-valuemax') === String(rows) && bar.getAttribute('aria-valuenow') === String(rows);
    },
    total,
    { timeout: added * TIMEOUT_PER_PICTURE_MS, polling: 250 },
  );
}

async function exportCsv(page: Page): Promise<Record<string, string>[]> {
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByTestId('batch-export-csv').click()]);
  return parse<Record<string, string>>(readFileSync(await download.path(), 'utf8'), { columns: true, bom: true });
}

async function scorePictures(folder: string, pictures: readonly string[], backend: string) {
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
    const paths: string[] = [];
    for (const chunk of chunkByName(pictures, CHUNK)) {
      await page.getByTestId('batch-input').setInputFiles(chunk.map((path) => join(folder, path)));
      paths.push(...chunk);
      await waitForRows(page, paths.length, chunk.length);
      say(`${paths.length} of ${pictures.length}`);
    }
    const cells = await exportCsv(page);
    if (cells.length !== paths.length) throw new Error(`${cells.length} rows for ${paths.length} pictures`);
    const rows: ScoredRow[] = paths.map((path, i) => ({ path, cells: cells[i]! }));
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

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    labels: { type: 'string' },
    backend: { type: 'string', default: 'wasm' },
    out: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});
const [directory] = positionals;
if (values.help || directory === undefined) {
  process.stdout.write(HELP);
  process.exit(values.help ? 0 : 2);
}
const folder = resolve(directory);
const labelOf = findLabels(folder, values.labels);
const pictures = listPictures(folder);
if (pictures.length === 0) {
  say(`No pictures below ${directory}.`);
  process.exit(2);
}
const { rows, backend, model } = await scorePictures(folder, pictures, values.backend);
if (values.out !== undefined) writeRows(values.out, rows);
const summary = summarise(rows, labelOf);
if (summary.n === 0) say('No labels found: pass --labels, or name folders benign and malignant.');
process.stdout.write(`${JSON.stringify({ ...summary, backend, model })}\n`);
process.exit(0);
