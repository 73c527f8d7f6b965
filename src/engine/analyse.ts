/** One photo through the network, in two steps: reading it needs no network and may run ahead while another is computed. */
import type { ModelManifest } from '../domain/manifest';
import { normaliseRgb } from '../domain/normalise';
import type { ComputeNetwork } from './compute';
import type { DecodedPhoto, DecodePhoto } from './decode';
import type { KeptRuns } from './kept-runs';
import { preparePhoto, type PreparedPhoto } from './prepare-photo';
import type { AnalyseResult } from '../domain/analysis';
import type { AnalyseRequest } from './protocol';

interface AnalyseWorld {
  readonly network: ComputeNetwork;
  readonly input: ModelManifest['input'];
  readonly runs: KeptRuns;
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
      source: decoded.size,
      pixelNoise: decoded.noise,
      decodeMs: decodedMs - startMs,
      preprocessMs: performance.now() - decodedMs,
    };
  } finally {
    decoded.close();
  }
}

/** @throws LensError `engine-crashed`. */
export async function computePhoto(
  { network, input, runs }: AnalyseWorld,
  { runId, quarterTurns = 0, keepMaps }: AnalyseRequest,
  { source, crop, inputRgb, pixelNoise, decodeMs, preprocessMs }: ReadPhoto,
): Promise<AnalyseResult> {
  const startMs = performance.now();
  const normalised = normaliseRgb(inputRgb, input.mean, input.std);
  const { run, logit } = keepMaps ? await network.forward(normalised) : { run: null, logit: await network.score(normalised) };
  const forwardMs = performance.now() - startMs;
  if (run !== null) runs.keep(runId, { run, logit });
  return {
    runId,
    source,
    crop,
    quarterTurns,
    inputRgb,
    pixelNoise,
    logit,
    backend: network.backend,
    timings: { decodeMs, preprocessMs, forwardMs },
  };
}
