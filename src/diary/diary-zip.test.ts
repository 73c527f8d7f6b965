import { createHash } from 'node:crypto';
import { strToU8, unzipSync, zipSync } from 'fflate';
import { encode } from 'fast-png';
import { describe, expect, it } from 'vitest';
import type { DiaryItem } from '../domain/diary';
import { diaryEntry } from '../domain/testdata/diary-entry';
import { packDiary, unpackDiary } from './diary-zip';

function png(width: number, grey: number, height = width): Uint8Array<ArrayBuffer> {
  return new Uint8Array(encode({ width, height, data: new Uint8Array(width * height * 4).fill(grey), channels: 4 }));
}

/** The start of a JPEG of that size and its end: as much as is looked at. */
function jpeg(width: number, height: number): Uint8Array<ArrayBuffer> {
  const frame = [0xff, 0xc0, 0, 11, 8, height >> 8, height & 255, width >> 8, width & 255, 1, 1, 0x11, 0];
  return Uint8Array.from([0xff, 0xd8, ...frame, 0xff, 0xda, 0, 8, 1, 1, 0, 0, 63, 0, 0x55, 0xff, 0xd9]);
}

function item(id: string, input = png(128, 100), view = jpeg(300, 300)): DiaryItem {
  const hash = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
  return { entry: diaryEntry({ id, inputSha256: hash(input), viewSha256: hash(view) }), pictures: { input, view } };
}

const ITEMS = [item('entry001'), item('entry002', png(128, 7))];

function repack(change: Record<string, Uint8Array | null>, compress = false): Uint8Array<ArrayBuffer> {
  const files = { ...unzipSync(packDiary(ITEMS)), ...change };
  const kept = Object.fromEntries(Object.entries(files).filter((one): one is [string, Uint8Array] => one[1] !== null));
  return new Uint8Array(zipSync(kept, { level: compress ? 9 : 0 }));
}

function withIndex(
  change: (index: { version: unknown; entries: Record<string, unknown>[] }) => unknown,
): Uint8Array<ArrayBuffer> {
  const index = JSON.parse(new TextDecoder().decode(unzipSync(packDiary(ITEMS))['diary.json'])) as Parameters<typeof change>[0];
  return repack({ 'diary.json': strToU8(JSON.stringify(change(index))) });
}

