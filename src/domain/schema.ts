/** Checks of data that come from outside: JSON of the model, records and files of the diary. Schemas are valibot's. */
import {
  array,
  finite,
  integer,
  maxLength,
  maxValue,
  minValue,
  nonEmpty,
  number,
  pipe,
  regex,
  safeParse,
  string,
  type BaseIssue,
  type GenericSchema,
  type InferOutput,
} from 'valibot';

/** `fault`: the place of the first one and what should be there, for instance "files[0].sizeBytes is not a whole number". */
export type Checked<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly fault: string };

export const FINITE = pipe(number(), finite('a finite number'));
export const SHARE = numberIn(0, 1);
export const COUNT = countIn(0);
export const TEXT = pipe(string(), nonEmpty('a text'));
export const SHA256_HEX = pipe(string(), regex(/^[0-9a-f]{64}$/));

/** From `low` to `high`, both included. */
export function numberIn(low: number, high: number) {
  const wanted = `from ${low} to ${high}`;
  return pipe(FINITE, minValue(low, wanted), maxValue(high, wanted));
}

/** A whole number from `low` to `high`, both included. */
export function countIn(low: number, high = Number.MAX_SAFE_INTEGER) {
  const wanted = `from ${low} to ${high}`;
  return pipe(number(), integer('a whole number'), minValue(low, wanted), maxValue(high, wanted));
}

export function textUpTo(length: number) {
  return pipe(string(), maxLength(length, `a text of at most ${length} characters`));
}

export function listUpTo<const Item extends GenericSchema>(length: number, item: Item) {
  return pipe(array(item), maxLength(length, `a list of at most ${length}`));
}

/**
 * @param root - what the whole is called where it is at fault itself.
 * @returns what the schema makes of the value: an object has the schema's fields in its order, and no others.
 */
export function checkSchema<const Schema extends GenericSchema>(
  schema: Schema,
  value: unknown,
  root: string,
): Checked<InferOutput<Schema>> {
  const result = safeParse(schema, value, { abortEarly: true });
  return result.success ? { ok: true, value: result.output } : { ok: false, fault: describeIssue(result.issues[0], root) };
}

/** UTF-8 and JSON. @param root - see `checkSchema`. */
export function readJson(bytes: ArrayBuffer | Uint8Array, root: string): Checked<unknown> {
  try {
    return { ok: true, value: JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) };
  } catch {
    return { ok: false, fault: `${root} is not JSON` };
  }
}

const WORDS: Readonly<Record<string, string>> = {
  Object: 'an object',
  Array: 'a list',
  string: 'a text',
  number: 'a number',
  boolean: 'true or false',
};

/** How messages begin that no schema of ours words. */
const DEFAULT_MESSAGE = 'Invalid ';

function describeIssue({ path, expected, message }: BaseIssue<unknown>, root: string): string {
  const keys = (path ?? []).map(({ key }) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`));
  const place = keys.join('').replace(/^\./, '') || root;
  if (path?.at(-1)?.origin === 'key') return `${place} is missing`;
  const wanted = expected !== null && message.startsWith(DEFAULT_MESSAGE) ? (WORDS[expected] ?? expected) : message;
  return `${place} is not ${wanted}`;
}
