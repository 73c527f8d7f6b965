/** Pure code whose time grows with what it is given. */
import { aucInterval } from '../src/domain/auc-interval';
import { sniffUnsupportedType } from '../src/domain/image-file';
import { aucCi95 } from '../src/domain/metrics';
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

export function measureDomain(runs: number): {
  readonly aucIntervalMs: Spread;
  readonly aucBootstrapMs: Spread;
  readonly sniffMarkupMs: Spread;
  /** 2: its time grows as the markup does. */
  readonly sniffTwiceTheMarkup: number;
} {
  const { labels, scores } = manyScores(PICTURES);
  const [markup, twice] = [slowMarkup(75), slowMarkup(150)];
  return {
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