describe('a diary as a zip', () => {
  it('comes back as it was, and gives the same bytes whatever the order', async () => {
    const zip = packDiary(ITEMS);
    const back = await unpackDiary(zip);
    expect(back).toEqual(ITEMS);
    expect(packDiary([...back].reverse())).toEqual(zip);
  });

  it.each([8, 64, 299, 1024])('may hold what a network of side %i saw', async (side) => {
    const items = [item('entry001', png(side, 1))];
    expect(await unpackDiary(packDiary(items))).toEqual(items);
  });

  it('is read where its records have no version yet', async () => {
    const old = withIndex((index) => ({ ...index, entries: ITEMS.map(({ entry }) => entry) }));
    expect(await unpackDiary(old)).toEqual(ITEMS);
  });

  it('carries the side of the body', async () => {
    const [one] = ITEMS;
    const sided = [{ ...one!, entry: { ...one!.entry, side: 'left' } }] as const satisfies readonly DiaryItem[];
    expect(await unpackDiary(packDiary(sided))).toEqual(sided);
  });

  it('says which record is at fault, and where', async () => {
    const spoilt = withIndex((index) => ({
      ...index,
      entries: [index.entries[0], { ...index.entries[1], model: { version: 'v1', sha256: 'x' } }],
    }));
    await expect(unpackDiary(spoilt)).rejects.toMatchObject({
      detail: expect.stringMatching(/^entry 1: model\.sha256 is not /) as string,
    });
  });

  it('is the same bytes in every time zone', () => {
    const here = packDiary(ITEMS);
    const zone = process.env['TZ'];
    process.env['TZ'] = 'Pacific/Auckland';
    const there = packDiary(ITEMS);
    if (zone === undefined) delete process.env['TZ'];
    else process.env['TZ'] = zone;
    expect(there).toEqual(here);
  });

  it('is read also where another program packed it anew, with files of its own', async () => {
    expect(await unpackDiary(repack({ '.DS_Store': strToU8('x'), '__proto__/x': strToU8('y') }, true))).toEqual(ITEMS);
  });

  const APPLE = strToU8('\0\x05\x16\x07');

  it.each<[string, (name: string) => string, Record<string, Uint8Array>]>([
    [
      'macOS, a folder',
      (name) => `diary/${name}`,
      {
        'diary/': new Uint8Array(0),
        'diary/pictures/': new Uint8Array(0),
        'diary/pictures/entry001/': new Uint8Array(0),
        'diary/.DS_Store': APPLE,
        '__MACOSX/diary/._diary.json': APPLE,
        '__MACOSX/diary/pictures/entry001/._input.png': APPLE,
        '__MACOSX/._diary': APPLE,
      },
    ],
    ['macOS, the files', (name) => name, { '__MACOSX/._diary.json': APPLE, '.DS_Store': APPLE, 'pictures/': new Uint8Array(0) }],
    ['Windows, a folder in a folder of its name', (name) => `Tagebuch (1)/Tagebuch (1)/${name}`, {}],
    ['older Windows', (name) => `diary\\${name.replaceAll('/', '\\')}`, { 'diary\\Thumbs.db': APPLE }],
    ['a command line', (name) => `./${name}`, { './': new Uint8Array(0) }],
    ['a folder, with an older export in it', (name) => `new/${name}`, { 'new/old/diary.json': strToU8('{}') }],
    ['the top, with another export beside it', (name) => name, { 'old/diary.json': strToU8('{}') }],
  ])('is read as if unchanged where a desktop packed it anew: %s', async (_, rename, more) => {
    const files = Object.entries(unzipSync(packDiary(ITEMS))).map(([name, bytes]) => [rename(name), bytes] as const);
    const zip = new Uint8Array(zipSync({ ...more, ...Object.fromEntries(files) }));
    expect(await unpackDiary(zip)).toEqual(ITEMS);
  });

  it('does not choose between two exports', async () => {
    const files = Object.entries(unzipSync(packDiary(ITEMS)));
    const both = ['one', 'two'].flatMap((folder) => files.map(([name, bytes]) => [`${folder}/${name}`, bytes] as const));
    await expect(unpackDiary(new Uint8Array(zipSync(Object.fromEntries(both))))).rejects.toMatchObject({
      code: 'diary-file-invalid',
      detail: 'more than one diary.json',
    });
  });

  it('takes no index from where only an archiver writes', async () => {
    const zip = zipSync({ '__MACOSX/diary.json': unzipSync(packDiary(ITEMS))['diary.json']! });
    await expect(unpackDiary(new Uint8Array(zip))).rejects.toMatchObject({ code: 'diary-file-invalid', detail: 'no diary.json' });
  });

  it.each<[string, string, Uint8Array<ArrayBuffer>]>([
    ['no zip', 'diary-file-not-zip', new Uint8Array(100)],
    ['nothing', 'diary-file-not-zip', new Uint8Array(0)],
    ['a cut zip', 'diary-file-not-zip', packDiary(ITEMS).slice(0, -30)],
    ['no index', 'diary-file-invalid', repack({ 'diary.json': null })],
    ['an index that is no JSON', 'diary-file-invalid', repack({ 'diary.json': strToU8('{"format"') })],
    ['an index that is no UTF-8', 'diary-file-invalid', repack({ 'diary.json': Uint8Array.from([0x22, 0xff, 0x22]) })],
    ['another format', 'diary-file-invalid', withIndex((index) => ({ ...index, format: 'other' }))],
    ['a newer version', 'diary-file-newer', withIndex((index) => ({ ...index, version: 2 }))],
    [
      'an entry of a newer version',
      'diary-file-newer',
      withIndex((i) => ({ ...i, entries: [i.entries[0], { id: 'entry002', formatVersion: 3 }] })),
    ],
    ['a version that is no number', 'diary-file-invalid', withIndex((index) => ({ ...index, version: '1' }))],
    ['entries that are no list', 'diary-file-invalid', withIndex((index) => ({ ...index, entries: {} }))],
    ['one id twice', 'diary-file-invalid', withIndex((index) => ({ ...index, entries: [index.entries[0], index.entries[0]] }))],
    [
      'a record with a wrong field',
      'diary-file-invalid',
      withIndex((i) => ({ ...i, entries: [{ ...i.entries[0], logit: '1' }] })),
    ],
    ['an id that climbs', 'diary-file-invalid', withIndex((i) => ({ ...i, entries: [{ ...i.entries[0], id: '../entry1' }] }))],
    ['a missing picture', 'diary-file-damaged', repack({ 'pictures/entry001/input.png': null })],
    ['a picture of another entry', 'diary-file-damaged', repack({ 'pictures/entry001/input.png': png(128, 7) })],
    [
      'a picture larger than any',
      'diary-file-too-large',
      repack({ 'pictures/entry001/input.png': new Uint8Array(5_000_000) }, true),
    ],
    ['an index larger than any', 'diary-file-too-large', repack({ 'diary.json': new Uint8Array(65 * 1024 ** 2) }, true)],
    ['an input that is no square', 'diary-file-damaged', packDiary([item('entry001', png(128, 1, 127))])],
    ['an input smaller than any', 'diary-file-damaged', packDiary([item('entry001', png(7, 1))])],
    ['an input of more pixels than any', 'diary-file-damaged', packDiary([item('entry001', png(1025, 1))])],
    ['an input that is cut', 'diary-file-damaged', packDiary([item('entry001', png(128, 1).slice(0, -14))])],
    ['a view that is a PNG', 'diary-file-damaged', packDiary([item('entry001', png(128, 1), png(128, 1))])],
    ['a view with too many pixels', 'diary-file-damaged', packDiary([item('entry001', png(128, 1), jpeg(60_000, 60_000))])],
    ['a view that is no square', 'diary-file-damaged', packDiary([item('entry001', png(128, 1), jpeg(300, 200))])],
  ])('refuses %s: %s', async (_what, code, zip) => {
    await expect(unpackDiary(zip)).rejects.toMatchObject({ code });
  });

  it('unpacks no more than a file declares', async () => {
    const zip = repack({ 'pictures/entry001/input.png': new Uint8Array(250_000) }, true);
    // Declares 100 bytes where 250,000 would come out; in the list of files at the end, which is what counts.
    const view = new DataView(zip.buffer);
    const name = strToU8('pictures/entry001/input.png');
    for (let at = 0; at + 46 + name.length < zip.length; at += 1) {
      const isHere = view.getUint32(at, true) === 0x02014b50 && name.every((byte, i) => zip[at + 46 + i] === byte);
      if (isHere) view.setUint32(at + 24, 100, true);
    }
    await expect(unpackDiary(zip)).rejects.toMatchObject({
      code: expect.stringMatching(/diary-file-(damaged|not-zip)/) as string,
    });
  });
});
