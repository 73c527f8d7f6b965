/**
 * `npx tsx bench/layers.ts`: where a pass of our kernels spends its time, on one thread in Node, with random weights. Effective: of a
 * direct convolution's multiplications and additions; done: of those that are left of them. Share of the bound: done, of what one core
 * does at most with numbers in registers (peak.ts). `node --experimental-wasm-relaxed-simd --import tsx bench/layers.ts` measures
 * that with relaxed SIMD too, where Node does not have it by itself.
 */
import { planNetwork, writeStep, HEAD, type Step } from '../src/engine/kernels/plan';
import { convolutionsOf, VGG16 } from '../src/domain/network';
import { compileKernels } from '../tools/vite-kernels';
import { measurePeak } from './peak';
import { spread } from './spread';

const RUNS = 50;
const WARM_UP = 3;
const PAGE = 2 ** 16;
/** Multiplications of a direct convolution for one of the algorithm's. */
const SAVED: Readonly<Partial<Record<Step['kind'], number>>> = { winograd4: 4, winograd2: 2.25 };

const plan = planNetwork(VGG16);
const slot = plan.scratch + plan.scratchBytes;
const memory = new WebAssembly.Memory({ initial: Math.ceil((slot + plan.slotBytes) / PAGE) });
const module = await WebAssembly.compile(new Uint8Array(await compileKernels([])));
const { run } = (await WebAssembly.instantiate(module, { env: { memory } })).exports as {
  run: (from: number, end: number, slot: number) => void;
};
const floats = new Float32Array(memory.buffer);
for (let i = HEAD.steps; i < floats.length; i++) floats[i] = (((i * 2654435761) >>> 8) & 0xffff) / 2 ** 22 - 2 ** -7;
new Int32Array(memory.buffer).set([plan.scratch, plan.scratchBytes], HEAD.scratch / 4);
plan.steps.forEach((step, i) => writeStep(memory.buffer, i, step));

const times: number[][] = plan.steps.map(() => []);
for (let round = 0; round < RUNS + WARM_UP; round++) {
  plan.steps.forEach((_, i) => {
    const startMs = performance.now();
    run(i, i + 1, slot);
    if (round >= WARM_UP) times[i]!.push(performance.now() - startMs);
  });
}
const peak = (await measurePeak(false))!;
const relaxedPeak = await measurePeak(true);
/** The least: what else runs on the machine only adds to it. */
const least = times.map((of) => spread(of).min);
const sum = least.reduce((a, b) => a + b, 0);
const names = [...convolutionsOf(VGG16).map(({ name }) => name), 'dense', 'dense_1'];
const rows = plan.steps.map(({ kind, side, inputs, outputs }, i) => {
  const ms = least[i]!;
  const flops = 2 * (kind === 'dense' ? 1 : 9) * side * side * inputs * outputs;
  const done = flops / (SAVED[kind] ?? 1) / ms / 1e6;
  const rates = [(flops / ms / 1e6).toFixed(0), done.toFixed(0), `${((100 * done) / peak).toFixed(0)} %`];
  return `| ${names[i]} | ${kind} | ${ms.toFixed(2)} | ${((100 * ms) / sum).toFixed(1)} % | ${rates.join(' | ')} |`;
});
process.stdout.write(
  [
    '| layer | how | least ms | share | GFLOP/s, effective | done | share of the bound |',
    '|---|---|---|---|---|---|---|',
    ...rows,
    `| sum | | ${sum.toFixed(1)} | | | | |`,
    `One core at most: ${peak.toFixed(1)} GFLOP/s; by relaxed SIMD ${relaxedPeak === null ? 'not to be had here' : relaxedPeak.toFixed(1)}`,
    '',
  ].join('\n'),
);
