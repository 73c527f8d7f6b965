/** One photo through the network, in two steps: reading it needs no network and may run ahead while another is computed. */
import type { ModelManifest } from '../domain/manifest';
import { normaliseRgb } from '../domain/normalise';
import type { Probes } from '../domain/probes';
import type { ComputeNetwork, RunHandle } from './compute';
import type { DecodedPhoto, DecodePhoto } from './decode';
import type { HeadReader } from './explain-head';
import type { KeptRuns } from './kept-runs';
import { measureTraits } from './measure-traits';
import { preparePhoto, type PreparedPhoto } from './prepare-photo';
import { readActivations } from './read-activations';
import type { AnalyseResult } from '../domain/analysis';
import type { AnalyseRequest } from './protocol';

interface AnalyseWorld {
  readonly network: ComputeNetwork;
  readonly input: ModelManifest['input'];
  readonly runs: KeptRuns;
  readonly probes: Probes | null;
  readonly head: HeadReader;
}

/** A photo of which only the network's picture is left. */
export interface ReadPhoto extends PreparedPhoto {
  readonly source: DecodedPhoto['size'];
  readonly pixelNoise: AnalyseResult['pixelNoise'];
  readonly decodeMs: number;
  readonly preprocessMs: number;
}

/**
 * The decoded picture is open no longer than its square is sampled.
 * @param side - of the network's input, in pixels.
 * @throws LensError of the photo (decode.ts).
 */
export async function readPhoto(
  decode: DecodePhoto,
  side: number,
  { photo, isWhole = false, crop, quarterTurns = 0 }: AnalyseRequest,
): Promise<ReadPhoto> {
  const startMs = performance.now();
  const decoded = await decode(photo, isWhole);
  const decodedMs = performance.now();
  try {
    const prepared = preparePhoto(decoded, side, crop, quarterTurns);
    return {
      ...prepared,
      source: decoded.sourceSize ?? decoded.size,
      pixelNoise: decoded.noise,
      decodeMs: decodedMs - startMs,
      preprocessMs: performance.now() - decodedMs,
    };
  } finally {
    decoded.close();
  }
}

/** @throws LensError `engine-crashed`; `unexpected` where activations are asked for that the network does not have. */
export async function computePhoto(
  world: AnalyseWorld,
  { runId, quarterTurns = 0, keepMaps, activations = null }: AnalyseRequest,
  { source, crop, inputRgb, pixelNoise, decodeMs, preprocessMs }: ReadPhoto,
): Promise<AnalyseResult> {
  const { network, input, runs, probes } = world;
  const startMs = performance.now();
  const normalised = normaliseRgb(inputRgb, input.mean, input.std);
  const isRead = keepMaps || probes !== null || activations !== null;
  const { run, logit, outputs } = isRead
    ? await network.forward(normalised)
    : { run: null, ...(await scoreAlone(network, normalised)) };
  const forwardMs = performance.now() - startMs;
  if (run !== null && keepMaps) runs.keep(runId, { run, logit });
  const found = run === null ? { traits: null } : await readRun(world, run, activations, keepMaps);
  return {
    runId,
    source,
    crop,
    quarterTurns,
    inputRgb,
    pixelNoise,
    logit,
    ...(outputs && { outputs: [...outputs] }),
    ...found,
    backend: network.backend,
    timings: { decodeMs, preprocessMs, forwardMs },
  };
}

async function scoreAlone(network: ComputeNetwork, input: Float32Array): Promise<{ logit: number; outputs?: Float32Array }> {
  return network.scoreAll === undefined ? { logit: await network.score(input) } : network.scoreAll(input);
}

/** What is told of a run's maps; the run is freed unless they are kept. */
async function readRun(
  { network, probes, head }: AnalyseWorld,
  run: RunHandle,
  activations: string | null,
  keepMaps: boolean,
): Promise<Pick<AnalyseResult, 'traits' | 'activations'>> {
  try {
    const traits = probes === null ? null : await measureTraits(network, run, probes);
    return activations === null ? { traits } : { traits, activations: await readActivations(network, head, run, activations) };
  } finally {
    if (!keepMaps) network.release(run);
  }
}
