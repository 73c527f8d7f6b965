import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { VGG16, vggShape } from '../domain/network';
import { MODEL_VERSION } from '../domain/model-version';
import { parseGolden, parseManifest } from './parse-manifest';

function read(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`../../public/model/${MODEL_VERSION}/${name}`, import.meta.url), 'utf8'));
}

const MANIFEST = read('manifest.json');
const GOLDEN = read('golden.json');

/** A copy with another value, or none (undefined), at a place such as `files.0.path`. */
function spoil(json: unknown, place: string, value: unknown): unknown {
  const keys = place.split('.');
  const last = keys.pop() ?? '';
  const copy = structuredClone(json) as Record<string, unknown>;
  const holder = keys.reduce((at, key) => at[key] as Record<string, unknown>, copy);
  if (value === undefined) Reflect.deleteProperty(holder, last);
  else holder[last] = value;
  return copy;
}

/** A fault names its place first, or one inside of it. */
function faultAt(place: string) {
  const start = place.replaceAll(/[.[\]]/g, '\\$&');
  const detail = expect.stringMatching(new RegExp(`^${start}[\\w.[\\]]* (is|are) .+`)) as string;
  return expect.objectContaining({ code: 'model-invalid', detail }) as Error;
}

describe('parseManifest', () => {
  it('takes the shipped one as it is, and of one with more only what it knows', () => {
    const { parameters, input, ...facts } = MANIFEST as { parameters: number; input: { mean: number[]; std: number[] } };
    const wanted = {
      probes: null,
      calibrations: {},
      viewLimits: {},
      ...facts,
      input: { mean: input.mean, std: input.std },
      network: VGG16,
    };
    expect(parameters).toBe(VGG16.parameters);
    expect(parseManifest(MANIFEST)).toEqual(wanted);
    expect(parseManifest(spoil(spoil(MANIFEST, 'news', 1), 'files.0.news', 1))).toEqual(wanted);
  });

  it('takes another network of the family, if its numbers agree', () => {
    const network = {
      blocks: [
        { convolutions: 1, channels: 4 },
        { convolutions: 2, channels: 6 },
      ],
      dense: [5, 1],
    };
    const small = spoil(spoil(spoil(MANIFEST, 'network', network), 'input.side', 32), 'parameters', 2595);
    expect(parseManifest(small).network).toEqual(vggShape(32, network));
    expect(() => parseManifest(spoil(small, 'parameters', 2594))).toThrow(faultAt('parameters'));
    expect(() => parseManifest(spoil(small, 'input.side', 30))).toThrow('halved');
    expect(() => parseManifest(spoil(small, 'network.blocks.1.channels', 0))).toThrow(faultAt('network.blocks[1].channels'));
  });

  it('has of each set a curve that says at the own line what the figures say, to the four digits that it has', () => {
    const { metrics, threshold } = parseManifest(MANIFEST);
    for (const { kind, curve = [], sensitivity, specificity } of metrics) {
      expect(kind).toBeDefined();
      const [, found = 0, quiet = 0] = curve.find(([at]) => at === threshold) ?? [];
      expect(sensitivity - found).toBeGreaterThanOrEqual(0);
      expect(specificity - quiet).toBeGreaterThanOrEqual(0);
      expect(Math.max(sensitivity - found, specificity - quiet)).toBeLessThan(1e-4);
    }
  });

  it('takes figures without a kind and a curve, as models had them before', () => {
    const older = spoil(spoil(MANIFEST, 'metrics.0.kind', undefined), 'metrics.0.curve', undefined);
    const [first] = parseManifest(older).metrics;
    expect(first?.auc).toBeGreaterThan(0.8);
    expect(first).not.toHaveProperty('kind');
    expect(first).not.toHaveProperty('curve');
  });

  it.each<[string, string, unknown]>([
    ['metrics[0].kind', 'metrics.0.kind', 'telescope'],
    ['metrics[0].curve', 'metrics.0.curve', []],
    ['metrics[0].curve', 'metrics.0.curve', Array.from({ length: 102 }, (_, i) => [i / 102, 0.5, 0.5])],
    ['metrics[0].curve[0]', 'metrics.0.curve', [[0.5, 1]]],
    ['metrics[0].curve[0][1]', 'metrics.0.curve', [[0.5, 1.1, 0]]],
    [
      'metrics[0].curve',
      'metrics.0.curve',
      [
        [0.5, 1, 0],
        [0.5, 1, 0],
      ],
    ],
    [
      'metrics[0].curve',
      'metrics.0.curve',
      [
        [0.4, 0.9, 0.5],
        [0.5, 0.91, 0.5],
      ],
    ],
    [
      'metrics[0].curve',
      'metrics.0.curve',
      [
        [0.4, 0.9, 0.5],
        [0.5, 0.9, 0.49],
      ],
    ],
    ['format', 'format', 'x'],
    ['version', 'version', ''],
    ['version', 'version', undefined],
    ['files', 'files', {}],
    ['files', 'files', null],
    ['files[1]', 'files.1', 'model.json'],
    ['files[0].path', 'files.0.path', '../x'],
    ['files[0].path', 'files.0.path', '/x'],
    ['files[0].path', 'files.0.path', 'https://x'],
    ['files[2].sizeBytes', 'files.2.sizeBytes', 0],
    ['files[2].sizeBytes', 'files.2.sizeBytes', 1.5],
    ['files[2].sizeBytes', 'files.2.sizeBytes', '1'],
    ['files[2].sha256', 'files.2.sha256', 'A'.repeat(64)],
    ['input', 'input', []],
    ['input.side', 'input.side', 64],
    ['input.channels', 'input.channels', 1],
    ['input.mean', 'input.mean', [0, 0]],
    ['input.mean[1]', 'input.mean', [0, 'x', 0]],
    ['input.std[1]', 'input.std', [1, 0, 1]],
    ['parameters', 'parameters', 1],
    ['calibration.slope', 'calibration.slope', 0],
    ['calibration.offset', 'calibration.offset', null],
    ['threshold', 'threshold', 0],
    ['threshold', 'threshold', 1],
    ['metrics[0].heldOut', 'metrics.0.heldOut', 'yes'],
    ['metrics[0].images', 'metrics.0.images', -1],
    ['metrics[0].auc', 'metrics.0.auc', 1.01],
    ['metrics[0].aucCi95', 'metrics.0.aucCi95', [0.5]],
    ['quantisation.dtype', 'quantisation.dtype', 'uint8'],
    ['quantisation.aucChange', 'quantisation.aucChange', -2],
    ['trainingData[0].licence', 'trainingData.0.licence', ''],
    ['licence', 'licence', 3],
  ])('names %s where %s is %j', (place, at, value) => {
    expect(() => parseManifest(spoil(MANIFEST, at, value))).toThrow(faultAt(place));
  });

  it('names the first of several faults', () => {
    expect(() => parseManifest(spoil(spoil(MANIFEST, 'licence', 3), 'input.side', 64))).toThrow(faultAt('input.side'));
  });

  it.each([null, [], 'x', 3])('refuses %j as a whole', (value) => {
    expect(() => parseManifest(value)).toThrow(expect.objectContaining({ code: 'model-invalid' }) as Error);
  });

  it('refuses a file named twice', () => {
    const { files } = MANIFEST as { files: unknown[] };
    expect(() => parseManifest(spoil(MANIFEST, 'files', [...files, files[0]]))).toThrow(
      expect.objectContaining({ code: 'model-invalid', detail: expect.stringMatching(/^files /) as string }) as Error,
    );
  });
});

