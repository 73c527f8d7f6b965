/** A network of MobileNet's kind at 128x128, by the own-model engine and by tfjs's own layers, on one backend, in turn. */
import { io, tensor, tidy, type Tensor } from '@tensorflow/tfjs-core';
import { layers, loadLayersModel, sequential, type LayersModel } from '@tensorflow/tfjs-layers';
import * as Comlink from 'comlink';
import { openBackend } from '../../src/engine/tfjs/backend';
import { createOwnNetwork } from '../../src/engine/tfjs/own-network';
import { readOwnModel, type ReadLayers } from '../../src/engine/own-model/read-own-model';
import type { OwnModelTimes, OwnModelWorker } from './protocol';

const SIDE = 128;
const WARM_UP = 3;
/** Filters and stride of each block, half as wide as the original (Howard et al. 2017, arXiv:1704.04861, table 1). */
const BLOCKS = [
  [32, 1], [64, 2], [64, 1], [128, 2], [128, 1], [256, 2], [256, 1], [256, 1], [256, 1], [256, 1], [256, 1], [512, 2], [512, 1],
] as const; // prettier-ignore

function build(): LayersModel {
  const model = sequential();
  const finish = (): void => {
    model.add(layers.batchNormalization());
    model.add(layers.reLU({ maxValue: 6 }));
  };
  model.add(
    layers.conv2d({ inputShape: [SIDE, SIDE, 3], filters: 16, kernelSize: 3, strides: 2, padding: 'same', useBias: false }),
  );
  finish();
  for (const [filters, strides] of BLOCKS) {
    model.add(layers.depthwiseConv2d({ kernelSize: 3, strides, padding: 'same', useBias: false }));
    finish();
    model.add(layers.conv2d({ filters, kernelSize: 1, padding: 'same', useBias: false }));
    finish();
  }
  model.add(layers.globalAveragePooling2d({}));
  model.add(layers.dense({ units: 2, activation: 'softmax' }));
  return model;
}

/** As files that a person would drop, and as what tfjs loads. */
async function save(model: LayersModel) {
  let saved: io.ModelArtifacts | null = null;
  await model.save(
    io.withSaveHandler((artifacts) => {
      saved = artifacts;
      return Promise.resolve({ modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } });
    }),
  );
  const artifacts = saved as unknown as io.ModelArtifacts;
  const weightsManifest = [{ paths: ['weights.bin'], weights: artifacts.weightSpecs }];
  const json = JSON.stringify({ format: 'layers-model', modelTopology: artifacts.modelTopology, weightsManifest });
  const files = [
    { name: 'model.json', blob: new Blob([json]) },
    { name: 'weights.bin', blob: new Blob([artifacts.weightData as ArrayBuffer]) },
  ];
  return { artifacts, files };
}

const bench: OwnModelWorker = {
  async measure(wasmUrl, threads, rounds): Promise<OwnModelTimes> {
    const device = await openBackend('wasm', wasmUrl, threads);
    const { artifacts, files } = await save(build());
    const stock = await loadLayersModel(io.fromMemory(artifacts));
    const own = createOwnNetwork((await readOwnModel(files)) as ReadLayers, device);
    const input = Float32Array.from({ length: SIDE * SIDE * 3 }, (_, i) => Math.sin(i * 0.37) + Math.sin(i * 0.0021));
    const ways = {
      keeping: async () => {
        const { run, outputs } = await own.forward(input);
        own.release(run);
        return outputs;
      },
      scoring: () => own.score(input),
      stock: async () => {
        const answer = tidy(() => stock.predict(tensor(input, [1, SIDE, SIDE, 3])) as Tensor);
        const outputs = (await answer.data()) as Float32Array;
        answer.dispose();
        return outputs;
      },
    };
    const names = ['keeping', 'scoring', 'stock'] as const;
    const times = { keeping: [] as number[], scoring: [] as number[], stock: [] as number[] };
    let difference = 0;
    for (let round = 0; round < rounds + WARM_UP; round++) {
      const answers: Record<string, Float32Array> = {};
      for (const name of round % 2 === 0 ? names : [...names].reverse()) {
        const startMs = performance.now();
        answers[name] = await ways[name]();
        if (round >= WARM_UP) times[name].push(performance.now() - startMs);
      }
      for (const name of names) {
        answers[name]!.forEach((value, i) => (difference = Math.max(difference, Math.abs(value - answers['stock']![i]!))));
      }
    }
    return { ...times, difference };
  },
};

Comlink.expose(bench);
