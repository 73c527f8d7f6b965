/** What one core can do at most with WebAssembly's float32: products and sums in registers alone, from a module written here byte by byte. */

/** As many sums as the kernels keep: enough that none waits for the one before. */
const SUMS = 12;
/** Products for each sum in one round of the loop. */
const UNROLLED = 8;
const ROUNDS = 20_000;
/** The best one counts: what else runs on the machine only takes from it. */
const TRIES = 200;

const I32 = 0x7f;
const F32 = 0x7d;
const V128 = 0x7b;
const SPLAT = [0xfd, 0x13];
const MUL = [0xfd, 0xe6, 0x01];
const ADD = [0xfd, 0xe4, 0x01];
/** Of the relaxed SIMD proposal: a product and a sum, rounded once or twice as the processor likes. */
const RELAXED_MADD = [0xfd, 0x85, 0x02];

function leb(value: number): number[] {
  return value < 128 ? [value] : [(value % 128) | 128, ...leb(value >> 7)];
}

function section(id: number, ...content: number[]): number[] {
  return [id, ...leb(content.length), ...content];
}

const get = (local: number): number[] => [0x20, local];
const set = (local: number): number[] => [0x21, local];

/** (rounds: i32, x: f32, y: f32) -> f32; each round makes SUMS * UNROLLED products of four numbers. */
function writeModule(isRelaxed: boolean): Uint8Array<ArrayBuffer> {
  const [rounds, x, y, wideX, wideY, firstSum] = [0, 1, 2, 3, 4, 5] as const;
  const sums = Array.from({ length: SUMS }, (_, i) => firstSum + i);
  const step = (sum: number): number[] =>
    isRelaxed
      ? [...get(wideX), ...get(wideY), ...get(sum), ...RELAXED_MADD, ...set(sum)]
      : [...get(sum), ...get(wideX), ...get(wideY), ...MUL, ...ADD, ...set(sum)];
  const round = Array.from({ length: UNROLLED }, () => sums.flatMap(step)).flat();
  const body = [
    ...[1, 2 + SUMS, V128], // one kind of local
    ...[...get(x), ...SPLAT, ...set(wideX), ...get(y), ...SPLAT, ...set(wideY)],
    ...[0x03, 0x40, ...round], // loop
    ...[...get(rounds), 0x41, 1, 0x6b, 0x22, rounds, 0x0d, 0, 0x0b], // while (--rounds)
    ...[...get(firstSum), ...sums.slice(1).flatMap((sum) => [...get(sum), ...ADD])],
    ...[0xfd, 0x1f, 0, 0x0b], // its first lane
  ];
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, 1, 0x60, 3, I32, F32, F32, 1, F32),
    ...section(3, 1, 0),
    ...section(7, 1, 1, 'r'.charCodeAt(0), 0, 0),
    ...section(10, 1, ...leb(body.length), ...body),
  ]);
}

/** @returns 10^9 products and sums a second on one core, each counted; null: this engine does not know the instruction. */
export async function measurePeak(isRelaxed: boolean): Promise<number | null> {
  const code = writeModule(isRelaxed);
  if (!WebAssembly.validate(code)) return null;
  const { r: run } = (await WebAssembly.instantiate(code)).instance.exports as {
    r: (rounds: number, x: number, y: number) => number;
  };
  let bestMs = Infinity;
  for (let i = 0; i < TRIES; i++) {
    const startMs = performance.now();
    run(ROUNDS, 1e-3, 1e-3);
    bestMs = Math.min(bestMs, performance.now() - startMs);
  }
  return (ROUNDS * UNROLLED * SUMS * 4 * 2) / bestMs / 1e6;
}
