/** Our kernels against tfjs and onnxruntime-web on WebAssembly: one page, the same weights and input, in turn. */
import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser } from '@playwright/test';
import { build } from 'vite';
import { MODEL_VERSION } from '../src/domain/model-version';
import { serveDist } from '../tools/serve';
import { kernels } from '../tools/vite-kernels';
import { keepThreadedFactorySource, serveTfjsWasm } from '../tools/vite-tfjs-wasm';
import type { EngineTimes } from './engines/protocol';
import { spread, type Spread } from './spread';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const CACHE = join(ROOT, 'node_modules', '.cache', 'bench-engines');
/** Fetched for the bench alone: it is 139 MB. */
const ORT = 'onnxruntime-web@1.30.0';
const ORT_FILES = /^ort(\.wasm\.min|-wasm-simd-threaded)\.(mjs|wasm)$/;

type Threads = 'threads1' | 'threads2';
type Kind = EngineTimes['kind'];
type Table<T> = Readonly<Record<Kind, Readonly<Record<Threads, T>>>>;

export interface PassRecord {
  /** Medians, milliseconds. */
  readonly warm: Table<number>;
  /** From the weights in memory to the first score. */
  readonly cold: Table<number>;
  readonly warmSpread: Table<Spread>;
  readonly coldSpread: Table<Spread>;
  /** The largest difference between two engines' logits. */
  readonly logitDifference: number;
}

async function buildPage(): Promise<string> {
  const outDir = join(CACHE, 'dist');
  await build({
    root: join(ROOT, 'bench', 'engines'),
    configFile: false,
    base: './',
    logLevel: 'warn',
    publicDir: join(ROOT, 'public'),
    plugins: [serveTfjsWasm()],
    worker: { format: 'es', plugins: () => [kernels(), keepThreadedFactorySource()] },
    build: {
      outDir,
      emptyOutDir: true,
      target: 'es2022',
      chunkSizeWarningLimit: 1500,
      rolldownOptions: { checks: { bundlerTimings: false } },
    },
  });
  const ort = join(CACHE, 'ort', 'node_modules', 'onnxruntime-web', 'dist');
  if (!existsSync(ort)) {
    mkdirSync(join(CACHE, 'ort'), { recursive: true });
    execFileSync('npm', ['install', '--no-audit', '--no-fund', '--no-save', '--prefix', join(CACHE, 'ort'), ORT], {
      stdio: 'ignore',
    });
  }
  mkdirSync(join(outDir, 'ort'));
  for (const file of readdirSync(ort)) if (ORT_FILES.test(file)) copyFileSync(join(ort, file), join(outDir, 'ort', file));
  return outDir;
}

/** @throws Error where two engines' logits differ by more than 1e-3. */
export async function measureEngines(browser: Browser, coldRounds: number, warmRounds: number): Promise<PassRecord> {
  const server = await serveDist(4394, await buildPage());
  const page = await browser.newPage();
  try {
    await page.goto(server.url);
    await page.waitForFunction(() => 'measureEngines' in globalThis);
    const times = await page.evaluate(
      ([version, cold, warm]) =>
        (globalThis as unknown as { measureEngines: (...args: unknown[]) => Promise<EngineTimes[]> }).measureEngines(
          version,
          cold,
          warm,
        ),
      [MODEL_VERSION, coldRounds, warmRounds] as const,
    );
    const logits = times.map(({ logit }) => logit);
    const logitDifference = Math.max(...logits) - Math.min(...logits);
    if (!(logitDifference < 1e-3)) throw new Error(`the engines' logits are ${logits.join(', ')}`);
    const table = <T>(of: (times: EngineTimes) => T): Table<T> => {
      const one = (kind: Kind, threads: number): T => of(times.find((t) => t.kind === kind && t.threads === threads)!);
      const both = (kind: Kind) => ({ threads1: one(kind, 1), threads2: one(kind, 2) });
      return { ours: both('ours'), tfjs: both('tfjs'), ort: both('ort') };
    };
    return {
      warm: table(({ warmMs }) => spread(warmMs).median),
      cold: table(({ coldMs }) => spread(coldMs).median),
      warmSpread: table(({ warmMs }) => spread(warmMs)),
      coldSpread: table(({ coldMs }) => spread(coldMs)),
      logitDifference,
    };
  } finally {
    await page.close();
    await server.close();
  }
}
