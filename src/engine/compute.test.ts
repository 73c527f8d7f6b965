/** Another implementation of the network, in plain TypeScript, in the place of tfjs: the engine's answers are the same. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { LoadedModel } from '../domain/loaded-model';
import { layerOf, type NetworkShape } from '../domain/network';
import { LEAK, type ChannelMasks, type ComputeNetwork, type ComputeRung, type FilterProbe, type RunHandle } from './compute';
import { createEngineCore } from './engine-core';
import { halfToNumber } from './halves';
import type { ModelArtifacts } from './model-artifacts';
import type { EngineApi, LoadRequest, Outcome } from './protocol';
import { SMALL, smallModel } from './testdata/small-network';
import { gradientDecoder, MODEL_URL, relativeError, serveFiles } from './testing';
import { tfjsRungs } from './tfjs/rungs';
import { createModelStore } from './weights';

type Numbers = readonly number[] | Float32Array;

interface Weights {
  readonly kernel: Float32Array;
  readonly bias: Float32Array;
}

/** What was given in, every layer's maps, and what the head made of them. */
interface PlainRun {
  readonly input: Float32Array;
  readonly maps: ReadonlyMap<string, Numbers>;
  readonly logit: number;
}

/** Kernel and bias of each layer that has them, in the photo's order. */
function readWeights({ weightSpecs, weightData }: ModelArtifacts): readonly Weights[] {
  const halves = weightData.flatMap((shard) => [...new Uint16Array(shard)]);
  const lists = weightSpecs.map(({ shape }) =>
    Float32Array.from(
      halves.splice(
        0,
        shape.reduce((a, b) => a * b, 1),
      ),
      halfToNumber,
    ),
  );
  return lists.flatMap((kernel, i) => (i % 2 === 0 ? [{ kernel, bias: lists[i + 1]! }] : []));
}

/** Calls `visit` for each product of a 3x3 'same' convolution: the places in its input, its kernel and its output. */
function visitProducts(side: number, inputs: number, channels: number, visit: (i: number, w: number, o: number) => void): void {
  for (let place = 0; place < side * side; place++) {
    for (let tap = 0; tap < 9; tap++) {
      const row = Math.floor(place / side) + Math.floor(tap / 3) - 1;
      const column = (place % side) + (tap % 3) - 1;
      if (row < 0 || row >= side || column < 0 || column >= side) continue;
      for (let c = 0; c < inputs; c++) {
        for (let k = 0; k < channels; k++) {
          visit((row * side + column) * inputs + c, (tap * inputs + c) * channels + k, place * channels + k);
        }
      }
    }
  }
}

/** Before its ReLU. */
function convolve(maps: Numbers, side: number, { kernel, bias }: Weights): number[] {
  const channels = bias.length;
  const out = Array.from({ length: side * side * channels }, (_, i) => bias[i % channels]!);
  visitProducts(side, maps.length / side ** 2, channels, (i, w, o) => (out[o]! += maps[i]! * kernel[w]!));
  return out;
}

function convolveBack(slope: Numbers, side: number, inputs: number, { kernel, bias }: Weights): number[] {
  const out = new Array<number>(side * side * inputs).fill(0);
  visitProducts(side, inputs, bias.length, (i, w, o) => (out[i]! += slope[o]! * kernel[w]!));
  return out;
}

/** Where each pooled value was taken from. @param side - of the maps that are pooled. */
function poolWinners(maps: Numbers, side: number): readonly number[] {
  const [half, channels] = [side / 2, maps.length / side ** 2];
  return Array.from({ length: half * half * channels }, (_, i) => {
    const place = Math.floor(i / channels);
    const corner = (2 * Math.floor(place / half) * side + 2 * (place % half)) * channels + (i % channels);
    const window = [corner, corner + channels, corner + side * channels, corner + (side + 1) * channels];
    return window.reduce((best, at) => (maps[at]! > maps[best]! ? at : best));
  });
}

const relu = (value: number): number => Math.max(0, value);

