/** The shipped model as a Keras file; KERAS_EXPORT names a folder where it is left for Keras itself (training/tests/test_keras_export.py). */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { encode } from 'fast-png';
import { drawGoldenInput } from '../../domain/golden-input';
import { MODEL_VERSION } from '../../domain/model-version';
import { normaliseRgb } from '../../domain/normalise';
import { kerasWords } from '../../words/en/keras-words';
import { halvesToFloats } from '../halves';
import { readHalves } from '../weight-files';
import { readArtifacts } from '../model-artifacts';
import { openTestNetwork } from '../tfjs/testing';
import { MODEL_URL, serveFiles } from '../testing';
import { createModelStore, type VerifiedModel } from '../weights';
import { readKerasH5 } from './keras-h5';
import { readOwnModel, type ReadLayers } from './read-own-model';
import { writeKerasH5 } from './write-keras';

const FOLDER = process.env['KERAS_EXPORT'] ?? '';
const MODEL_DIR = new URL(`../../../public/model/${MODEL_VERSION}/`, import.meta.url);
const WASM_FOLDER = new URL('../../../node_modules/@tensorflow/tfjs-backend-wasm/dist/', import.meta.url).pathname;
const PICTURES = ['lesion', 'noise'] as const;

let model: VerifiedModel;
let file: Uint8Array<ArrayBuffer>;

beforeAll(async () => {
  const read = (name: string): Uint8Array<ArrayBuffer> => new Uint8Array(readFileSync(new URL(name, MODEL_DIR)));
  model = await createModelStore(serveFiles(read)).fetchModel(MODEL_URL, () => undefined);
  file = await writeKerasH5(model);
  if (FOLDER !== '') await leaveForKeras(read);
});

/** Beside the file: pictures, the engine's logits of them, the Python that the page shows. */
async function leaveForKeras(read: (name: string) => Uint8Array<ArrayBuffer>): Promise<void> {
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(`${FOLDER}/model.h5`, file);
  const test = await openTestNetwork('wasm', WASM_FOLDER, read);
  const { network, input } = test;
  const { side } = network.shape.input;
  const logits: number[] = [];
  for (const picture of PICTURES) {
    const rgb = drawGoldenInput(picture, side);
    writeFileSync(`${FOLDER}/${picture}.png`, encode({ width: side, height: side, channels: 3, data: rgb }));
    logits.push(await network.score(normaliseRgb(rgb, input.mean, input.std)));
  }
  test.close();
  const { calibration } = model.manifest;
  const { parameters } = network.shape;
  writeFileSync(`${FOLDER}/expected.json`, JSON.stringify({ parameters, calibration, pictures: PICTURES, logits }));
  writeFileSync(`${FOLDER}/snippet.py`, kerasWords.snippet(model.manifest, 'model.h5', 'photo.png'));
}

describe('writeKerasH5', () => {
  it('is a Keras model with all parameters and a sigmoid end', async () => {
    const { facts } = (await readOwnModel([{ name: 'model.h5', blob: new Blob([file]) }])) as ReadLayers;
    expect(facts.format).toBe('keras-h5');
    expect(facts.totals.parameters).toBe(16_812_353);
    expect(facts.output).toMatchObject({ units: 1, activation: 'sigmoid' });
  });

  it('has every weight, bit by bit', async () => {
    const { weights } = await readKerasH5(file);
    const artifacts = readArtifacts(model);
    const written = [...weights.values()].flat();
    expect(written.length).toBe(artifacts.weightSpecs.length);
    artifacts.weightSpecs.forEach(({ name }, i) => {
      const wanted = halvesToFloats(readHalves(artifacts, i));
      const found = written[i]!;

      expect(found.length, name).toBe(wanted.length);
      expect(
        found.every((value: number, k: number) => Object.is(value, wanted[k])),
        name,
      ).toBe(true);
    });
  });
});
