/** Run-time checks of the model's JSON files. Each throws LensError `model-invalid` that names the place. */
import { LensError } from '../domain/errors';

export type JsonRecord = Readonly<Record<string, unknown>>;

function invalid(where: string, wanted: string): never {
  throw new LensError('model-invalid', `${where} is not ${wanted}`);
}

export function parseJson(bytes: ArrayBuffer, where: string): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return invalid(where, 'JSON');
  }
}

export function asRecord(value: unknown, where: string): JsonRecord {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return invalid(where, 'an object');
  return value as JsonRecord;
}

export function asList<T>(value: unknown, where: string, item: (value: unknown, where: string) => T): T[] {
  if (!Array.isArray(value)) return invalid(where, 'a list');
  return value.map((v: unknown, i) => item(v, `${where}[${i}]`));
}

export function asText(value: unknown, where: string): string {
  return typeof value === 'string' && value !== '' ? value : invalid(where, 'a text');
}

export function asMatch(value: unknown, pattern: RegExp, where: string): string {
  const text = asText(value, where);
  return pattern.test(text) ? text : invalid(where, String(pattern));
}

export function asConstant<T extends string | number>(value: unknown, wanted: T, where: string): T {
  return value === wanted ? wanted : invalid(where, String(wanted));
}

export function asFlag(value: unknown, where: string): boolean {
  return typeof value === 'boolean' ? value : invalid(where, 'true or false');
}

/** A finite number from `low` to `high`, both included. */
export function asNumber(value: unknown, where: string, low = -Infinity, high = Infinity): number {
  if (typeof value !== 'number' || !Number.isFinite(value)) return invalid(where, 'a finite number');
  return value >= low && value <= high ? value : invalid(where, `from ${low} to ${high}`);
}

export function asCount(value: unknown, where: string, low = 0): number {
  const count = asNumber(value, where, low);
  return Number.isSafeInteger(count) ? count : invalid(where, 'a whole number');
}

export function asPair(value: unknown, where: string): [number, number] {
  const list = asList(value, where, asNumberItem);
  return list.length === 2 ? [list[0]!, list[1]!] : invalid(where, 'a list of 2');
}

export function asTriple(value: unknown, where: string): [number, number, number] {
  const list = asList(value, where, asNumberItem);
  return list.length === 3 ? [list[0]!, list[1]!, list[2]!] : invalid(where, 'a list of 3');
}

function asNumberItem(value: unknown, where: string): number {
  return asNumber(value, where);
}
