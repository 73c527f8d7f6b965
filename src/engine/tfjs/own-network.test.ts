/** Against Keras itself: every layer of the coverage models, in each format, on both of tfjs's backends without a screen. */
import { getBackend } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import type { ModelFile } from '../../domain/own-model';
import { fileAt, folderAt, readRecord } from '../own-model/testing';
import { readOwnModel, type ReadLayers } from '../own-model/read-own-model';
import type { OwnNetwork } from '../own-compute';
import { openBackend } from './backend';
import { createOwnNetwork, openOwnModel } from './own-network';
import type { Backend } from '../../domain/loaded-model';

const MODELS = ['mobilenet', 'resnet', 'inception', 'nested', 'mixed', 'preprocessing', 'operations'];
/** Of the layer's largest absolute value, or of 1 where that is less. */
const TOLERANCE = 1e-4;

function filesOf(name: string, format: string): readonly ModelFile[] {
  return format === 'tfjs' ? folderAt(`${name}.tfjs`) : [fileAt(`${name}.${format}`)];
}

const WASM_FOLDER = new URL('../../../node_modules/@tensorflow/tfjs-backend-wasm/dist/', import.meta.url).pathname;

async function openOn(backend: Backend, files: readonly ModelFile[]): Promise<OwnNetwork> {
  const model = (await readOwnModel(files)) as ReadLayers;
  return createOwnNetwork(model, await openBackend(backend, WASM_FOLDER, 1));
}

function worstError(found: Float32Array, wanted: Float32Array): number {
  expect(found).toHaveLength(wanted.length);
  const top = wanted.reduce((most, value) => Math.max(most, Math.abs(value)), 1);
  return found.reduce((worst, value, i) => Math.max(worst, Math.abs(value - wanted[i]!) / top), 0);
}

it('opens where nothing of tfjs is open, closes, and opens again', async () => {
  const { input, output } = readRecord('nested');
  for (let times = 0; times < 2; times++) {
    const network = await openOwnModel([fileAt('nested.keras2.h5')], WASM_FOLDER);
    expect(worstError(await network.score(input), Float32Array.from(output))).toBeLessThan(TOLERANCE);
    network.dispose();
    await expect(openOwnModel([fileAt('others/nan.keras')], WASM_FOLDER)).rejects.toMatchObject({ code: 'own-model-not-finite' });
    expect(getBackend()).toBeFalsy();
  }
});

it('shares a backend that is open, and leaves the one that tfjs is on', async () => {
  const [first, second] = [await openOn('wasm', [fileAt('resnet.keras')]), await openOn('wasm', [fileAt('nested.keras')])];
  const cpu = await openBackend('cpu', WASM_FOLDER, 1);
  first.dispose();
  first.dispose();
  const { input, output } = readRecord('nested');
  expect(worstError(await second.score(input), Float32Array.from(output))).toBeLessThan(TOLERANCE);
  expect(getBackend()).toBe('cpu');
  second.dispose();
  cpu.close();
});

it('mutes filters by computing on from them, and keeps nothing', async () => {
  const network = await openOn('wasm', [fileAt('inception.keras')]);
  const { input } = readRecord('inception.keras3');
  const before = network.memory().buffers;
  const { run, outputs } = await network.forward(input);
  const all = network.memory().buffers;
  const mute = (channels: number, ...muted: number[]) =>
    Float32Array.from({ length: channels }, (_, i) => (muted.includes(i) ? 0 : 1));
  const [none, some, later] = await network.mutedOutputs(run, [
    new Map([['stem', mute(6)]]),
    new Map([['stem', mute(6, 0, 1, 2, 3, 4, 5)]]),
    new Map([
      ['stem', mute(6, 1)],
      ['b2', mute(4, 0, 1, 2, 3)],
    ]),
  ]);
  expect(none).toEqual(outputs);
  expect(new Set([outputs[0], some![0], later![0]]).size).toBe(3);
  expect(network.memory().buffers).toBe(all);
  const whole = await network.readMaps(run, 'b2');
  const map = await network.readMap(run, 'b2', 2);
  expect(map).toEqual(whole.filter((_, i) => i % 4 === 2));
  network.release(run);
  expect(network.memory().buffers).toBe(before);
  await expect(network.readMaps(run, 'b2')).rejects.toMatchObject({ code: 'unexpected' });
  network.dispose();
});

describe.each(['wasm', 'cpu'] as const)('%s', (backend) => {
  describe.each(['keras2.h5', 'keras3.h5', 'keras2.keras', 'keras', 'tfjs'])('%s', (format) => {
    // Keras 2 cannot write what is in `operations` into its zip.
    const models = MODELS.filter((name) => name !== 'operations' || format !== 'keras2.keras');
    it.each(models)('%s: every layer as Keras has it', async (name) => {
      const isOther = (name === 'inception' || name === 'operations') && (format === 'keras' || format === 'keras3.h5');
      const record = readRecord(isOther ? `${name}.keras3` : name);
      const network = await openOn(backend, filesOf(name, format));
      try {
        const { facts } = network;
        expect(facts.totals).toMatchObject({ parameters: record.parameters, trainable: record.trainable });
        const { run, outputs } = await network.forward(record.input);
        const errors: [string, number][] = [['output', worstError(outputs, Float32Array.from(record.output))]];
        for (const layer of record.layers.filter(({ shape }) => shape.length === 3 && shape[0]! * shape[1]! > 1)) {
          const shown = facts.layers.find(({ name: own }) => own === layer.path || own === layer.path.split('/').at(-1))!;
          errors.push([layer.path, worstError(await network.readMaps(run, shown.name), layer.values)]);
        }
        expect(errors.filter(([, error]) => error > TOLERANCE)).toEqual([]);
      } finally {
        network.dispose();
      }
    });
  });
});
