/** manifest.json and golden.json as they come from the network -> the types of domain/manifest.ts. */
import type { GoldenCase, GoldenFile, ManifestFile, ModelManifest, TestMetrics } from '../domain/manifest';
import { convolutionsOf, VGG16, vggShape, type MapLayer, type NetworkShape } from '../domain/network';
import { LensError } from '../domain/errors';
import {
  asConstant,
  asCount,
  asFlag,
  asList,
  asMatch,
  asNumber,
  asPair,
  asRecord,
  asText,
  asTriple,
  type JsonRecord,
} from './json-checks';

const SHA256 = /^[0-9a-f]{64}$/;
/** Plain names below the manifest: no scheme, no '..', no leading slash. */
const FILE_PATH = /^(?:[\w-][\w.-]*\/)*[\w-][\w.-]*$/;
/** A probability cannot lie nearer to 0 or 1 than this as a threshold. */
const THRESHOLD_EDGE = 1e-6;

const GOLDEN_INPUTS = ['gradient', 'checker', 'lesion', 'noise'] as const satisfies readonly GoldenCase['input'][];

/** @throws LensError `model-invalid` with the place of the first fault. */
export function parseManifest(json: unknown): ModelManifest {
  const m = asRecord(json, 'manifest');
  const files = asList(m['files'], 'files', parseFile);
  if (new Set(files.map(({ path }) => path)).size !== files.length) {
    throw new LensError('model-invalid', 'files names a file twice');
  }
  const input = asRecord(m['input'], 'input');
  return {
    format: asConstant(m['format'], 'lesion-lens-model', 'format'),
    version: asText(m['version'], 'version'),
    files,
    input: parseInput(input),
    network: parseNetwork(m, input),
    calibration: parseCalibration(asRecord(m['calibration'], 'calibration')),
    threshold: asNumber(m['threshold'], 'threshold', THRESHOLD_EDGE, 1 - THRESHOLD_EDGE),
    metrics: asList(m['metrics'], 'metrics', parseMetrics),
    quantisation: parseQuantisation(asRecord(m['quantisation'], 'quantisation')),
    trainingData: asList(m['trainingData'], 'trainingData', parseTrainingData),
    licence: asText(m['licence'], 'licence'),
  };
}

function parseFile(value: unknown, where: string): ManifestFile {
  const file = asRecord(value, where);
  return {
    path: asMatch(file['path'], FILE_PATH, `${where}.path`),
    sizeBytes: asCount(file['sizeBytes'], `${where}.sizeBytes`, 1),
    sha256: asMatch(file['sha256'], SHA256, `${where}.sha256`),
  };
}

/** Where the manifest says nothing of its blocks, the network is the one that ships. */
function parseNetwork(m: JsonRecord, input: JsonRecord): NetworkShape {
  const said = m['network'] === undefined ? null : asRecord(m['network'], 'network');
  const network =
    said === null
      ? VGG16
      : shapeOf(asCount(input['side'], 'input.side', 1), {
          blocks: asList(said['blocks'], 'network.blocks', (value, where) => {
            const block = asRecord(value, where);
            return {
              convolutions: asCount(block['convolutions'], `${where}.convolutions`, 1),
              channels: asCount(block['channels'], `${where}.channels`, 1),
            };
          }),
          dense: asList(said['dense'], 'network.dense', (units, where) => asCount(units, where, 1)),
        });
  asConstant(input['side'], network.input.side, 'input.side');
  asConstant(input['channels'], network.input.channels, 'input.channels');
  asConstant(m['parameters'], network.parameters, 'parameters');
  return network;
}

