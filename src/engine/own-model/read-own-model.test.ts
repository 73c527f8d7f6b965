/** What is told of a model, and what is refused, by which code and naming what; on files that Keras wrote (testdata/README.md). */
import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { OWN_MODEL_MAX_BYTES, type ModelFile } from '../../domain/own-model';
import type { ErrorCode } from '../../domain/errors';
import { readOwnModel, type ReadLayers } from './read-own-model';
import { fileAt, folderAt, readRecord } from './testing';

function blobOf(...parts: BlobPart[]): readonly ModelFile[] {
  return [{ name: 'model.h5', blob: new Blob(parts) }];
}

async function cut(path: string, share: number): Promise<readonly ModelFile[]> {
  const { name, blob } = fileAt(path);
  return [{ name, blob: new Blob([(await blob.arrayBuffer()).slice(0, Math.floor(blob.size * share))]) }];
}

/** The folder's files with model.json changed. */
async function changed(folder: string, change: (json: string) => string): Promise<readonly ModelFile[]> {
  return Promise.all(
    folderAt(folder).map(async ({ name, blob }) => ({
      name,
      blob: name === 'model.json' ? new Blob([change(await blob.text())]) : blob,
    })),
  );
}

async function readLayers(files: readonly ModelFile[]): Promise<ReadLayers> {
  return (await readOwnModel(files)) as ReadLayers;
}

async function faultOf(files: readonly ModelFile[]): Promise<{ readonly code: ErrorCode; readonly detail: string }> {
  try {
    await readOwnModel(files);
  } catch (error) {
    return error as { readonly code: ErrorCode; readonly detail: string };
  }
  throw new Error('it was read');
}

describe('what is told of a model', () => {
  it('the summary as Keras prints it, models within models included', async () => {
    const { facts } = await readLayers([fileAt('nested.keras2.h5')]);
    expect(facts).toMatchObject({
      format: 'keras-h5',
      name: 'sequential_3',
      input: { height: 32, width: 32, channels: 3 },
      output: { units: 1, activation: 'sigmoid' },
      totals: { parameters: 2312, trainable: 1482, nonTrainable: 830 },
    });
    expect(
      facts.summary.map(({ depth, name, type, outputShape, parameters }) => [depth, name, type, outputShape, parameters]),
    ).toEqual([
      [0, 'vgg16', 'Functional', '(None, 8, 8, 6)', 812],
      [1, 'block1_conv1', 'Conv2D', '(None, 32, 32, 4)', 112],
      [1, 'block1_conv2', 'Conv2D', '(None, 32, 32, 4)', 148],
      [1, 'block1_pool', 'MaxPooling2D', '(None, 16, 16, 4)', 0],
      [1, 'block2_conv1', 'Conv2D', '(None, 16, 16, 6)', 222],
      [1, 'block2_conv2', 'Conv2D', '(None, 16, 16, 6)', 330],
      [1, 'block2_pool', 'MaxPooling2D', '(None, 8, 8, 6)', 0],
      [0, 'sequential_1', 'Sequential', '(None, 6, 6, 4)', 331],
      [1, 'inner_conv', 'Conv2D', '(None, 6, 6, 5)', 275],
      [1, 'inner_bn', 'BatchNormalization', '(None, 6, 6, 5)', 20],
      [1, 'inner_conv_2', 'Conv2D', '(None, 6, 6, 4)', 20],
      [1, 'inner_bn_2', 'BatchNormalization', '(None, 6, 6, 4)', 16],
      [0, 'flatten', 'Flatten', '(None, 144)', 0],
      [0, 'dense', 'Dense', '(None, 8)', 1160],
      [0, 'dropout', 'Dropout', '(None, 8)', 0],
      [0, 'dense_1', 'Dense', '(None, 1)', 9],
    ]);
    expect(facts.layers.slice(0, 2)).toEqual([
      { name: 'block1_conv1', kind: 'Conv2D', isConvolution: true, height: 32, width: 32, channels: 4 },
      { name: 'block1_conv2', kind: 'Conv2D', isConvolution: true, height: 32, width: 32, channels: 4 },
    ]);
  });

  it.each(['keras2.h5', 'keras3.h5', 'keras2.keras', 'keras', 'tfjs'])('%s: parameters of every layer', async (format) => {
    for (const name of ['mobilenet', 'mixed', 'preprocessing']) {
      const { facts } = await readLayers(format === 'tfjs' ? folderAt(`${name}.tfjs`) : [fileAt(`${name}.${format}`)]);
      for (const layer of readRecord(name).layers) {
        const row = facts.summary.find((one) => one.name === layer.path)!;
        expect(row).toMatchObject({ type: layer.type, parameters: layer.parameters, trainable: layer.trainable });
        expect(row.outputShape).toBe(`(None, ${layer.shape.join(', ')})`);
      }
    }
  });

  it.each([
    ['mobilenet.keras', 'sigmoid', 1],
    ['resnet.keras', 'softmax', 2],
    ['inception.keras', 'linear', 1],
  ])('%s ends with %s of %d', async (path, activation, units) => {
    expect((await readLayers([fileAt(path)])).facts.output).toEqual({ activation, units });
  });

  it('the hash of one file, and of several in whatever order', async () => {
    const [a, b] = folderAt('resnet.tfjs');
    const hashes = await Promise.all([[a!, b!], [b!, a!]].map(async (files) => (await readLayers(files)).facts.hash)); // prettier-ignore
    expect(hashes[0]).toMatch(/^[0-9a-f]{64}$/);
    expect(hashes[1]).toBe(hashes[0]);
  });

  it.each(['grey.keras2.h5', 'grey.keras'])('%s takes a grey picture', async (path) => {
    expect((await readLayers([fileAt(`others/${path}`)])).facts.input).toEqual({ height: 12, width: 12, channels: 1 });
  });
});

