export interface ListedValue {
  readonly index: number;
  readonly value: number;
}

/** The `count` entries furthest from zero, furthest first; ties keep their order, NaN is left out. */
export function strongest(values: Float32Array, count: number): readonly ListedValue[] {
  return topBy(values, count, Math.abs);
}

/** The `count` greatest entries, greatest first; ties keep their order, NaN is left out. */
export function greatest(values: Float32Array, count: number): readonly ListedValue[] {
  return topBy(values, count, (value) => value);
}

function topBy(values: Float32Array, count: number, key: (value: number) => number): readonly ListedValue[] {
  return Array.from(values, (value, index) => ({ index, value }))
    .filter(({ value }) => !Number.isNaN(value))
    .sort((a, b) => key(b.value) - key(a.value) || a.index - b.index)
    .slice(0, count);
}

/** Every index, by value from greatest to least; ties keep their order. */
export function orderByValue(values: Float32Array): readonly number[] {
  return greatest(values, values.length).map(({ index }) => index);
}

/** How many entries are numbers: those of a measurement under way that are measured. */
export function countMeasured(values: Float32Array): number {
  return values.reduce((count, value) => (Number.isNaN(value) ? count : count + 1), 0);
}
