/** The text of "Copy diagnostics": facts of device and app for a report of a fault. */
import { fasterWay, type ChoiceReason, type ComputeWay, type EngineChoice, type EngineTimes } from './engine-choice';
import type { EngineMemory } from './loaded-model';

export interface DeviceFacts {
  readonly browser: string;
  readonly cores: number | null;
  readonly isIsolated: boolean;
  /** Of the screen, CSS pixels times device pixels. */
  readonly screen: string;
  readonly isOnline: boolean;
}

export interface DiagnosticFacts {
  readonly device: DeviceFacts;
  readonly modelState: string;
  /** null: none is loaded. */
  readonly model: {
    readonly version: string;
    readonly backend: string;
    readonly way: ComputeWay;
    readonly chosenBy: ChoiceReason;
    /** For WebGL the renderer, for WebAssembly SIMD and threads. */
    readonly backendDetail: string;
    readonly loadMs: number;
    readonly selfTestMs: number;
    /** Backends that were tried before, with the reason. */
    readonly passedOver: readonly string[];
  } | null;
  readonly engine: {
    readonly choice: EngineChoice;
    readonly times: EngineTimes | null;
    readonly webglObjection: string | null;
  };
  readonly offline: string;
  readonly runs: number;
  /** Of the last analysis. */
  readonly timings: { readonly decodeMs: number; readonly preprocessMs: number; readonly forwardMs: number } | null;
  readonly memory: EngineMemory | null;
  /** Codes, oldest first. */
  readonly errors: readonly string[];
}

const REASONS: Readonly<Record<ChoiceReason, string>> = {
  address: 'tried first as the address says',
  preference: 'tried first as the person set it',
  measured: 'tried first as it was faster here',
  'not-measured': 'tried first as nothing was measured before',
};

function measurementLine({ times, webglObjection }: DiagnosticFacts['engine']): string {
  if (times === null) return webglObjection === null ? 'measured: nothing' : `measured: nothing; WebGL: ${webglObjection}`;
  const ms = (value: number): string => `${value.toFixed(1)} ms`;
  const { webglMs, webglFault, kernelsMs, measuredAt, renderer, threads, appVersion, modelVersion } = times;
  const webgl = webglMs === null ? `failed (${webglFault})` : ms(webglMs);
  return [
    `measured: one pass on WebGL ${webgl}, on the kernels ${ms(kernelsMs)}`,
    `faster: ${fasterWay(times)}, tried first from the load after it on`,
    `measured ${measuredAt} with ${renderer}, ${threads} threads, app ${appVersion}, model ${modelVersion}`,
  ].join('; ');
}

export function formatDiagnostics(facts: DiagnosticFacts): string {
  const { device, model, modelState, engine, offline, runs, timings, memory, errors } = facts;
  const ms = (value: number): string => `${Math.round(value)} ms`;
  const lines = [
    'Lesion Lens diagnostics (nothing of any photo)',
    `browser: ${device.browser}`,
    `cores: ${device.cores ?? 'not told'}; isolated: ${device.isIsolated ? 'yes' : 'no'}; online: ${device.isOnline ? 'yes' : 'no'}; screen: ${device.screen}`,
    model === null
      ? `model: ${modelState}`
      : `model: ${model.version} on ${model.backend} (${model.backendDetail}), loaded in ${ms(model.loadMs)}, checked in ${ms(model.selfTestMs)}`,
    ...(model === null ? [] : [`computes with: ${model.way} (${REASONS[model.chosenBy]}); set: ${engine.choice}`]),
    measurementLine(engine),
    ...(model?.passedOver ?? []).map((reason) => `passed over: ${reason}`),
    `offline copy: ${offline}; analyses: ${runs}`,
    timings === null
      ? 'last analysis: none'
      : `last analysis: decode ${ms(timings.decodeMs)}, crop ${ms(timings.preprocessMs)}, network ${ms(timings.forwardMs)}`,
    memory === null ? 'memory: not told' : `memory: ${memory.buffers} buffers, ${Math.round(memory.bytes / 1e6)} MB`,
    `errors: ${errors.length === 0 ? 'none' : ''}`.trimEnd(),
    ...errors.map((error) => `- ${error}`),
  ];
  return `${lines.join('\n')}\n`;
}
