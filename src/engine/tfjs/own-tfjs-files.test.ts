/** Files that tfjs itself writes, against what tfjs itself makes of them. */
import { io, tensor, type Tensor } from '@tensorflow/tfjs-core';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import { beforeAll, expect, it } from 'vitest';
import type { ModelFile } from '../../domain/own-model';
import { readTfjsWeights } from '../own-model/tfjs-layers';
import { randomFloats } from '../testing';
import { openBackend } from './backend';
import { openOwnModel } from './own-network';

const WASM_FOLDER = new URL('../../../node_modules/@tensorflow/tfjs-backend-wasm/dist/', import.meta.url).pathname;

beforeAll(async () => {
  const device = await openBackend('cpu', WASM_FOLDER, 1);
  return () => device.close();
});

it('a model that tfjs saved', async () => {
  const model = sequential({
    layers: [
      layers.conv2d({ inputShape: [9, 9, 3], filters: 4, kernelSize: 3, activation: 'hardSigmoid' }),
      layers.batchNormalization(),
      layers.maxPooling2d({ poolSize: 2 }),
      layers.flatten(),
      layers.dense({ units: 1, activation: 'sigmoid' }),
    ],
  });
  const saved = (await new Promise<io.ModelArtifacts>((resolve) => {
    void model.save(
      io.withSaveHandler((artifacts) => {
        resolve(artifacts);
        return Promise.resolve({ modelArtifactsInfo: io.getModelArtifactsInfoForJSON(artifacts) });
      }),
    );
  })) as Required<io.ModelArtifacts>;
  const { modelTopology, weightSpecs, weightData } = saved;
  const json = {
    modelTopology,
    format: 'layers-model',
    weightsManifest: [{ paths: ['./model.weights.bin'], weights: weightSpecs }],
  };
  const input = randomFloats(9 * 9 * 3, 1);
  const wanted = await (model.predict(tensor(input, [1, 9, 9, 3])) as Tensor).data();
  const files: readonly ModelFile[] = [
    { name: 'model.weights.bin', blob: new Blob([weightData as ArrayBuffer]) },
    { name: 'model.json', blob: new Blob([JSON.stringify(json)]) },
  ];
  const network = await openOwnModel(files, WASM_FOLDER);
  const [found] = await network.score(input);
  expect(found).toBeCloseTo(wanted[0]!, 5);
  expect(network.facts).toMatchObject({ format: 'tfjs-layers', output: { units: 1, activation: 'sigmoid' } });
  network.dispose();
});

it('weights of every kind that the converter writes, decoded as tfjs does', async () => {
  const specs: io.WeightsManifestEntry[] = [
    { name: 'plain', shape: [2, 3], dtype: 'float32' },
    { name: 'bytes', shape: [5], dtype: 'float32', quantization: { dtype: 'uint8', scale: 0.013, min: -1.7 } },
    { name: 'pairs', shape: [3], dtype: 'float32', quantization: { dtype: 'uint16', scale: 0.0001, min: -2.5 } },
    { name: 'halves', shape: [4], dtype: 'float32', quantization: { dtype: 'float16' } },
    { name: 'whole', shape: [], dtype: 'int32' },
  ];
  const bytes = Uint8Array.from({ length: 24 + 5 + 6 + 8 + 4 }, (_, i) => (i * 41 + 7) % 121);
  const json = { weightsManifest: [{ paths: ['a.bin', 'b.bin'], weights: specs }] };
  const files = [
    { name: 'b.bin', blob: new Blob([bytes.subarray(30)]) },
    { name: 'a.bin', blob: new Blob([bytes.subarray(0, 30)]) },
  ];
  const found = await readTfjsWeights(json, files);
  const wanted = io.decodeWeights(bytes.buffer, specs);
  for (const weight of found) {
    const values = [...(await wanted[weight.name]!.data())];
    expect([...weight.values()]).toEqual(values.map((value) => Math.fround(value)));
  }
});
