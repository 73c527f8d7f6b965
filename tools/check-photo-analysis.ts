/**
 * npx tsx tools/check-photo-analysis.ts [--sample 800]: what "Find the lesion" and the notes on photos give on real pictures.
 * Reads the tars of the folder that LESION_DATA names, training and validation pictures only, decodes them as the app does, in
 * Chromium, and prints one JSON object. Without LESION_DATA it says so and ends well.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium, type Page } from '@playwright/test';
import { parse } from 'csv-parse/sync';
import { decode } from 'fast-png';
import { centreSquare } from '../src/domain/crop';
import { findLesion, THUMBNAIL_PX } from '../src/domain/find-lesion';
import type { SourcePx, SourceSize, SquareCrop } from '../src/domain/geometry';
import { assessPhoto, type PhotoMeasures } from '../src/domain/photo-quality';
import { VGG16 } from '../src/domain/network';
import { resampleSquare } from '../src/domain/resample';
import { hashPoint } from '../src/domain/lattice-noise';
import type { PixelSource } from '../src/engine/decode';
import { prepareThumbnail } from '../src/engine/prepare-photo';
import { readTar } from '../src/intake/testdata/read-tar';
import { BROWSER_FLAGS, findBrowserHere } from './find-browser';

const SETS = ['ham10000', 'isic-msk-uda', 'pad-ufes-20'] as const;
const CHUNK = 40;
const MEASURES = [
  'meanLuma',
  'clippedDark',
  'clippedBright',
  'laplacianVariance',
  'darkCorners',
] as const satisfies readonly (keyof PhotoMeasures)[];
const QUANTILES = [0.005, 0.01, 0.02, 0.5, 0.98, 0.99, 0.995];

interface Picture {
  readonly size: SourceSize;
  readonly rgba: Uint8Array<ArrayBuffer>;
}

/** One for each pixel, row by row: whether the lesion covers it. */
type Mask = Uint8Array;

/** Decodes as src/engine/decode.ts does: oriented, not colour-managed. */
async function decodeAll(page: Page, jpegs: readonly Uint8Array[]): Promise<Picture[]> {
  const decoded = await page.evaluate(
    async (files) =>
      Promise.all(
        files.map(async (base64) => {
          const blob = await (await fetch(`data:image/jpeg;base64,${base64}`)).blob();
          const bitmap = await createImageBitmap(blob, { imageOrientation: 'from-image', colorSpaceConversion: 'none' });
          const { width, height } = bitmap;
          const context = new OffscreenCanvas(width, height).getContext('2d', { alpha: false, willReadFrequently: true });
          context?.drawImage(bitmap, 0, 0);
          bitmap.close();
          const bytes = context?.getImageData(0, 0, width, height).data ?? new Uint8ClampedArray();
          let binary = '';
          for (let i = 0; i < bytes.length; i += 32_768) binary += String.fromCharCode(...bytes.subarray(i, i + 32_768));
          return { width, height, base64: btoa(binary) };
        }),
      ),
    jpegs.map((jpeg) => Buffer.from(jpeg).toString('base64')),
  );
  return decoded.map(({ width, height, base64 }) => ({
    size: { width: width as SourcePx, height: height as SourcePx },
    rgba: Uint8Array.from(Buffer.from(base64, 'base64')),
  }));
}

/** Whole rows only, which is what a copy is made of. */
function toDecoded({ size, rgba }: Picture): PixelSource {
  return {
    size,
    readPixels: (_x, y, width, height) => new Uint8ClampedArray(rgba.subarray(y * width * 4, (y + height) * width * 4)),
    close: () => undefined,
  };
}

function readMasks(tarPath: string, wanted: ReadonlySet<string>): Map<string, Mask> {
  const masks = new Map<string, Mask>();
  for (const { name, bytes } of readTar(new Uint8Array(readFileSync(tarPath)))) {
    const id = idOf(name);
    if (!wanted.has(id)) continue;
    const { data, channels } = decode(bytes);
    masks.set(
      id,
      Uint8Array.from({ length: data.length / channels }, (_, i) => (data[i * channels]! > 127 ? 1 : 0)),
    );
  }
  return masks;
}

