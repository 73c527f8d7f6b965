/** Pure code whose time grows with what it is given. */
import { aucInterval } from '../src/domain/auc-interval';
import { findDamage } from '../src/domain/find-damage';
import { sniffUnsupportedType } from '../src/domain/image-file';
import { aucCi95 } from '../src/domain/metrics';
import { encodeJpeg, jpegSegment } from '../e2e/support/encode-jpeg';
import { spread, type Spread } from './spread';

const PICTURES = 10_000;

function timeEach(runs: number, act: () => void): readonly number[] {
  act(); // warms up
  return Array.from({ length: runs }, () => {
    const startMs = performance.now();
    act();
    return performance.now() - startMs;
  });
}

/** Ratio of medians of two that are measured in turn. */
function compare(runs: number, small: () => void, large: () => void): number {
  const [smallMs, largeMs]: [number[], number[]] = [[], []];
  for (let run = 0; run < runs; run += 1) {
    smallMs.push(...timeEach(1, small));
    largeMs.push(...timeEach(1, large));
  }
  return spread(largeMs).median / spread(smallMs).median;
}

function manyScores(count: number): { readonly labels: boolean[]; readonly scores: number[] } {
  const labels = Array.from({ length: count }, (_, i) => i % 5 === 0);
  return { labels, scores: labels.map((label, i) => ((i * 7919) % 10_007) / 10_007 + (label ? 0.3 : 0)) };
}

/** Markup whose comments an expression that goes back could take in many ways. */
function slowMarkup(comments: number): Uint8Array {
  return new TextEncoder().encode('<!---->'.repeat(comments));
}

/** A JPEG of 4000 x 3000 whose rows of blocks are all the same one, each behind a restart marker (ITU-T T.81, E.1.4). */
function largeJpeg(): Uint8Array {
  const [width, height] = [4000, 3000];
  const row = encodeJpeg({
    width,
    height: 8,
    rgb: Uint8Array.from({ length: width * 24 }, (_, i) => 128 + 60 * Math.sin(i / 900) + ((i * 7919) % 23)),
  });
  const scanAt = row.indexOf(Buffer.from([0xff, 0xda]));
  const header = Buffer.from(row.subarray(0, scanAt + 14));
  header.writeUInt16BE(height, header.indexOf(Buffer.from([0xff, 0xc0])) + 5);
  const data = row.subarray(scanAt + 14, -2);
  const rows = Array.from({ length: height / 8 }, (_, i) => [
    ...(i > 0 ? [Buffer.from([0xff, 0xd0 + ((i - 1) & 7)])] : []),
    data,
  ]);
  const restarts = jpegSegment(0xdd, Buffer.from([(width / 8) >> 8, (width / 8) & 255]));
  return Buffer.concat([header.subarray(0, scanAt), restarts, header.subarray(scanAt), ...rows.flat(), row.subarray(-2)]);
}

export function measureDomain(runs: number): {
  readonly aucIntervalMs: Spread;
  readonly aucBootstrapMs: Spread;
  readonly sniffMarkupMs: Spread;
  /** 2: its time grows as the markup does. */
  readonly sniffTwiceTheMarkup: number;
  /** Of a whole JPEG of 12 megapixels, nothing subsampled. */
  readonly findDamageMs: Spread;
} {
  const jpeg = largeJpeg();
  const fault = findDamage('jpeg', jpeg);
  if (fault !== null) throw new Error(fault.detail);
  const { labels, scores } = manyScores(PICTURES);
  const [markup, twice] = [slowMarkup(75), slowMarkup(150)];
  return {
    findDamageMs: spread(timeEach(runs, () => void findDamage('jpeg', jpeg))),
    aucIntervalMs: spread(timeEach(runs, () => void aucInterval(labels, scores))),
    aucBootstrapMs: spread(timeEach(3, () => void aucCi95(labels, scores))),
    sniffMarkupMs: spread(timeEach(runs, () => void sniffUnsupportedType(twice))),
    sniffTwiceTheMarkup: compare(
      50 * runs,
      () => void sniffUnsupportedType(markup),
      () => void sniffUnsupportedType(twice),
    ),
  };
}