describe('what Keras wrote and is not read', () => {
  it.each([
    ['lambda', 'own-model-lambda', 'Lambda in the layer "scale"'],
    ['custom', 'own-model-custom-layer', 'Attention in the layer "look"'],
    ['custom-activation', 'own-model-custom-layer', 'the activation'],
    ['lstm', 'own-model-layer-unsupported', 'LSTM in the layer "memory"'],
    ['per-frame', 'own-model-layer-unsupported', 'TimeDistributed in the layer "frames"'],
    ['dense-only', 'own-model-no-maps', ''],
    ['any-size', 'own-model-input', '(None, None, None, 3)'],
    ['four-channels', 'own-model-input', '(None, 12, 12, 4)'],
    ['two-inputs', 'own-model-input', '(None, 12, 12, 3), (None, 4)'],
    ['two-outputs', 'own-model-output', '2 outputs'],
    ['maps-out', 'own-model-output', '(None, 10, 10, 2)'],
    ['nan', 'own-model-not-finite', 'in the layer "score"'],
  ])('%s: %s, %s', async (name, code, detail) => {
    for (const format of ['keras2.h5', 'keras']) {
      const fault = await faultOf([fileAt(`others/${name}.${format}`)]);
      expect(fault).toMatchObject({ code, detail: expect.stringContaining(detail) as string });
    }
  });
});

describe('what is damaged, or no model', () => {
  it.each(['resnet.keras2.h5', 'resnet.keras3.h5', 'resnet.keras'])('%s, cut off', async (path) => {
    for (const share of [0.3, 0.9]) {
      expect(await faultOf(await cut(path, share))).toMatchObject({ code: 'own-model-truncated' });
    }
  });

  it('bytes overwritten within an HDF5 file', async () => {
    const bytes = new Uint8Array(await fileAt('resnet.keras2.h5').blob.arrayBuffer());
    bytes.fill(0xff, 600, 3000);
    expect((await faultOf(blobOf(bytes))).code).toMatch(/^own-model-(damaged|truncated)$/);
  });

  it('nothing, a picture, a text, other JSON, another zip', async () => {
    expect(await faultOf([])).toMatchObject({ code: 'own-model-format' });
    expect(await faultOf(blobOf())).toMatchObject({ code: 'own-model-format' });
    expect(await faultOf(blobOf('\x89PNG\r\n\x1a\n...'))).toMatchObject({ code: 'own-model-format' });
    expect(await faultOf(blobOf('{"a": 1}'))).toMatchObject({ code: 'own-model-format' });
    expect(await faultOf(blobOf('{"a": '))).toMatchObject({ code: 'own-model-damaged' });
    expect(await faultOf(blobOf(zipSync({ 'a.txt': new Uint8Array(9) }) as BlobPart))).toMatchObject({
      code: 'own-model-format',
    });
  });

  it('a zip that unpacks without end', async () => {
    const bomb = zipSync({ 'config.json': new Uint8Array(30_000_000) });
    expect(bomb.length).toBeLessThan(100_000);
    expect(await faultOf(blobOf(bomb as BlobPart))).toMatchObject({ code: 'own-model-unpacks-too-large' });
  });

  it('more than the limit, without reading it', async () => {
    const blob = { size: OWN_MODEL_MAX_BYTES + 1 } as Blob;
    expect(await faultOf([{ name: 'model.h5', blob }])).toMatchObject({ code: 'own-model-too-large' });
  });
});

describe('tfjs files', () => {
  it.each(['https://example.com/group1.bin', '//example.com/w.bin', '../w.bin', 'a/../../w.bin', 'data:,x', 'C:\\w.bin'])(
    'weights elsewhere, %s, are never fetched',
    async (path) => {
      const files = await changed('resnet.tfjs', (json) =>
        json.replace('group1-shard1of1.bin', JSON.stringify(path).slice(1, -1)),
      );
      expect(await faultOf(files)).toMatchObject({ code: 'own-model-elsewhere', detail: path });
    },
  );

  it('a shard that is missing, one that is too short, one that is too long', async () => {
    const files = folderAt('resnet.tfjs');
    const isShard = ({ name }: ModelFile): boolean => name.endsWith('.bin');
    const other = (blob: (old: Blob) => Blob) => files.map((file) => (isShard(file) ? { ...file, blob: blob(file.blob) } : file));
    expect(await faultOf(files.filter((file) => !isShard(file)))).toMatchObject({
      code: 'own-model-shard-missing',
      detail: 'group1-shard1of1.bin',
    });
    for (const blob of [(old: Blob) => old.slice(0, 100), (old: Blob) => new Blob([old, 'more'])]) {
      expect(await faultOf(other(blob))).toMatchObject({
        code: 'own-model-shard-size',
        detail: expect.stringContaining('group1-shard1of1.bin') as string,
      });
    }
  });

  it('shards without model.json', async () => {
    expect(await faultOf(folderAt('resnet.tfjs').filter(({ name }) => name !== 'model.json'))).toMatchObject({
      code: 'own-model-format',
    });
  });

  it('weights of other shapes than the layers have', async () => {
    const files = await changed('resnet.tfjs', (json) => json.replace('"filters": 8', '"filters": 9'));
    expect((await faultOf(files)).code).toMatch(/^own-model-(weights-mismatch|damaged)$/);
  });
});
