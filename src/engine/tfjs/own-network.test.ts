/** Against Keras itself: every layer of the coverage models, in each format, on both of tfjs's backends without a screen. */
import { describe, expect, it } from 'vitest';
import type { ModelFile } from '../../domain/own-model';
import { fileAt, folderAt, readRecord } from '../own-model/testing';
import { readOwnModel } from '../own-model/read-own-model';
import { backendRungs } from './backend';
import { createOwnNetwork } from './own-network';
import type { Backend } from '../../domain/loaded-model';

const MODELS = ['mobilenet', 'resnet', 'inception', 'nested', 'mixed', 'preprocessing'];
/** Of the layer's largest absolute value, or of 1 where that is less. */
const TOLERANCE = 1e-4;

function filesOf(name: string, format: string): readonly ModelFile[] {
  return format === 'tfjs' ? folderAt(`${name}.tfjs`) : [fileAt(`${name}.${format}`)];
}

const WASM_FOLDER = new URL('../../../node_modules/@tensorflow/tfjs-backend-wasm/dist/', import.meta.url).pathname;

async function openOn(backend: Backend, files: readonly ModelFile[]) {
  const model = await readOwnModel(files);
  const rung = backendRungs(WASM_FOLDER).findLast((one) => one.backend === backend)!;
  return createOwnNetwork(model, await rung.open());
}

function worstError(found: Float32Array, wanted: Float32Array): number {
  expect(found).toHaveLength(wanted.length);
  const top = wanted.reduce((most, value) => Math.max(most, Math.abs(value)), 1);
  return found.reduce((worst, value, i) => Math.max(worst, Math.abs(value - wanted[i]!) / top), 0);
}

describe.each(['wasm', 'cpu'] as const)('%s', (backend) => {
  describe.each(['keras2.h5', 'keras3.h5', 'keras2.keras', 'keras', 'tfjs'])('%s', (format) => {
    it.each(MODELS)('%s: every layer as Keras has it', async (name) => {
      const isOther = name === 'inception' && (format === 'keras' || format === 'keras3.h5');
      const record = readRecord(isOther ? 'inception.keras3' : name);
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