describe('parseGolden', () => {
  const { version } = GOLDEN as { version: string };
  const manifest = parseManifest(MANIFEST);

  it('takes the shipped one as it is', () => {
    expect(parseGolden(GOLDEN, manifest)).toMatchObject({ version });
    expect(parseGolden(GOLDEN, manifest).cases).toHaveLength((GOLDEN as { cases: unknown[] }).cases.length);
  });

  it.each<[string, string, unknown]>([
    ['cases', 'cases', []],
    ['cases[0].input', 'cases.0.input', 'cat'],
    ['cases[0].inputSha256', 'cases.0.inputSha256', 'abc'],
    ['cases[1].logit', 'cases.1.logit', null],
    ['cases[0].layers', 'cases.0.layers', []],
    ['cases[0].layers', 'cases.0.layers.3.name', 'block9_conv1'],
    ['cases[0].layers[12].max', 'cases.0.layers.12.max', '1'],
    ['cases[0].layers[12].samples[0].value', 'cases.0.layers.12.samples.0.value', undefined],
    ['cases[0].layers[12].samples[0].at[0]', 'cases.0.layers.12.samples.0.at.0', 8],
    ['cases[0].layers[12].samples[0].at[2]', 'cases.0.layers.12.samples.0.at.2', 512],
    ['cases[0].layers[12].samples[0].at[1]', 'cases.0.layers.12.samples.0.at.1', 0.5],
    ['cases[0].layers[12].samples[0].at', 'cases.0.layers.12.samples.0.at', [0, 0]],
  ])('names %s where %s is %j', (place, at, value) => {
    expect(() => parseGolden(spoil(GOLDEN, at, value), manifest)).toThrow(faultAt(place));
  });

  it('refuses one of another model', () => {
    expect(() => parseGolden(GOLDEN, { ...manifest, version: 'other' })).toThrow(
      expect.objectContaining({ code: 'model-invalid' }) as Error,
    );
  });
});
