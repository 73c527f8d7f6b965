/** Graphs that the converter made of the coverage models, against what Keras computes; testdata/README.md. */
import { describe, expect, it } from 'vitest';
import { fileAt, folderAt, readRecord } from '../own-model/testing';
import { openOwnModel } from './own-network';
import type { OwnNetwork } from '../own-compute';
import type { ModelFile } from '../../domain/own-model';

const WASM_FOLDER = new URL('../../../node_modules/@tensorflow/tfjs-backend-wasm/dist/', import.meta.url).pathname;
/** Of the layer's largest absolute value, or of 1 where that is less; the converter has joined layers. */
const TOLERANCE = 1e-4;

function open(files: readonly ModelFile[]): Promise<OwnNetwork> {
  return openOwnModel(files, WASM_FOLDER);
}

function worstError(found: Float32Array, wanted: Float32Array): number {
  const top = wanted.reduce((most, value) => Math.max(most, Math.abs(value)), 1);
  return found.reduce((worst, value, i) => Math.max(worst, Math.abs(value - wanted[i]!) / top), 0);
}

describe.each([
  ['mobilenet', 'sigmoid', 13],
  ['resnet', 'softmax', 9],
  ['nested', 'sigmoid', 8],
] as const)('%s', (name, activation, layers) => {
  it('outputs and layers as Keras has them', async () => {
    const record = readRecord(name);
    const network = await open(folderAt(`${name}.graph`));
    const { facts } = network;
    const { run, outputs } = await network.forward(record.input);
    const errors: [string, number][] = [['output', worstError(outputs, Float32Array.from(record.output))]];
    for (const { path, shape, values } of record.layers) {
      const joined = path.replace(/(_depthwise)_BN$/, '$1');
      const isBeforeJoined = record.layers.some((layer) => layer.path === `${path}_BN`);
      const shown = isBeforeJoined ? undefined : facts.layers.find((layer) => layer.name === joined);
      if (shown === undefined || shape.length !== 3) continue;
      errors.push([path, worstError(await network.readMaps(run, shown.name), values)]);
    }
    expect(errors.filter(([, error]) => error > TOLERANCE)).toEqual([]);
    expect(errors.length).toBeGreaterThan(8);
    expect(facts).toMatchObject({ format: 'tfjs-graph', output: { activation } });
    expect(facts.layers).toHaveLength(layers);
    network.dispose();
  });
});

it('mutes filters as the same model in layers does', async () => {
  const { input } = readRecord('resnet');
  const graph = await open(folderAt('resnet.graph'));
  const layers = await open([fileAt('resnet.keras')]);
  const masks = [
    new Map([['conv1_relu', Float32Array.of(1, 0, 1, 1, 0, 1, 1, 1)]]),
    new Map([
      ['conv1_relu', Float32Array.of(1, 0, 1, 1, 0, 1, 1, 1)],
      ['b1_1_conv', Float32Array.of(0, 1, 1, 0)],
    ]),
  ];
  const before = graph.memory().buffers;
  const run = await graph.forward(input);
  const [found, wanted] = [
    await graph.mutedOutputs(run.run, masks),
    await layers.mutedOutputs((await layers.forward(input)).run, masks),
  ];
  found.forEach((outputs, i) => expect(worstError(outputs, wanted[i]!)).toBeLessThan(TOLERANCE));
  expect(worstError(found[0]!, run.outputs)).toBeGreaterThan(1e-3);
  graph.release(run.run);
  layers.dispose();
  graph.dispose();
  expect(before).toBeGreaterThan(0);
});
