/** The tutorial's network as Keras writes it, 67 MB, where tools/keras-oracle/tutorial_model.py has left it: KERAS_TUTORIAL. */
import { existsSync, openAsBlob, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { kerasArchitecture } from '../../domain/keras-architecture';
import { VGG16 } from '../../domain/network';
import { readOwnModel, type ReadLayers } from '../own-model/read-own-model';
import { openBackend } from './backend';
import { createOwnNetwork } from './own-network';

const FOLDER = process.env['KERAS_TUTORIAL'] ?? '';
const WASM_FOLDER = new URL('../../../node_modules/@tensorflow/tfjs-backend-wasm/dist/', import.meta.url).pathname;

const BUILT_IN_LAYERS = { name: 'architecture.json', blob: new Blob([JSON.stringify(kerasArchitecture(VGG16))]) };

interface Expected {
  readonly parameters: number;
  readonly scores: readonly number[];
  readonly layers: readonly { readonly path: string; readonly shape: readonly number[] }[];
}

describe.skipIf(FOLDER === '')('the tutorial’s network, as Keras computes it', () => {
  it.each([
    ['tutorial.h5', false],
    ['tutorial.keras', false],
    ['tutorial.weights.h5', true],
    ['tutorial.keras2-weights.h5', true],
  ])('%s', async (name, isBare) => {
    if (!existsSync(`${FOLDER}/${name}`)) return; // Keras 2 writes its own formats alone
    const expected = JSON.parse(readFileSync(`${FOLDER}/expected.json`, 'utf8')) as Expected;
    const { buffer, byteOffset, byteLength } = readFileSync(`${FOLDER}/expected.f32`);
    const floats = new Float32Array(buffer, byteOffset, byteLength / 4);
    const file = { name, blob: await openAsBlob(`${FOLDER}/${name}`) };
    if (isBare) await expect(readOwnModel([file])).rejects.toMatchObject({ code: 'own-model-weights-fit' });
    const model = (await readOwnModel(isBare ? [file, BUILT_IN_LAYERS] : [file])) as ReadLayers;
    expect(model.facts.totals.parameters).toBe(expected.parameters);
    const device = await openBackend('wasm', WASM_FOLDER, 1);
    const network = createOwnNetwork(model, device);
    let at = 0;
    const take = (shape: readonly number[]): Float32Array => floats.subarray(at, (at += shape.reduce((a, b) => a * b, 1)));
    for (const score of expected.scores) {
      const { run, outputs } = await network.forward(take([128, 128, 3]));
      expect(Math.abs(outputs[0]! - score)).toBeLessThan(1e-4);
      for (const { path, shape } of expected.layers) {
        const wanted = take(shape);
        const found = await network.readMaps(run, path.split('/').at(-1)!);
        const top = wanted.reduce((most, value) => Math.max(most, value), 0);
        const worst = found.reduce((most, value, i) => Math.max(most, Math.abs(value - wanted[i]!)), 0);
        expect(worst / top, path).toBeLessThan(1e-3);
      }
      network.release(run);
    }
    network.dispose();
  });
});
