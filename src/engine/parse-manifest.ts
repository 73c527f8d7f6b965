/** manifest.json and golden.json as they come from the network -> the types of domain/manifest.ts. */
import { array, boolean, check, literal, minLength, object, picklist, pipe, regex, strictTuple, string, type GenericSchema } from 'valibot';
import type { GoldenCase, GoldenFile, ModelManifest } from '../domain/manifest';
import { CONV_LAYERS, INPUT_PX, PARAMETERS } from '../domain/network';
import { COUNT, countIn, FINITE, numberIn, SHA256_HEX, SHARE, TEXT } from '../domain/schema';
import { checkModel } from './model-json';

/** Plain names below the manifest: no scheme, no '..', no leading slash. */
const FILE_PATH = /^(?:[\w-][\w.-]*\/)*[\w-][\w.-]*$/;
/** A probability cannot lie nearer to 0 or 1 than this as a threshold. */
const THRESHOLD_EDGE = 1e-6;
const POSITIVE = numberIn(Number.MIN_VALUE, Infinity);

const GOLDEN_INPUTS = ['gradient', 'checker', 'lesion', 'noise'] as const satisfies readonly GoldenCase['input'][];

const FILE = object({ path: pipe(string(), regex(FILE_PATH)), sizeBytes: countIn(1), sha256: SHA256_HEX });

const METRICS = object({
  name: TEXT,
  heldOut: boolean(),
  images: COUNT,
  malignant: COUNT,
  auc: SHARE,
  aucCi95: strictTuple([FINITE, FINITE]),
  sensitivity: SHARE,
  specificity: SHARE,
  ece: SHARE,
});

const MANIFEST = object({
  format: literal('lesion-lens-model'),
  version: TEXT,
  files: pipe(
    array(FILE),
    check((files) => new Set(files.map(({ path }) => path)).size === files.length, 'a list that names each file once'),
  ),
  input: object({
    side: literal(INPUT_PX),
    channels: literal(3),
    mean: strictTuple([FINITE, FINITE, FINITE]),
    std: strictTuple([POSITIVE, POSITIVE, POSITIVE]),
  }),
  parameters: literal(PARAMETERS),
  // A slope of 0 or less would turn the ranking round.
  calibration: object({ slope: POSITIVE, offset: FINITE }),
  threshold: numberIn(THRESHOLD_EDGE, 1 - THRESHOLD_EDGE),
  metrics: array(METRICS),
  quantisation: object({ dtype: literal('float16'), maxScoreChange: SHARE, aucChange: numberIn(-1, 1) }),
  trainingData: array(object({ name: TEXT, licence: TEXT, source: TEXT })),
  licence: TEXT,
}) satisfies GenericSchema<unknown, ModelManifest>;

/** The network's layers in its order, each with places that it has. */
const GOLDEN_LAYERS = strictTuple(
  CONV_LAYERS.map(({ name, side, channels }) => {
    const place = countIn(0, side - 1);
    const sample = object({ at: strictTuple([place, place, countIn(0, channels - 1)]), value: FINITE });
    return object({ name: literal(name), mean: FINITE, max: FINITE, samples: array(sample) });
  }),
);

const GOLDEN_CASES = pipe(
  array(object({ input: picklist(GOLDEN_INPUTS), inputSha256: SHA256_HEX, logit: FINITE, layers: GOLDEN_LAYERS })),
  minLength(1, 'a list with something in it'),
);

/** @throws LensError `model-invalid` with the place of the first fault. */
export function parseManifest(json: unknown): ModelManifest {
  return checkModel(MANIFEST, json, 'manifest');
}

/**
 * @param version - of the manifest; the golden file must belong to it.
 * @throws LensError `model-invalid` with the place of the first fault.
 */
export function parseGolden(json: unknown, version: string): GoldenFile {
  return checkModel(object({ version: literal(version), cases: GOLDEN_CASES }), json, 'golden');
}
