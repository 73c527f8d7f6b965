/** domain/receptive-field.ts against the network itself: which pixels move an activation, by trying. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { MODEL_VERSION } from '../domain/model-version';
import { layerOf, VGG16 } from '../domain/network';
import { receptiveField, type InputRect, type MapCell } from '../domain/receptive-field';
import { openTestNetwork, type TestNetwork } from './tfjs/testing';

const MODEL_DIR = new URL(`../../public/model/${MODEL_VERSION}/`, import.meta.url);
const WASM_PACKAGE = createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm/package.json');
const WASM_URL = join(dirname(WASM_PACKAGE), 'wasm-out/');

let test: TestNetwork;

beforeAll(async () => {
  test = await openTestNetwork('wasm', WASM_URL, (name) => new Uint8Array(readFileSync(new URL(name, MODEL_DIR))));
});

/** What all filters of a layer say at one cell. */
async function valuesAt(input: Float32Array, layer: string, { x, y }: MapCell): Promise<readonly number[]> {
  const { run } = await test.network.forward(input);
  const { side, channels } = layerOf(VGG16, layer);
  const start = (y * side + x) * channels;
  try {
    return [...(await test.network.readMaps(run, layer)).subarray(start, start + channels)];
  } finally {
    test.network.release(run);
  }
}

/** Noise, -1..1, the same every time; `salt` makes another. */
function noise(salt: number): Float32Array {
  let state = 12_345 + salt;
  return Float32Array.from({ length: VGG16.input.side * VGG16.input.side * 3 }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 31 - 1;
  });
}

/** `base` with the pixels for which `isOther` says so taken from `other`. */
function mix(base: Float32Array, other: Float32Array, isOther: (x: number, y: number) => boolean): Float32Array {
  return base.map((v, i) => {
    const pixel = Math.floor(i / 3);
    return isOther(pixel % VGG16.input.side, Math.floor(pixel / VGG16.input.side)) ? other[i]! : v;
  });
}

const isInside = ({ left, top, right, bottom }: InputRect, x: number, y: number): boolean =>
  x >= left && x < right && y >= top && y < bottom;

it.each([
  ['block1_conv1', { x: 0, y: 64 }],
  ['block2_conv1', { x: 31, y: 63 }],
  ['block3_conv3', { x: 9, y: 20 }],
  ['block4_conv1', { x: 15, y: 8 }],
] as const)(
  '%s at %o: every other pixel can change and nothing moves; each edge of the field moves something',
  async (layer, cell) => {
    const field = receptiveField(VGG16, layer, cell);
    const [base, other] = [noise(0), noise(1)];
    const before = await valuesAt(base, layer, cell);
    expect(
      await valuesAt(
        mix(base, other, (x, y) => !isInside(field, x, y)),
        layer,
        cell,
      ),
    ).toEqual(before);
    const edges: readonly ((x: number, y: number) => boolean)[] = [
      (x) => x === field.left,
      (x) => x === field.right - 1,
      (_, y) => y === field.top,
      (_, y) => y === field.bottom - 1,
    ];
    for (const [i, isEdge] of edges.entries()) {
      const moved = await valuesAt(
        mix(base, other, (x, y) => isInside(field, x, y) && isEdge(x, y)),
        layer,
        cell,
      );
      expect(moved, `edge ${i}`).not.toEqual(before);
    }
  },
);
