/** The text of "Copy diagnostics": facts of device and app for a report of a fault. */
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
    /** For WebGL the renderer, for WebAssembly SIMD and threads. */
    readonly backendDetail: string;
    readonly loadMs: number;
    readonly selfTestMs: number;
    /** Backends that were tried before, with the reason. */
    readonly passedOver: readonly string[];
  } | null;
  readonly offline: string;
  readonly runs: number;
  /** Of the last analysis. */
  readonly timings: { readonly decodeMs: number; readonly preprocessMs: number; readonly forwardMs: number } | null;
  readonly memory: EngineMemory | null;
  /** Codes, oldest first. */
  readonly errors: readonly string[];
}

export function formatDiagnostics(facts: DiagnosticFacts): string {
  const { device, model, modelState, offline, runs, timings, memory, errors } = facts;
  const ms = (value: number): string => `${Math.round(value)} ms`;
  const lines = [
    'Lesion Lens diagnostics (nothing of any photo)',
    `browser: ${device.browser}`,
    `cores: ${device.cores ?? 'not told'}; isolated: ${device.isIsolated ? 'yes' : 'no'}; online: ${device.isOnline ? 'yes' : 'no'}; screen: ${device.screen}`,
    model === null
      ? `model: ${modelState}`
      : `model: ${model.version} on ${model.backend} (${model.backendDetail}), loaded in ${ms(model.loadMs)}, checked in ${ms(model.selfTestMs)}`,
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
