/** What is read of Keras's JSON: of any version, so field by field, each with its default. */
import { ownModelError, refuseLayer } from './own-error';

export type Json = Readonly<Record<string, unknown>>;
export type Shape = readonly number[];

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

/** Keras's, by all their names. What each computes stands in engine/tfjs/own-activations.ts. */
export const ACTIVATIONS: ReadonlySet<string> = new Set(
  (
    'linear relu relu6 leaky_relu elu selu sigmoid tanh softmax log_softmax softplus softsign exponential swish silu ' +
    'hard_swish hard_silu mish gelu hard_sigmoid'
  ).split(' '),
);

/** A layer's config. Every reader throws LensError `own-model-damaged` for what is not of its kind. */
export class LayerConfig {
  readonly layer: string;
  private readonly fields: Json;

  constructor(layer: string, fields: Json) {
    this.layer = layer;
    this.fields = fields;
  }

  has(name: string): boolean {
    return this.fields[name] !== undefined && this.fields[name] !== null;
  }

  raw(name: string): unknown {
    return this.fields[name];
  }

  number(name: string, otherwise?: number): number {
    const value = this.fields[name] ?? otherwise;
    if (typeof value !== 'number' || !Number.isFinite(value)) throw this.fault(name);
    return value;
  }

  count(name: string, otherwise?: number): number {
    const value = this.number(name, otherwise);
    if (!Number.isInteger(value) || value < 1) throw this.fault(name);
    return value;
  }

  flag(name: string, otherwise: boolean): boolean {
    const value = this.fields[name] ?? otherwise;
    return value === true || value === 1;
  }

  text(name: string, otherwise: string): string {
    const value = this.fields[name] ?? otherwise;
    if (typeof value !== 'string') throw this.fault(name);
    return value.toLowerCase();
  }

  /** Two whole numbers from 1; one stands for both. */
  pair(name: string, otherwise?: readonly [number, number]): readonly [number, number] {
    const value = this.fields[name] ?? otherwise;
    const list = typeof value === 'number' ? [value, value] : value;
    if (!isList(list) || list.length !== 2 || !list.every((n) => Number.isInteger(n) && (n as number) > 0))
      throw this.fault(name);
    return list as unknown as readonly [number, number];
  }

  /** Whole numbers. */
  integers(name: string, otherwise?: readonly number[]): readonly number[] {
    const value = this.fields[name] ?? otherwise;
    const list = typeof value === 'number' ? [value] : value;
    if (!isList(list) || !list.every((n) => Number.isInteger(n))) throw this.fault(name);
    return list as readonly number[];
  }

  /** [[top, bottom], [left, right]]; one number, or one for each side, stands for both of a pair. */
  margins(name: string): readonly [readonly [number, number], readonly [number, number]] {
    const value = this.fields[name] ?? 1;
    const sides = typeof value === 'number' ? [value, value] : value;
    if (!isList(sides) || sides.length !== 2) throw this.fault(name);
    return sides.map((side) => {
      const pair = typeof side === 'number' ? [side, side] : side;
      if (!isList(pair) || pair.length !== 2 || !pair.every((n) => Number.isInteger(n) && (n as number) >= 0))
        throw this.fault(name);
      return pair;
    }) as unknown as readonly [readonly [number, number], readonly [number, number]];
  }

  /** A number or a list of them, nested or not; null where there is none. */
  numbers(name: string): readonly number[] | null {
    const value = this.fields[name];
    if (value === undefined || value === null) return null;
    const list = [value].flat(8) as readonly unknown[];
    if (!list.every((n) => typeof n === 'number' && Number.isFinite(n))) throw this.fault(name);
    return list as readonly number[];
  }

  /** One of ACTIVATIONS. @throws LensError `own-model-custom-layer` for a function that is not Keras's. */
  activation(): string {
    const value = this.fields['activation'] ?? 'linear';
    // Keras 3 writes a function that was given as such: {"class_name": "function", "config": "relu6"}.
    const isFunction = isObject(value) && value['class_name'] === 'function';
    const name = isFunction ? (value['registered_name'] === 'function' ? value['config'] : value['registered_name']) : value;
    if (isObject(name)) return refuseLayer(`the activation ${String(name['class_name'])}`, this.layer);
    if (typeof name === 'string' && ACTIVATIONS.has(name.toLowerCase())) return name.toLowerCase();
    throw ownModelError('own-model-custom-layer', `the activation ${JSON.stringify(name)} of the layer "${this.layer}"`);
  }

  /** The axes count from the last; the batch is one of them where they are positive. */
  axisFromEnd(rank: number, name = 'axis'): readonly number[] {
    return this.integers(name, [-1]).map((axis) => (axis < 0 ? axis : axis - 1 - rank));
  }

  fault(name: string): Error {
    return ownModelError('own-model-damaged', `${name} of the layer "${this.layer}"`);
  }
}

/** A file's text as JSON. @throws LensError `own-model-damaged`. */
export function parseOwnJson(text: string, what: string): Json {
  try {
    // Python writes NaN and Infinity, which are no JSON, as an optimiser's settings have them.
    const value: unknown = JSON.parse(text.replace(/([:[,]\s*)-?(?:NaN|Infinity)(?=\s*[,\]}])/g, '$1null'));
    if (isObject(value)) return value;
  } catch {
    // Said below.
  }
  throw ownModelError('own-model-damaged', `${what} is not JSON`);
}
