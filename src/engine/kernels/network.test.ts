/** The shipped weights on the kernels: what tfjs computes from them, by another algorithm. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { drawGoldenInput } from '../../domain/golden-input';
import { separateMaps } from '../../domain/layer-maps';
import { MODEL_VERSION } from '../../domain/model-version';
import { layerOf, VGG16 } from '../../domain/network';
import { normaliseRgb } from '../../domain/normalise';
import type { ComputedRun, ComputeNetwork } from '../compute';
import { readArtifacts, type ModelArtifacts } from '../model-artifacts';
import { MODEL_URL, relativeError, serveFiles } from '../testing';
import { openTestNetwork, type TestNetwork } from '../tfjs/testing';
import { createModelStore } from '../weights';
import { openKernelNetwork } from './network';

const MODEL_DIR = new URL(`../../../public/model/${MODEL_VERSION}/`, import.meta.url);
const WASM_PACKAGE = createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm/package.json');
const WASM_URL = join(dirname(WASM_PACKAGE), 'wasm-out/');
const read = (name: string) => new Uint8Array(readFileSync(new URL(name, MODEL_DIR)));
/** Measured: 6e-6. */
const CLOSE = 2e-5;

let tfjs: TestNetwork;
let artifacts: ModelArtifacts;
let ours: ComputeNetwork;
let theirRun: ComputedRun;
let ourRun: ComputedRun;
let input: Float32Array;
/** As often as tfjs cannot be opened. */
let refusals = 0;

beforeAll(async () => {
  tfjs = await openTestNetwork('wasm', WASM_URL, read);
  artifacts = readArtifacts(await createModelStore(serveFiles(read)).fetchModel(MODEL_URL, () => undefined));
  ours = await openKernelNetwork(artifacts, VGG16, 1, () =>
    refusals-- > 0 ? Promise.reject(new Error('offline')) : Promise.resolve(tfjs.network),
  );
  input = normaliseRgb(drawGoldenInput('lesion'), tfjs.input.mean, tfjs.input.std);
  theirRun = await tfjs.network.forward(input);
  ourRun = await ours.forward(input);
});

afterAll(() => {
  ours.dispose();
});

describe('the kernels', () => {
  it.each(VGG16.layers.map(({ name }) => name))('give the maps of %s, whole and one by one', async (layer) => {
    const maps = await ours.readMaps(ourRun.run, layer);
    expect(relativeError(maps, await tfjs.network.readMaps(theirRun.run, layer))).toBeLessThan(CLOSE);
    const { channels, side } = layerOf(VGG16, layer);
    expect(await ours.readMap(ourRun.run, layer, 3)).toEqual(maps.filter((_, i) => i % channels === 3));
    const { values, ...statistics } = separateMaps(maps, side, channels);
    expect(await ours.readPlanes!(ourRun.run, layer)).toEqual({ values, ...statistics });
    expect(await ours.readStatistics!(ourRun.run, layer)).toEqual(statistics);
  });

  it('give the logit, with the same bits on every run, whatever ran between', async () => {
    expect(Math.abs(ourRun.logit - theirRun.logit)).toBeLessThan(1e-4);
    const other = normaliseRgb(drawGoldenInput('noise'), tfjs.input.mean, tfjs.input.std);
    expect(Math.abs((await ours.score(other)) - (await tfjs.network.score(other)))).toBeLessThan(1e-4);
    for (let i = 0; i < 3; i++) expect(await ours.score(input)).toBe(ourRun.logit);
  });

  it.each([
    [[['block1_conv1', [0, 5, 63]]]],
    [[['block1_conv2', [7]]]],
    [[['block3_conv3', Array.from({ length: 200 }, (_, i) => i)]]],
    [[['block5_conv3', [1, 2, 3]]]],
    [
      [
        ['block2_conv1', [49]],
        ['block2_conv2', [94]],
        ['block4_conv3', [500, 511]],
      ],
    ],
  ] as const)('mute filters: %j', async (mutes) => {
    const masks = new Map(
      mutes.map(([layer, filters]) => {
        const mask = new Float32Array(layerOf(VGG16, layer).channels).fill(1);
        for (const filter of filters) mask[filter] = 0;
        return [layer, mask];
      }),
    );
    const before = await ours.readMaps(ourRun.run, mutes[0][0]);
    const [own, again] = await ours.mutedLogits(ourRun.run, [masks, masks]);
    const [wanted] = await tfjs.network.mutedLogits(theirRun.run, [masks]);
    expect(Math.abs(own! - wanted!)).toBeLessThan(1e-4);
    expect(own).not.toBe(ourRun.logit);
    expect(again).toBe(own);
    expect(await ours.readMaps(ourRun.run, mutes[0][0])).toEqual(before);
  });

  it('have the weights that tfjs has', async () => {
    expect(await ours.firstKernels()).toEqual(await tfjs.network.firstKernels());
    const dense = await ours.denseWeights();
    for (const [i, { kernel, bias }] of (await tfjs.network.denseWeights()).entries()) {
      expect(relativeError(dense[i]!.kernel, kernel)).toBe(0);
      expect(relativeError(dense[i]!.bias, bias)).toBe(0);
    }
  });

  it('keep each run’s maps until it is released, and no longer', async () => {
    const maps = await ours.readMaps(ourRun.run, 'block4_conv2');
    const second = await ours.forward(input.map((x) => -x));
    expect(second.run).not.toBe(ourRun.run);
    expect(await ours.readMaps(second.run, 'block4_conv2')).not.toEqual(maps);
    expect(await ours.readMaps(ourRun.run, 'block4_conv2')).toEqual(maps);
    const bytes = ours.memory().bytes;
    ours.release(second.run);
    ours.release(second.run);
    await expect(ours.readMaps(second.run, 'block4_conv2')).rejects.toMatchObject({ code: 'unexpected' });
    ours.release((await ours.forward(input)).run);
    expect(ours.memory()).toEqual({ buffers: 1, bytes });
  });

  it('leave gradients to tfjs, which may be had at a second try only', async () => {
    refusals = 1;
    await expect(ours.probeFilter('block2_conv1', 3).mean(input, 128)).rejects.toThrow('offline');
    const own = ours.probeFilter('block2_conv1', 3);
    const wanted = tfjs.network.probeFilter('block2_conv1', 3);
    expect(await own.mean(input, 128)).toBe(await wanted.mean(input, 128));
    own.dispose();
    wanted.dispose();
  });

  it('refuse files whose layers are other than the kernels compute', async () => {
    const topology = structuredClone(artifacts.topology) as { model_config: { config: { layers: { config: object }[] } } };
    Object.assign(topology.model_config.config.layers[2]!.config, { strides: [2, 2] });
    const never = () => Promise.reject(new Error('not asked for'));
    await expect(openKernelNetwork({ ...artifacts, topology }, VGG16, 1, never)).rejects.toMatchObject({ code: 'model-invalid' });
    const weightSpecs = artifacts.weightSpecs.map((spec, i) => (i === 4 ? { ...spec, shape: [3, 3, 128, 64] } : spec));
    await expect(openKernelNetwork({ ...artifacts, weightSpecs }, VGG16, 1, never)).rejects.toMatchObject({
      code: 'model-invalid',
    });
  });
});