function shapeOf(...[side, blocks]: Parameters<typeof vggShape>): NetworkShape {
  try {
    return vggShape(side, blocks);
  } catch (error) {
    throw new LensError('model-invalid', `network: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function parseInput(input: JsonRecord): ModelManifest['input'] {
  const std = asTriple(input['std'], 'input.std');
  std.forEach((value, c) => asNumber(value, `input.std[${c}]`, Number.MIN_VALUE));
  return {
    mean: asTriple(input['mean'], 'input.mean'),
    std,
  };
}

function parseCalibration(calibration: JsonRecord): ModelManifest['calibration'] {
  return {
    // A slope of 0 or less would turn the ranking round.
    slope: asNumber(calibration['slope'], 'calibration.slope', Number.MIN_VALUE),
    offset: asNumber(calibration['offset'], 'calibration.offset'),
  };
}

function parseMetrics(value: unknown, where: string): TestMetrics {
  const m = asRecord(value, where);
  const share = (key: string): number => asNumber(m[key], `${where}.${key}`, 0, 1);
  return {
    name: asText(m['name'], `${where}.name`),
    heldOut: asFlag(m['heldOut'], `${where}.heldOut`),
    images: asCount(m['images'], `${where}.images`),
    malignant: asCount(m['malignant'], `${where}.malignant`),
    auc: share('auc'),
    aucCi95: asPair(m['aucCi95'], `${where}.aucCi95`),
    sensitivity: share('sensitivity'),
    specificity: share('specificity'),
    ece: share('ece'),
  };
}

function parseQuantisation(q: JsonRecord): ModelManifest['quantisation'] {
  return {
    dtype: asConstant(q['dtype'], 'float16', 'quantisation.dtype'),
    maxScoreChange: asNumber(q['maxScoreChange'], 'quantisation.maxScoreChange', 0, 1),
    aucChange: asNumber(q['aucChange'], 'quantisation.aucChange', -1, 1),
  };
}

function parseTrainingData(value: unknown, where: string): ModelManifest['trainingData'][number] {
  const data = asRecord(value, where);
  return {
    name: asText(data['name'], `${where}.name`),
    licence: asText(data['licence'], `${where}.licence`),
    source: asText(data['source'], `${where}.source`),
  };
}

/**
 * @param manifest - the golden file must belong to it.
 * @throws LensError `model-invalid` with the place of the first fault.
 */
export function parseGolden(json: unknown, { version, network }: ModelManifest): GoldenFile {
  const golden = asRecord(json, 'golden');
  const convolutions = convolutionsOf(network);
  const cases = asList(golden['cases'], 'cases', (value, where) => parseCase(value, where, convolutions));
  if (cases.length === 0) throw new LensError('model-invalid', 'cases is empty');
  return { version: asConstant(golden['version'], version, 'golden version'), cases };
}

function parseCase(value: unknown, where: string, convolutions: readonly MapLayer[]): GoldenCase {
  const c = asRecord(value, where);
  const input = GOLDEN_INPUTS.find((kind) => kind === c['input']);
  if (input === undefined) throw new LensError('model-invalid', `${where}.input is not known`);
  const layers = asList(c['layers'], `${where}.layers`, (layer, at) => parseGoldenLayer(layer, at, convolutions));
  if (layers.length !== convolutions.length || convolutions.some(({ name }, i) => layers[i]?.name !== name)) {
    throw new LensError('model-invalid', `${where}.layers are not the network's, in its order`);
  }
  return {
    input,
    inputSha256: asMatch(c['inputSha256'], SHA256, `${where}.inputSha256`),
    logit: asNumber(c['logit'], `${where}.logit`),
    layers,
  };
}

function parseGoldenLayer(value: unknown, where: string, convolutions: readonly MapLayer[]): GoldenCase['layers'][number] {
  const layer = asRecord(value, where);
  const name = asText(layer['name'], `${where}.name`);
  const shape = convolutions.find((l) => l.name === name);
  return {
    name,
    mean: asNumber(layer['mean'], `${where}.mean`),
    max: asNumber(layer['max'], `${where}.max`),
    samples: asList(layer['samples'], `${where}.samples`, (sample, at) => {
      const s = asRecord(sample, at);
      const [row, column, channel] = asTriple(s['at'], `${at}.at`);
      const last = (shape?.side ?? 0) - 1;
      return {
        at: [
          asCount(asNumber(row, `${at}.at[0]`, 0, last), `${at}.at[0]`),
          asCount(asNumber(column, `${at}.at[1]`, 0, last), `${at}.at[1]`),
          asCount(asNumber(channel, `${at}.at[2]`, 0, (shape?.channels ?? 0) - 1), `${at}.at[2]`),
        ],
        value: asNumber(s['value'], `${at}.value`),
      };
    }),
  };
}
