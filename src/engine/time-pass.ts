/** How long one pass takes on this device. */
import { drawGoldenInput } from '../domain/golden-input';
import { normaliseRgb } from '../domain/normalise';
import type { LiveEngine } from './live-engine';

/** The first one makes what a backend makes once: shaders, memory. */
const WARM_UP = 1;
/** An odd number: the middle one is taken. */
const PASSES = 3;

/** @returns Milliseconds, the median of a few passes of a golden input, from the input to the logit. Nothing is kept. */
export async function timePass({ network, golden, model }: LiveEngine): Promise<number> {
  const { mean, std } = model.manifest.input;
  const input = normaliseRgb(drawGoldenInput(golden.cases[0]!.input, network.shape.input.side), mean, std);
  const times: number[] = [];
  for (let pass = 0; pass < WARM_UP + PASSES; pass++) {
    const startMs = performance.now();
    await network.score(input);
    if (pass >= WARM_UP) times.push(performance.now() - startMs);
  }
  return times.sort((a, b) => a - b)[(PASSES - 1) / 2]!;
}
