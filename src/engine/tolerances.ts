import type { Backend } from '../domain/loaded-model';

export interface Tolerance {
  /** Of a layer's mean, maximum and samples, as a share of the layer's golden maximum. */
  readonly layer: number;
  /** Absolute, in logits. */
  readonly logit: number;
}

/**
 * Between the error of float32 and that of half floats, which iOS GPUs compute in (values under 1e-4 become 0).
 * Measured on the golden inputs against float64, worst layer: WASM, CPU and WebGL in float32 2.2e-6; WebGL with half
 * float textures 3.8e-4 to 5.3e-4.
 */
const LAYER = 1e-4;

/** Two backends that both pass differ by 1e-3 at most, which moves a probability by 2.5e-4 at most (times the slope). */
const LOGIT = 5e-4;

/** The same for all as long as all compute in float32: a backend with a reason to be less exact gets its own line. */
export const TOLERANCES: Readonly<Record<Backend, Tolerance>> = {
  webgl: { layer: LAYER, logit: LOGIT },
  wasm: { layer: LAYER, logit: LOGIT },
  cpu: { layer: LAYER, logit: LOGIT },
};
