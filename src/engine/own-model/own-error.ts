/** What is wrong with a person's own model. */
import { LensError, type ErrorCode } from '../../domain/errors';

export type OwnModelCode = Extract<ErrorCode, `own-model-${string}`>;

/** @param detail - names the layer or the file. */
export function ownModelError(code: OwnModelCode, detail = ''): LensError {
  return new LensError(code, detail);
}

/** @throws LensError `own-model-layer-unsupported`: `what`, and the layer that it stands in. */
export function refuseLayer(what: string, layer: string): never {
  throw ownModelError('own-model-layer-unsupported', `${what} in the layer "${layer}"`);
}
