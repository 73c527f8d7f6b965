/** The shipped weights on the WASM backend: what is computed again must be what the whole pass computes. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { dispose, memory, mul, tensor1d, tensor4d, tidy, type Tensor4D } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { drawGoldenInput } from '../../domain/golden-input';
import { MODEL_VERSION } from '../../domain/model-version';
import { convolutionsOf, VGG16 } from '../../domain/network';
import { normaliseRgb } from '../../domain/normalise';
import type { LayerMutes } from '../../domain/analysis';
import type { RunHandle } from '../compute';
import { measureEffects, muteFilters } from '../mute-filters';
import type { ForwardPass, TensorNetwork } from './model';
import { createMutedTail, runTail, type MutedTail } from './muted-logits';
import { openTestNetwork, type TestNetwork } from './testing';

const MODEL_DIR = new URL(`../../../public/model/${MODEL_VERSION}/`, import.meta.url);
const WASM_PACKAGE = createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm/package.json');
const WASM_URL = join(dirname(WASM_PACKAGE), 'wasm-out/');
const HALF = Array.from({ length: 256 }, (_, filter) => filter);

let test: TestNetwork;
let network: TensorNetwork;
let run: ForwardPass;
let tail: MutedTail;

function open(backend: 'wasm' | 'cpu'): Promise<TestNetwork> {
  return openTestNetwork(backend, WASM_URL, (name) => new Uint8Array(readFileSync(new URL(name, MODEL_DIR))));
}

/** As the network on tfjs has it, with the pass itself in the handle's place. */
const behind = (on: MutedTail, pass: ForwardPass) => ({
  network: {
    shape: VGG16,
    mutedLogits: (_: RunHandle, variants: Parameters<MutedTail['logits']>[1]) => on.logits(pass, variants),
  },
  run: { run: 1 as RunHandle, logit: pass.logit },
});

function mute(mutes: readonly LayerMutes[], on = tail, pass = run): Promise<number> {
  const { network: muted, run: computed } = behind(on, pass);
  return muteFilters(muted, computed, mutes);
}

function effectsOf(layer: string, first: number, end: number, on = tail): Promise<Float32Array> {
  const { network: muted, run: computed } = behind(on, run);
  return measureEffects(muted, computed, layer, first, end);
}

const indexOf = (layer: string): number => convolutionsOf(VGG16).findIndex(({ name }) => name === layer);

beforeAll(async () => {
  test = await open('wasm');
  network = test.tensors;
  tail = createMutedTail(network);
  run = await network.forward(normaliseRgb(drawGoldenInput('lesion'), test.input.mean, test.input.std));
});

describe('runTail', () => {
  it.each(convolutionsOf(VGG16))(
    'from $name with nothing muted: the same bits as the forward pass',
    async ({ name, channels }) => {
      const kept = new Map([[name, new Float32Array(channels).fill(1)]]);
      const before = memory().numTensors;
      for (const masks of [new Map<string, Float32Array>(), kept]) {
        const logit = runTail(network.chain, name, run.maps[indexOf(name)]!, masks);
        expect((await network.readLogits(logit))[0]).toBe(run.logit);
        logit.dispose();
      }
      expect(memory().numTensors).toBe(before);
    },
  );
});

