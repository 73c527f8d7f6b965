/** manifest.json and golden.json as they come from the network -> the types of domain/manifest.ts. */
import {
  array,
  boolean,
  check,
  exactOptional,
  literal,
  looseObject,
  minLength,
  nullable,
  object,
  optional,
  picklist,
  pipe,
  regex,
  strictTuple,
  string,
  type InferOutput,
} from 'valibot';
import type { CurveRow, GoldenCase, GoldenFile, ModelManifest } from '../domain/manifest';
import { LensError } from '../domain/errors';
import { convolutionsOf, VGG16, vggShape, type NetworkShape } from '../domain/network';
import { PICTURE_KINDS } from '../domain/probes';
import { COUNT, countIn, FINITE, listUpTo, numberIn, SHA256_HEX, SHARE, TEXT } from '../domain/schema';
import { checkModel } from './model-json';

/** Plain names below the manifest: no scheme, no '..', no leading slash. */
const FILE_PATH = /^(?:[\w-][\w.-]*\/)*[\w-][\w.-]*$/;
/** A probability cannot lie nearer to 0 or 1 than this as a threshold. */
const THRESHOLD_EDGE = 1e-6;
const POSITIVE = numberIn(Number.MIN_VALUE, Infinity);

const GOLDEN_INPUTS = ['gradient', 'checker', 'lesion', 'noise'] as const satisfies readonly GoldenCase['input'][];

const FILE = object({ path: pipe(string(), regex(FILE_PATH)), sizeBytes: countIn(1), sha256: SHA256_HEX });

/** With more, the manifest would grow for nothing: a row is one of a hundred pictures. */
const CURVE_ROWS = 101;
const CURVE = pipe(
  listUpTo(CURVE_ROWS, strictTuple([SHARE, SHARE, SHARE])),
  minLength(1, 'a list with something in it'),
  check((rows) => rows.every((row, i) => i === 0 || isAfter(row, rows[i - 1]!)), 'rows of ascending thresholds'),
);

/** A higher threshold finds no more malignant pictures and raises no more false alarms. */
function isAfter([threshold, sensitivity, specificity]: CurveRow, before: CurveRow): boolean {
  return threshold > before[0] && sensitivity <= before[1] && specificity >= before[2];
}

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
  kind: exactOptional(picklist(PICTURE_KINDS)),
  curve: exactOptional(CURVE),
});

/** A slope of 0 or less would turn the ranking round. */
const CALIBRATION = object({ slope: POSITIVE, offset: FINITE });

const PROBES = object({ path: TEXT, limits: object({ unlike: FINITE, phone: strictTuple([FINITE, FINITE]) }) });

/** Where the manifest says nothing of it, the network is the one that ships. */
const NETWORK = object({
  blocks: pipe(array(object({ convolutions: countIn(1), channels: countIn(1) })), minLength(1, 'a list with something in it')),
  dense: pipe(array(countIn(1)), minLength(1, 'a list with something in it')),
});

/** What says which network it is: looked at first, as the rest must fit it. */
const FAMILY = looseObject({ network: optional(NETWORK), input: looseObject({ side: countIn(1) }) });

const manifestOf = (network: NetworkShape) =>
  object({
    format: literal('lesion-lens-model'),
    version: TEXT,
    files: pipe(
      array(FILE),
      check((files) => new Set(files.map(({ path }) => path)).size === files.length, 'a list that names each file once'),
    ),
    input: object({
      side: literal(network.input.side),
      channels: literal(network.input.channels),
      mean: strictTuple([FINITE, FINITE, FINITE]),
      std: strictTuple([POSITIVE, POSITIVE, POSITIVE]),
    }),
    probes: optional(nullable(PROBES), null),
    calibration: CALIBRATION,
    calibrations: optional(object({ dermatoscope: exactOptional(CALIBRATION), phone: exactOptional(CALIBRATION) }), {}),
    viewLimits: optional(object({ dermatoscope: exactOptional(SHARE), phone: exactOptional(SHARE) }), {}),
    threshold: numberIn(THRESHOLD_EDGE, 1 - THRESHOLD_EDGE),
    metrics: array(METRICS),
    quantisation: object({ dtype: picklist(['float16', 'int8']), maxScoreChange: SHARE, aucChange: numberIn(-1, 1) }),
    trainingData: array(object({ name: TEXT, licence: TEXT, source: TEXT })),
    licence: TEXT,
  });

/** The network's layers in its order, each with places that it has. */
function goldenLayers(network: NetworkShape) {
  return strictTuple(
    convolutionsOf(network).map(({ name, side, channels }) => {
      const place = countIn(0, side - 1);
      const sample = object({ at: strictTuple([place, place, countIn(0, channels - 1)]), value: FINITE });
      return object({ name: literal(name), mean: FINITE, max: FINITE, samples: array(sample) });
    }),
  );
}

/** @throws LensError `model-invalid` with the place of the first fault. */
export function parseManifest(json: unknown): ModelManifest {
  const family = checkModel(FAMILY, json, 'manifest');
  const network = family.network === undefined ? VGG16 : shapeOf(family.input.side, family.network);
  checkModel(looseObject({ parameters: literal(network.parameters) }), json, 'manifest');
  const { input, ...facts } = checkModel(manifestOf(network), json, 'manifest');
  return { ...facts, input: { mean: input.mean, std: input.std }, network };
}

/**
 * @param manifest - the golden file must belong to it.
 * @throws LensError `model-invalid` with the place of the first fault.
 */
export function parseGolden(json: unknown, { version, network }: ModelManifest): GoldenFile {
  const goldenCase = object({
    input: picklist(GOLDEN_INPUTS),
    inputSha256: SHA256_HEX,
    logit: FINITE,
    layers: goldenLayers(network),
  });
  const cases = pipe(array(goldenCase), minLength(1, 'a list with something in it'));
  return checkModel(object({ version: literal(version), cases }), json, 'golden');
}

function shapeOf(side: number, said: InferOutput<typeof NETWORK>): NetworkShape {
  try {
    return vggShape(side, said);
  } catch (error) {
    throw new LensError('model-invalid', `manifest: network: ${error instanceof Error ? error.message : String(error)}`);
  }
}
