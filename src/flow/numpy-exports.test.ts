/** NumPy opens every array that the app exports, and has the engine's own numbers: tfjs on a small network, through the flow. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { convolutionsOf } from '../domain/network';
import { encodeNpy, toChannelLast } from '../domain/npy';
import { createEngineCore } from '../engine/engine-core';
import type { EngineApi, Outcome } from '../engine/protocol';
import { computeSmall, SMALL, smallModel } from '../engine/testdata/small-network';
import { gradientDecoder, MODEL_URL, relativeError, serveFiles } from '../engine/testing';
import { tfjsRungs } from '../engine/tfjs/rungs';
import { createModelStore } from '../engine/weights';
import { createTestFlow, photo } from './testing';

const HAS_NUMPY = spawnSync('python3', ['-c', 'import numpy']).status === 0;
if (!HAS_NUMPY) process.stdout.write('NumPy is not here: what it makes of exports is not tested.\n');

/** Of each array its type, shape, and a hash of its numbers as little-endian float32 in C order. */
const PROGRAM = `
import hashlib, json, sys
import numpy as np
told = {}
for path in sys.argv[1:]:
    if path.endswith('.npy'):
        x = np.load(path, allow_pickle=False)
        kind = str(x.dtype)
    else:
        x = np.genfromtxt(path, delimiter=',', skip_header=1, encoding='utf-8-sig')[:, 1:].astype('<f4')
        kind = 'csv'
    told[path] = [kind, list(x.shape), hashlib.sha256(np.ascontiguousarray(x).astype('<f4').tobytes()).hexdigest()]
print(json.dumps(told))
`;

type Told = readonly [kind: string, shape: readonly number[], sha256: string];

const folder = mkdtempSync(join(tmpdir(), 'numpy-exports-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** @param files - by name, "/" for folders. @returns By name. */
function askNumpy(files: Readonly<Record<string, Uint8Array>>): Readonly<Record<string, Told>> {
  const names = Object.keys(files).filter((name) => /\.(npy|csv)$/.test(name));
  for (const name of names) {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, name), files[name]!);
  }
  const { status, stdout, stderr } = spawnSync('python3', ['-c', PROGRAM, ...names], { cwd: folder, encoding: 'utf8' });
  expect(stderr).toBe('');
  expect(status).toBe(0);
  return JSON.parse(stdout) as Record<string, Told>;
}

function hashOf(values: Float32Array): string {
  return createHash('sha256')
    .update(new Uint8Array(values.buffer, values.byteOffset, values.byteLength))
    .digest('hex');
}

function valueOf<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(`${outcome.error.code}: ${outcome.error.detail}`);
  return outcome.value;
}

async function unzip(blob: Blob | null): Promise<Readonly<Record<string, Uint8Array>>> {
  return unzipSync(new Uint8Array(await blob!.arrayBuffer()));
}

let core: EngineApi;
let world: ReturnType<typeof createTestFlow>;

/** The flow, with the engine in the place of the one whose answers are the test's. */
beforeAll(async () => {
  const files = smallModel();
  core = createEngineCore({
    store: createModelStore(serveFiles((name) => new Uint8Array(files.get(name)!))),
    rungs: ({ wasmUrl }) => tfjsRungs(wasmUrl),
    decode: gradientDecoder(64, 48),
    listRequests: () => [],
    describeCompute: () => ({ renderer: '', threads: 1 }),
    makeShowable: (blob) => Promise.resolve(blob),
    importOwnOpener: () => Promise.reject(new Error('not asked for')),
    encodeFrame: () => Promise.reject(new Error('no camera')),
  });
  world = createTestFlow();
  const { engine, flow } = world;
  const request = { modelUrl: MODEL_URL, wasmUrl: '/nowhere/', backend: 'cpu' } as const;
  engine.load = async () => valueOf(await core.load(request, () => undefined));
  engine.analyse = async (asked) => valueOf(await core.analyse(asked));
  engine.readLayer = async (runId, layer) => valueOf(await core.readLayer(runId, layer));
  await flow.model.load();
  await flow.photo.analyse(photo('a.png'));
});

describe.skipIf(!HAS_NUMPY)('NumPy', () => {
  it('reads every layer of a photo, in one zip and by itself', async () => {
    const { runId } = world.state().photos.a.result!;
    const files: Record<string, Uint8Array> = {};
    const wanted: Record<string, Told> = {};
    for (const [name, bytes] of Object.entries(await unzip(await world.flow.view.exportLayers('a'))))
      files[`all/${name}`] = bytes;
    const convolutions = computeSmall(world.cache.photo(runId)!.inputRgb!).maps;
    for (const { name, side, channels } of SMALL.layers) {
      const maps = valueOf(await core.readLayer(runId, name));
      const values = toChannelLast(maps.values, side, channels);
      const at = convolutionsOf(SMALL).findIndex((layer) => layer.name === name);
      if (at >= 0) expect(relativeError(values, convolutions[at]!)).toBeLessThan(1e-5);
      // As the viewer's menu writes it.
      files[`${name}.npy`] = encodeNpy(values, [side, side, channels]);
      const told: Told = ['float32', [side, side, channels], hashOf(values)];
      Object.assign(wanted, { [`all/${name}.npy`]: told, [`${name}.npy`]: told });
    }
    expect(askNumpy(files)).toEqual(wanted);
  });

  it.each([...convolutionsOf(SMALL).map(({ name }) => name), 'dense'])(
    'reads a batch’s activations, %s, as array and as table',
    async (name) => {
      const { flow, state, cache } = world;
      flow.batch.clear();
      flow.batch.setActivations(name);
      const pictures = [1, 2, 3].map((size) => new File(['x'.repeat(40 * size)], `${size}, a.png`));
      await flow.batch.run([...pictures, photo('bad.png')]);
      const rows = state()
        .batch.entries.slice(0, 3)
        .map(({ id }) => cache.activations(id)!.values);
      expect(rows[0]).not.toEqual(rows[1]);
      const all = Float32Array.from(rows.flatMap((row) => [...row]));
      const files = await unzip(await flow.batch.exportActivations());
      const shape = [3, rows[0]!.length];
      expect(JSON.parse(Buffer.from(files['manifest.json']!).toString())).toMatchObject({ shape, layer: { channels: shape[1] } });
      // The names' commas are quoted, which NumPy's own reader of tables does not know.
      const table = Buffer.from(files['activations.csv']!)
        .toString()
        .replaceAll(/"([^"]*)"/g, 'name');
      expect(askNumpy({ ...files, 'activations.csv': Buffer.from(table) })).toEqual({
        'activations.npy': ['float32', shape, hashOf(all)],
        'activations.csv': ['csv', shape, hashOf(all)],
      });
      // The engine's own, of a run whose maps it keeps.
      const run = { runId: 900, photo: pictures[2]!, crop: null, keepMaps: true };
      valueOf(await core.analyse(run));
      const head = valueOf(await core.explainHead(900));
      const found = name === 'dense' ? head.units : valueOf(await core.readLayer(900, name)).mean;
      expect(relativeError(rows[2]!, found)).toBeLessThan(1e-6);
    },
  );
});
