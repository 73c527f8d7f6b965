/** One photo through the network. */
import { dispose } from '@tensorflow/tfjs-core';
import type { ModelManifest } from '../domain/manifest';
import { normaliseRgb } from '../domain/normalise';
import type { DecodePhoto } from './decode';
import type { KeptRuns } from './kept-runs';
import type { Network } from './model';
import { preparePhoto } from './prepare-photo';
import type { AnalyseRequest, AnalyseResult } from './protocol';

export interface AnalyseWorld {
  readonly network: Network;
  readonly input: ModelManifest['input'];
  readonly decode: DecodePhoto;
  readonly runs: KeptRuns;
}

/** @throws LensError of the photo (decode.ts), or `engine-crashed`. */
export async function analysePhoto(
  { network, input, decode, runs }: AnalyseWorld,
  { runId, photo, crop: wantedCrop, quarterTurns = 0, keepMaps }: AnalyseRequest,
): Promise<AnalyseResult> {
  const startMs = performance.now();
  const decoded = await decode(photo);
  let prepared;
  const decodedMs = performance.now();
  try {
    prepared = preparePhoto(decoded, wantedCrop, quarterTurns);
  } finally {
    decoded.close();
  }
  const { crop, inputRgb } = prepared;
  const normalised = normaliseRgb(inputRgb, input.mean, input.std);
  const preparedMs = performance.now();
  const pass = await network.forward(normalised);
  const forwardMs = performance.now() - preparedMs;
  if (keepMaps) runs.keep(runId, pass);
  else dispose([...pass.maps]);
  const timings = { decodeMs: decodedMs - startMs, preprocessMs: preparedMs - decodedMs, forwardMs };
  return { runId, source: decoded.size, crop, quarterTurns, inputRgb, logit: pass.logit, timings };
}