describe('muteFilters', () => {
  it('changes the logit, and has no memory of it', async () => {
    const muted = await mute([{ layer: 'block4_conv3', filters: HALF }]);
    expect(muted).not.toBe(run.logit);
    expect(await mute([{ layer: 'block4_conv3', filters: [...HALF].reverse() }])).toBe(muted);
    expect(await mute([])).toBe(run.logit);
  });

  it('at two layers: what masking by hand gives, in whatever order they are told', async () => {
    const early = { layer: 'block4_conv2', filters: [0, 3, 200] } as const;
    const late = { layer: 'block5_conv1', filters: HALF } as const;
    const by = (filters: readonly number[]) => Float32Array.from({ length: 512 }, (_, k) => (filters.includes(k) ? 0 : 1));
    const byHand = tidy(() => {
      let value = mul(run.maps[indexOf('block4_conv2')]!, tensor1d(by(early.filters)));
      let isBehind = false;
      for (const layer of network.chain) {
        if (isBehind) value = layer.apply(value);
        if (layer.name === 'block4_conv2') isBehind = true;
        if (layer.name === 'block5_conv1') value = mul(value, tensor1d(by(late.filters)));
      }
      return value;
    });
    const [wanted] = await network.readLogits(byHand);
    byHand.dispose();
    const muted = await mute([early, late]);
    expect(muted).toBeCloseTo(wanted!, 4);
    expect(await mute([late, early])).toBe(muted);
    expect(await mute([late])).not.toBe(wanted);
  });

  it.each(['block1_conv1', 'block1_conv2', 'block3_conv3', 'block5_conv2', 'block5_conv3'] as const)(
    'a few filters of %s: what running on from the masked maps gives',
    async (layer) => {
      const filters = [1, 4, 6];
      const channels = convolutionsOf(VGG16)[indexOf(layer)]!.channels;
      const mask = Float32Array.from({ length: channels }, (_, k) => (filters.includes(k) ? 0 : 1));
      const direct = runTail(network.chain, layer, run.maps[indexOf(layer)]!, new Map([[layer, mask]]));
      const [wanted] = await network.readLogits(direct);
      direct.dispose();
      const before = memory().numTensors;
      const muted = await mute([{ layer, filters }]);
      expect(muted).toBeCloseTo(wanted!, 4);
      await mute([{ layer, filters: [2] }]);
      expect(await mute([{ layer, filters }]), 'the same bits again').toBe(muted);
      tail.forget(run);
      expect(memory().numTensors).toBeLessThanOrEqual(before);
    },
  );

  it('with every filter of the last layer muted: what the head makes of nothing', async () => {
    const all = Array.from({ length: 512 }, (_, filter) => filter);
    const nothing = tensor4d(new Float32Array(8 * 8 * 512), [1, 8, 8, 512]);
    const logit = runTail(network.chain, 'block5_conv3', nothing, new Map());
    expect(await mute([{ layer: 'block5_conv3', filters: all }])).toBe((await logit.data())[0]);
    dispose([nothing, logit]);
  });

  it('leaves no tensor behind when the device is lost', async () => {
    tail.dispose();
    const before = memory().numTensors;
    const lost = createMutedTail({ ...network, readLogits: () => Promise.reject(new Error('lost')) });
    await expect(mute([{ layer: 'block5_conv1', filters: [1] }], lost)).rejects.toThrow('lost');
    await expect(effectsOf('block5_conv3', 0, 3, lost)).rejects.toThrow('lost');
    lost.dispose();
    expect(memory().numTensors).toBe(before);
  });
});

describe('measureEffects', () => {
  it('is what muting one filter at a time changes', async () => {
    const effects = await effectsOf('block5_conv2', 509, 512);
    for (const [i, effect] of effects.entries()) {
      const muted = await mute([{ layer: 'block5_conv2', filters: [509 + i] }]);
      expect(effect).toBe(Math.fround(muted - run.logit));
    }
  });
});

// Last: it closes the backend that the tests above share.
it('gives the same on the CPU backend, within 1e-3', async () => {
  const mutes = [{ layer: 'block5_conv2', filters: HALF }] as const;
  const wanted = await mute(mutes);
  const kept = await Promise.all(run.maps.slice(-2).map(async (maps) => Float32Array.from(await network.read(maps))));
  dispose([...run.maps]);
  test.close();
  const cpu = await open('cpu');
  const maps: Tensor4D[] = kept.map((values) => tensor4d(values, [1, 8, 8, 512]));
  const late: ForwardPass = { maps: [...run.maps.slice(0, -2), ...maps], logit: run.logit };
  expect(await mute(mutes, createMutedTail(cpu.tensors), late)).toBeCloseTo(wanted, 3);
  dispose(maps);
  cpu.close();
});
