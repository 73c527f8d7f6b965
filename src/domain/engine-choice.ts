/** Which of the ways to compute is tried first: what the address forces, what the person chose, what was measured here. */

/** Our own kernels on WebAssembly, WebGL and WebAssembly by TensorFlow.js, plain JavaScript. */
export const COMPUTE_WAYS = ['kernels', 'webgl', 'tfjs-wasm', 'cpu'] as const;
export type ComputeWay = (typeof COMPUTE_WAYS)[number];

export const ENGINE_CHOICES = ['auto', 'webgl', 'kernels', 'tfjs-wasm'] as const;
export type EngineChoice = (typeof ENGINE_CHOICES)[number];

/** Where times were measured: elsewhere they say nothing. */
export interface EngineSite {
  /** Of WebGL, as it names itself. */
  readonly renderer: string;
  /** That one pass of the kernels has. */
  readonly threads: number;
  readonly appVersion: string;
  readonly modelVersion: string;
}

/** One pass on WebGL and one on the kernels, on the same site. */
export interface EngineTimes extends EngineSite {
  readonly kernelsMs: number;
  /** null: WebGL cannot be trusted here. */
  readonly webglMs: number | null;
  /** Why not; null where it was timed. */
  readonly webglFault: string | null;
  /** ISO 8601. */
  readonly measuredAt: string;
}

/** Why a way is tried before the others. */
export type ChoiceReason = 'address' | 'preference' | 'measured' | 'not-measured';

export interface EngineWish {
  /** The address names a backend, or tfjs in the kernels' place. */
  readonly isForced: boolean;
  readonly choice: EngineChoice;
  /** null: nothing was measured on this site. */
  readonly times: EngineTimes | null;
}

export function isEngineChoice(value: unknown): value is EngineChoice {
  return ENGINE_CHOICES.some((choice) => choice === value);
}

export function isSameSite(a: EngineSite, b: EngineSite): boolean {
  return (
    a.renderer === b.renderer && a.threads === b.threads && a.appVersion === b.appVersion && a.modelVersion === b.modelVersion
  );
}

/** At equal times the kernels: they are ready sooner. */
export function fasterWay({ kernelsMs, webglMs }: Pick<EngineTimes, 'kernelsMs' | 'webglMs'>): 'kernels' | 'webgl' {
  return webglMs !== null && webglMs < kernelsMs ? 'webgl' : 'kernels';
}

/**
 * In which order the ways are tried. The kernels are ready first, so they are the first where nothing else is known; the
 * ways behind the first are what is left where that one fails.
 */
export function orderWays({ isForced, choice, times }: EngineWish): {
  readonly ways: readonly ComputeWay[];
  readonly reason: ChoiceReason;
} {
  const from = (first: ComputeWay) => [first, ...COMPUTE_WAYS.filter((way) => way !== first)];
  if (isForced) return { ways: COMPUTE_WAYS, reason: 'address' };
  if (choice !== 'auto') return { ways: from(choice), reason: 'preference' };
  if (times !== null) return { ways: from(fasterWay(times)), reason: 'measured' };
  return { ways: COMPUTE_WAYS, reason: 'not-measured' };
}

/** @param text - JSON as it was stored, where anybody may have changed it; null: nothing was. @returns null where it cannot be used. */
export function readEngineTimes(text: string | null): EngineTimes | null {
  let value: unknown;
  try {
    value = JSON.parse(text ?? 'null');
  } catch {
    return null;
  }
  if (typeof value !== 'object' || value === null) return null;
  const { renderer, threads, appVersion, modelVersion, kernelsMs, webglMs, webglFault, measuredAt } = value as Record<
    keyof EngineTimes,
    unknown
  >;
  const isTime = (ms: unknown): ms is number => typeof ms === 'number' && ms > 0;
  const isText = (word: unknown): word is string => typeof word === 'string';
  if (!isText(renderer) || !isTime(threads) || !isText(appVersion) || !isText(modelVersion)) return null;
  if (!isTime(kernelsMs) || !isText(measuredAt)) return null;
  const site = { renderer, threads, appVersion, modelVersion, kernelsMs, measuredAt };
  if (isTime(webglMs)) return { ...site, webglMs, webglFault: null };
  return isText(webglFault) ? { ...site, webglMs: null, webglFault } : null;
}
