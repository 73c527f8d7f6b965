/** The model's JSON files, each checked by a schema before anything is made of it. */
import type { GenericSchema, InferOutput } from 'valibot';
import { LensError } from '../domain/errors';
import { checkSchema, readJson, type Checked } from '../domain/schema';

/** @throws LensError `model-invalid`. */
export function parseJson(bytes: ArrayBuffer, path: string): unknown {
  return valueOf(readJson(bytes, path));
}

/** @throws LensError `model-invalid` with the place of the first fault. */
export function checkModel<const Schema extends GenericSchema>(
  schema: Schema,
  value: unknown,
  root: string,
): InferOutput<Schema> {
  return valueOf(checkSchema(schema, value, root));
}

function valueOf<T>(checked: Checked<T>): T {
  if (!checked.ok) throw new LensError('model-invalid', checked.fault);
  return checked.value;
}