function idOf(path: string): string {
  return path.replace(/^.*\//, '').replace(/\.[^.]*$/, '');
}

/** The same pictures every time. */
function sampleOf(files: readonly string[], count: number): string[] {
  return files
    .map((file, i) => ({ file, key: hashPoint(i, 0, 7) }))
    .sort((a, b) => a.key - b.key)
    .slice(0, count)
    .map(({ file }) => file);
}

/** Whether the mask's middle lies in the square, and the share of the mask that does; null where the mask is empty. */
function compare(mask: Mask, { width }: SourceSize, { x, y, size }: SquareCrop) {
  let [count, sumX, sumY, inside] = [0, 0, 0, 0];
  const isIn = (px: number, py: number): boolean => px >= x && px <= x + size && py >= y && py <= y + size;
  mask.forEach((value, i) => {
    if (value === 0) return;
    const [px, py] = [(i % width) + 0.5, Math.floor(i / width) + 0.5];
    count++;
    sumX += px;
    sumY += py;
    if (isIn(px, py)) inside++;
  });
  return count === 0 ? null : { holdsMiddle: isIn(sumX / count, sumY / count), share: inside / count };
}

function quantiles(values: readonly number[]): Record<string, number> {
  const sorted = [...values].sort((a, b) => a - b);
  return Object.fromEntries(
    QUANTILES.map((q) => [q, Number((sorted[Math.floor(q * (sorted.length - 1))] ?? NaN).toPrecision(3))]),
  );
}

function rate(count: number, of: number): number | null {
  return of === 0 ? null : Number((count / of).toFixed(4));
}

/** A picture whose data end within it: grey from a block of 16 px on, at 60-95 % of the blocks. */
function cutOff({ size: { width, height }, rgba }: Picture, key: number): Uint8Array<ArrayBuffer> {
  const across = Math.ceil(width / 16);
  const firstLost = Math.floor((0.6 + 0.35 * hashPoint(key, 0, 11)) * across * Math.ceil(height / 16));
  const cut = rgba.slice();
  for (let i = 0; i < width * height; i++) {
    const block = Math.floor(i / width / 16) * across + Math.floor((i % width) / 16);
    if (block >= firstLost) cut.fill(128, 4 * i, 4 * i + 3);
  }
  return cut;
}

function checkSet(pictures: readonly { readonly id: string; readonly picture: Picture }[], masks: ReadonlyMap<string, Mask>) {
  const notFound: Record<string, number> = {};
  const notes: Record<string, number> = {};
  const measures = new Map<string, number[]>(MEASURES.map((name) => [name, []]));
  const proposals = { found: 0, compared: 0, holdsMiddle: 0, holds95Percent: 0 };
  let bandsOfCut = 0;
  for (const [key, { id, picture }] of pictures.entries()) {
    const { size, rgba } = picture;
    const crop = centreSquare(size);
    const quality = assessPhoto(resampleSquare(rgba, size.width, size.height, crop, VGG16.input.side), crop);
    for (const note of quality.notes) notes[note] = (notes[note] ?? 0) + 1;
    for (const name of MEASURES) measures.get(name)?.push(quality.measures[name]);
    const cut = resampleSquare(cutOff(picture, key), size.width, size.height, crop, VGG16.input.side);
    if (assessPhoto(cut, crop).notes.includes('flat-band')) bandsOfCut++;
    const proposal = findLesion(prepareThumbnail(toDecoded(picture), THUMBNAIL_PX));
    if (!proposal.found) {
      notFound[proposal.reason] = (notFound[proposal.reason] ?? 0) + 1;
      continue;
    }
    proposals.found++;
    const mask = masks.get(id);
    const compared = mask === undefined ? null : compare(mask, size, proposal.crop);
    if (compared === null) continue;
    proposals.compared++;
    if (compared.holdsMiddle) proposals.holdsMiddle++;
    if (compared.share >= 0.95) proposals.holds95Percent++;
  }
  const n = pictures.length;
  return {
    n,
    proposed: rate(proposals.found, n),
    notFound,
    withMask: proposals.compared,
    holdsMiddleOfMask: rate(proposals.holdsMiddle, proposals.compared),
    holds95PercentOfMask: rate(proposals.holds95Percent, proposals.compared),
    noteRates: Object.fromEntries(Object.entries(notes).map(([code, count]) => [code, rate(count, n)])),
    flatBandOfCutOff: rate(bandsOfCut, n),
    measures: Object.fromEntries([...measures].map(([name, values]) => [name, quantiles(values)])),
  };
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { sample: { type: 'string', default: '800' } } });
  const folder = process.env['LESION_DATA'];
  if (!folder) {
    process.stderr.write('LESION_DATA is not set: no real pictures to measure with.\n');
    return;
  }
  const rows = parse<{ file: string; split: string }>(readFileSync(join(folder, 'labels.csv'), 'utf8'), { columns: true });
  const known = rows.filter(({ split }) => split === 'train' || split === 'val').map(({ file }) => file);
  const browser = await chromium.launch({ executablePath: findBrowserHere(), args: BROWSER_FLAGS });
  try {
    const page = await browser.newPage();
    const report: Record<string, ReturnType<typeof checkSet>> = {};
    for (const set of SETS) {
      const files = known.filter((file) => file.startsWith(`${set}/`)).sort();
      const wanted = new Set(sampleOf(files, Number(values.sample)));
      const entries = [...readTar(new Uint8Array(readFileSync(join(folder, `${set}.tar`))))].filter(({ name }) =>
        wanted.has(name),
      );
      const pictures: { id: string; picture: Picture }[] = [];
      for (let i = 0; i < entries.length; i += CHUNK) {
        const chunk = entries.slice(i, i + CHUNK);
        const decoded = await decodeAll(
          page,
          chunk.map(({ bytes }) => bytes),
        );
        chunk.forEach(({ name }, k) => pictures.push({ id: idOf(name), picture: decoded[k]! }));
      }
      const ids = new Set(pictures.map(({ id }) => id));
      const masks = set === 'ham10000' ? readMasks(join(folder, 'ham10000-masks.tar'), ids) : new Map<string, Mask>();
      report[set] = checkSet(pictures, masks);
    }
    process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
  } finally {
    await browser.close();
  }
}

await main();