class PlainNetwork implements ComputeNetwork {
  readonly backend = 'cpu';
  readonly detail = 'plain TypeScript';
  readonly #weights: readonly Weights[];
  readonly #runs = new Map<RunHandle, PlainRun>();
  #made = 0;

  constructor(
    artifacts: ModelArtifacts,
    readonly shape: NetworkShape,
  ) {
    this.#weights = readWeights(artifacts);
  }

  #convolution(layer: string): Weights {
    return this.#weights[this.shape.layers.filter(({ kind }) => kind === 'conv').findIndex(({ name }) => name === layer)]!;
  }

  /** @param side - of the input. @returns Each layer's output, up to, not including, `end`. */
  #runMaps(input: Numbers, side: number, end: string | null, masks: ChannelMasks = new Map()): ReadonlyMap<string, Numbers> {
    const maps = new Map<string, Numbers>();
    let value = input;
    let now = side;
    for (const { name, kind, channels } of this.shape.layers) {
      if (name === end) break;
      if (kind === 'conv') {
        const mask = masks.get(name);
        value = convolve(value, now, this.#convolution(name)).map((v, i) => relu(v) * (mask?.[i % channels] ?? 1));
      } else {
        const source = value;
        value = poolWinners(source, now).map((at) => source[at]!);
        now /= 2;
      }
      maps.set(name, value);
    }
    return maps;
  }

  #run(input: Float32Array, masks?: ChannelMasks): PlainRun {
    const maps = this.#runMaps(input, this.shape.input.side, null, masks);
    const dense = this.#weights.slice(-this.shape.dense.length);
    let value: Numbers = [...maps.values()].at(-1)!;
    for (const [i, { kernel, bias }] of dense.entries()) {
      const before = [...value];
      const sums = Array.from(bias, (b, u) => before.reduce((sum, v, j) => sum + v * kernel[j * bias.length + u]!, b));
      value = i < dense.length - 1 ? sums.map(relu) : sums;
    }
    return { input, maps, logit: value[0]! };
  }

  forward(input: Float32Array) {
    const run = ++this.#made as RunHandle;
    const computed = this.#run(input);
    this.#runs.set(run, computed);
    return Promise.resolve({ run, logit: computed.logit });
  }

  score(input: Float32Array) {
    return Promise.resolve(this.#run(input).logit);
  }

  release(run: RunHandle) {
    this.#runs.delete(run);
  }

  readMaps(run: RunHandle, layer: string) {
    return Promise.resolve(Float32Array.from(this.#runs.get(run)!.maps.get(layer)!));
  }

  async readMap(run: RunHandle, layer: string, filter: number) {
    const { channels } = layerOf(this.shape, layer);
    return (await this.readMaps(run, layer)).filter((_, i) => i % channels === filter);
  }

  mutedLogits(run: RunHandle, variants: readonly ChannelMasks[]) {
    const { input } = this.#runs.get(run)!;
    return Promise.resolve(Float32Array.from(variants, (masks) => this.#run(input, masks).logit));
  }

  firstKernels() {
    return Promise.resolve(this.#weights[0]!.kernel);
  }

  denseWeights() {
    return Promise.resolve(this.#weights.slice(-this.shape.dense.length));
  }

  probeFilter(layer: string, filter: number): FilterProbe {
    const { kernel, bias } = this.#convolution(layer);
    const own: Weights = { kernel: kernel.filter((_, i) => i % bias.length === filter), bias: bias.subarray(filter, filter + 1) };
    const before = this.shape.layers.slice(0, this.shape.layers.indexOf(layerOf(this.shape, layer)));
    const look = (input: Numbers, side: number) => {
      const values: Numbers[] = [input, ...this.#runMaps(input, side, layer).values()];
      const end = before.reduce((now, { kind }) => (kind === 'pool' ? now / 2 : now), side);
      return { values, end, map: convolve(values.at(-1)!, end, own) };
    };
    return {
      gradient: (input, side) => {
        const { values, end, map } = look(input, side);
        const start = map.map((v) => (v > 0 ? 1 : LEAK) / map.length);
        let [slope, now] = [convolveBack(start, end, values.at(-1)!.length / end ** 2, own), end];
        for (const [i, { name, kind }] of [...before.entries()].reverse()) {
          const [from, to] = [values[i]!, values[i + 1]!];
          if (kind === 'pool') {
            now *= 2;
            const below = new Array<number>(from.length).fill(0);
            for (const [o, at] of poolWinners(from, now).entries()) below[at] = slope[o]!;
            slope = below;
          } else {
            const active = slope.map((s, o) => (to[o]! > 0 ? s : 0));
            slope = convolveBack(active, now, from.length / now ** 2, this.#convolution(name));
          }
        }
        return Promise.resolve(Float32Array.from(slope));
      },
      mean: (input, side) => {
        const { map } = look(input, side);
        return Promise.resolve(map.reduce((sum, v) => sum + relu(v), 0) / map.length);
      },
      dispose: () => undefined,
    };
  }

  memory() {
    return { buffers: this.#weights.length + this.#runs.size, bytes: 0 };
  }

  dispose() {
    this.#runs.clear();
  }
}

const PLAIN: ComputeRung = {
  backend: 'cpu',
  way: 'cpu',
  passOver: () => null,
  open: (artifacts, shape) => Promise.resolve(new PlainNetwork(artifacts, shape)),
};

const PHOTO = { photo: new Blob(['xyz']), crop: null, keepMaps: true };
const CLOSE = 1e-5;

function valueOf<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(`${outcome.error.code}: ${outcome.error.detail}`);
  return outcome.value;
}

async function openCore(rungs: (request: LoadRequest) => readonly ComputeRung[]): Promise<[EngineApi, LoadedModel]> {
  const files = smallModel();
  const core = createEngineCore({
    store: createModelStore(serveFiles((name) => new Uint8Array(files.get(name)!))),
    rungs,
    decode: gradientDecoder(64, 48),
    listRequests: () => [],
    describeCompute: () => ({ renderer: '', threads: 1 }),
    makeShowable: (photo) => Promise.resolve(photo),
    importOwnOpener: () => Promise.reject(new Error('not asked for')),
    encodeFrame: () => Promise.reject(new Error('no camera')),
  });
  return [core, valueOf(await core.load({ modelUrl: MODEL_URL, wasmUrl: '/nowhere/', backend: 'cpu' }, () => undefined))];
}

let plain: EngineApi;
let tfjs: EngineApi;
let loaded: LoadedModel;

beforeAll(async () => {
  [plain, loaded] = await openCore(() => [PLAIN]);
  [tfjs] = await openCore(({ wasmUrl }) => tfjsRungs(wasmUrl));
  for (const core of [plain, tfjs]) valueOf(await core.analyse({ ...PHOTO, runId: 1 }));
});

/** The same call's answer from both. */
async function ask<T>(call: (core: EngineApi) => Promise<Outcome<T>>): Promise<readonly [T, T]> {
  return [valueOf(await call(plain)), valueOf(await call(tfjs))];
}

describe('a second implementation of the network', () => {
  it('goes live by the ladder and the self-test', async () => {
    expect(loaded).toMatchObject({ backend: 'cpu', backendDetail: 'plain TypeScript', selfTest: { passed: true } });
    expect(valueOf(await plain.selfTest()).map(({ passed }) => passed)).toEqual([true, true]);
  });

  it('gives the score that tfjs gives, of photos and of inputs', async () => {
    const [own, wanted] = await ask((core) => core.analyse({ ...PHOTO, runId: 2, keepMaps: false }));
    expect(own.logit).toBeCloseTo(wanted.logit, 5);
    const [scores, wantedScores] = await ask((core) => core.scoreInputs(own.inputRgb.slice()));
    expect(relativeError(scores, wantedScores)).toBeLessThan(CLOSE);
  });

  it.each(SMALL.layers)('gives the maps of $name', async ({ name, channels }) => {
    const [own, wanted] = await ask((core) => core.readLayer(1, name));
    expect({ ...own, values: null }).toMatchObject({ layer: name, side: wanted.side, channels });
    expect(relativeError(own.values, wanted.values)).toBeLessThan(CLOSE);
    const map = valueOf(await plain.readMap(1, name, channels - 1));
    expect(map.side).toBe(own.side);
    expect(map.values).toEqual(own.values.slice((channels - 1) * own.side ** 2));
  });

  it('mutes filters, many and one by one', async () => {
    const mutes = [
      { layer: 'block1_conv1', filters: [0, 2] },
      { layer: 'block2_conv2', filters: [1] },
    ];
    const [own, wanted] = await ask((core) => core.experiment(1, mutes));
    expect(own.logit).toBeCloseTo(wanted.logit, 5);
    const [effects, wantedEffects] = await ask((core) => core.muteEffects(1, 'block2_conv1', 0, 6));
    expect(relativeError(effects, wantedEffects)).toBeLessThan(CLOSE);
  });

  it('has the head explained', async () => {
    const [own, wanted] = await ask((core) => core.explainHead(1));
    expect(own.heatMaps.map(({ name, side }) => [name, side])).toEqual(wanted.heatMaps.map(({ name, side }) => [name, side]));
    for (const [i, { values }] of own.heatMaps.entries()) {
      expect(relativeError(values, wanted.heatMaps[i]!.values)).toBeLessThan(CLOSE);
    }
    expect(relativeError(own.shares, wanted.shares)).toBeLessThan(CLOSE);
    expect(own.bias).toBe(wanted.bias);
  });

  it.each(SMALL.layers)('keeps of $name the mean of each map, beside the same score, and none of the maps', async ({ name }) => {
    const before = await ask((core) => core.memory());
    const [own, wanted] = await ask((core) => core.analyse({ ...PHOTO, runId: 4, keepMaps: false, activations: name }));
    const [{ mean }, theirs] = await ask((core) => core.readLayer(1, name));
    expect(relativeError(own.activations!, mean)).toBeLessThan(CLOSE);
    expect(relativeError(wanted.activations!, theirs.mean)).toBeLessThan(CLOSE);
    const [alone] = await ask((core) => core.analyse({ ...PHOTO, runId: 5, keepMaps: false }));
    expect(own.logit).toBe(alone.logit);
    expect(alone).not.toHaveProperty('activations');
    expect(await ask((core) => core.memory())).toEqual(before);
  });

  it('keeps the dense features: the units that the head is explained by', async () => {
    const before = await ask((core) => core.memory());
    const results = await ask((core) => core.analyse({ ...PHOTO, runId: 4, keepMaps: false, activations: 'dense' }));
    const heads = await ask((core) => core.explainHead(1));
    for (const [i, { activations }] of results.entries()) {
      expect(activations).toHaveLength(5);
      expect(activations).toEqual(heads[i]!.units);
    }
    const request = { ...PHOTO, runId: 4, keepMaps: false, activations: 'block9_conv1' };
    expect(await plain.analyse(request)).toMatchObject({ ok: false, error: { code: 'unexpected' } });
    expect(await ask((core) => core.memory())).toEqual(before);
  });

  it.each(['block1_conv1', 'block2_conv1', 'block2_conv2'])('draws what a filter of %s likes', async (layer) => {
    const request = { layer, filter: 1, image: null, steps: 3, stepsDone: 0, seed: 1 };
    const [own, wanted] = await ask((core) => core.maximise(request));
    expect(relativeError(own.image, wanted.image)).toBeLessThan(1e-4);
    expect(own.mean).toBeCloseTo(wanted.mean, 4);
  });

  it('shows its first kernels, and lets a run go', async () => {
    const [own, wanted] = await ask((core) => core.firstKernels());
    expect(own).toEqual(wanted);
    const before = await ask((core) => core.memory());
    valueOf(await plain.analyse({ ...PHOTO, runId: 3 }));
    expect(valueOf(await plain.memory()).buffers).toBeGreaterThan(before[0].buffers);
    valueOf(await plain.release(3));
    expect(await ask((core) => core.memory())).toEqual(before);
    expect(await plain.readLayer(3, 'block1_conv1')).toMatchObject({ ok: false, error: { code: 'unexpected' } });
  });
});
