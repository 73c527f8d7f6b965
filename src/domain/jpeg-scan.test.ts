import { describe, expect, it } from 'vitest';
import { encodeJpeg, exifSegment, jpegSegment } from '../../e2e/support/encode-jpeg';
import { drawLesion } from '../../e2e/support/pictures';
import { realDermoscopy } from '../../e2e/support/real-photos';
import { findDamage } from './find-damage';
import { damage, DAMAGES, findMarker, JPEG_SAMPLES, join, randomOf } from './testdata/damage';
import { ascii } from './testdata/bytes';

const picture = drawLesion('irregular', 120, 90);
const [DHT, DQT, SOF0, SOF2, SOS, EOI] = [0xc4, 0xdb, 0xc0, 0xc2, 0xda, 0xd9];
const DRAWN: readonly (readonly [string, Uint8Array])[] = [
  ['sequential, flat codes', encodeJpeg(picture)],
  ['progressive, flat codes', encodeJpeg(picture, { isProgressive: true })],
  ['grey', encodeJpeg(picture, { model: 'grey' })],
];
const WHOLE = [...JPEG_SAMPLES, ...DRAWN];

function sample(name: string): Uint8Array {
  return JPEG_SAMPLES.find(([known]) => known === name)![1];
}

function detailOf(bytes: Uint8Array): string | null {
  const fault = findDamage('jpeg', bytes);
  return fault && `${fault.kind}: ${fault.detail}`;
}

/** The file without the first of these segments; scans with their data. */
function without(bytes: Uint8Array, marker: number, from = 0): Uint8Array {
  const at = findMarker(bytes, marker, from);
  let end = at + 2 + bytes[at + 2]! * 256 + bytes[at + 3]!;
  if (marker === SOS) while (bytes[end] !== 0xff || bytes[end + 1] === 0) end++;
  return join(bytes.subarray(0, at), bytes.subarray(end));
}

function patch(bytes: Uint8Array, at: number, ...values: readonly number[]): Uint8Array {
  const copy = bytes.slice();
  copy.set(values, at);
  return copy;
}

describe.each(WHOLE)('%s', (_, bytes) => {
  it('is whole as it is, and with what real files carry besides', () => {
    const scan = findMarker(bytes, SOS);
    const thumbnail = jpegSegment(0xe1, Buffer.concat([Buffer.from('Exif\0\0'), encodeJpeg(picture)]));
    for (const [what, file] of [
      ['nothing', bytes],
      ['zeros behind the end', join(bytes, [0, 0, 0])],
      ['a second picture, cut off', join(bytes, bytes.subarray(0, bytes.length >> 1))],
      ['a video', join(bytes, [0, 0, 0, 24], ascii('ftypmp42'))],
      ['metadata twice', join(bytes.subarray(0, 2), exifSegment(1), thumbnail, bytes.subarray(2))],
      ['bytes between segments', join(bytes.subarray(0, scan), [0, 1, 2, 3], bytes.subarray(scan))],
      ['fill bytes before a marker', join(bytes.subarray(0, scan), [0xff, 0xff], bytes.subarray(scan))],
      ['fill bytes at the end', join(bytes.subarray(0, -2), [0xff, 0xff, 0xff], bytes.subarray(-2))],
      ['zeros that fill the scan up', join(bytes.subarray(0, -2), new Uint8Array(11), bytes.subarray(-2))],
      ['a comment between scan and end', join(bytes.subarray(0, -2), jpegSegment(0xfe, Buffer.from('so')), bytes.subarray(-2))],
    ] as const) {
      expect([what, detailOf(file)]).toEqual([what, null]);
    }
  });

  it('is damaged where its data end early, however it is closed', () => {
    const from = findMarker(bytes, SOS) + 20;
    for (let end = from; end < bytes.length - 4; end += 97) {
      expect([end, detailOf(join(bytes.subarray(0, end), [0xff, EOI]))]).toEqual([end, expect.stringMatching(/^damaged/)]);
    }
  });

  it('is damaged without its frame, a quantisation table, a scan or its end', () => {
    const frame = markerOfFrame(bytes);
    expect(detailOf(without(bytes, frame))).toBe('damaged: a scan comes before its frame');
    expect(detailOf(without(bytes, DQT))).toBe('damaged: a quantisation table is missing');
    expect(detailOf(without(bytes, SOS))).toMatch(/^damaged/);
    expect(detailOf(bytes.subarray(0, -2))).toMatch(/^damaged/);
  });
});

function markerOfFrame(bytes: Uint8Array): number {
  try {
    findMarker(bytes, SOF0);
    return SOF0;
  } catch {
    return SOF2;
  }
}

describe('headers', () => {
  const sequential = sample('sequential, 4:2:0');
  const frame = findMarker(sequential, SOF0);

  it('takes the tables of T.81, K.3 where a frame of motion JPEG leaves them out', () => {
    let bare = sequential;
    for (let i = 0; i < 4; i++) bare = without(bare, DHT);
    expect(detailOf(bare)).toBeNull();
    const optimised = without(sample('sequential, 4:2:2, optimised, restarts'), DHT);
    expect(detailOf(optimised)).toMatch(/^damaged/);
    expect(detailOf(without(sample('progressive, grey'), DHT))).toBe('damaged: a Huffman table is missing');
  });

  it('takes the number of lines from behind the first scan', () => {
    const lines = sequential.subarray(frame + 5, frame + 7);
    const dnl = jpegSegment(0xdc, lines);
    const late = patch(join(sequential.subarray(0, -2), dnl, sequential.subarray(-2)), frame + 5, 0, 0);
    expect(detailOf(late)).toBeNull();
    expect(detailOf(patch(sequential, frame + 5, 0, 0))).toBe('damaged: the frame has no size');
  });

  it.each([
    [0xc9, 'arithmetic coding'],
    [0xca, 'arithmetic coding'],
    [0xc3, 'lossless'],
    [0xc5, 'hierarchical'],
  ])('does not judge frames of kind %i: %s', (marker, words) => {
    expect(detailOf(patch(sequential, frame + 1, marker))).toBe(`unsupported: ${words}`);
  });

  it('does not judge 12 bits', () => {
    expect(detailOf(patch(sequential, frame + 4, 12))).toBe('unsupported: 12 bits a sample');
  });

  it.each([
    ['more lines than there are', patch(sequential, frame + 5, 1)],
    ['fewer lines than there are', patch(sequential, frame + 6, 40)],
    ['a sampling factor of 0', patch(sequential, frame + 11, 0x20)],
    ['a scan of a component that is not there', patch(sequential, findMarker(sequential, SOS) + 5, 9)],
    ['a step of 0', patch(sequential, findMarker(sequential, DQT) + 9, 0)],
    ['a step that fits no other', patch(sequential, findMarker(sequential, DQT) + 7, 200)],
    ['more codes than fit', patch(sequential, findMarker(sequential, DHT) + 5, 9)],
    ['more pixels than any picture', patch(sequential, frame + 5, 0xff, 0xff, 0xff, 0xff)],
  ])('finds %s', (_, bytes) => {
    expect(detailOf(bytes)).toMatch(/^damaged/);
  });

  it('finds a restart marker that is missing or out of sequence', () => {
    const bytes = sample('sequential, 4:2:2, optimised, restarts');
    const restart = findMarker(bytes, 0xd3);
    expect(detailOf(patch(bytes, restart + 1, 0xd4))).toBe('damaged: a restart marker is out of sequence');
    expect(detailOf(join(bytes.subarray(0, restart), bytes.subarray(restart + 2)))).toMatch(/^damaged/);
  });

  it('finds a progressive scan that is missing or comes twice', () => {
    const bytes = sample('progressive, grey');
    const last = bytes.length - 2;
    let scan = findMarker(bytes, SOS);
    const starts: number[] = [];
    for (; ; scan = findMarker(bytes, SOS, scan + 2)) {
      starts.push(scan);
      if (!Array.from(bytes.subarray(scan + 2, last)).some((b, i, rest) => b === 0xff && rest[i + 1] === SOS)) break;
    }
    expect(starts.length).toBeGreaterThan(4);
    for (const start of starts) expect(detailOf(without(bytes, SOS, start))).toMatch(/^damaged: a/);
    const end = starts[1]!;
    expect(detailOf(join(bytes.subarray(0, end), bytes.subarray(starts[0], end), bytes.subarray(end)))).toMatch(/^damaged/);
  });
});

describe('a DC that was changed, which no code shows', () => {
  const [width, height] = [240, 200];
  const large = drawLesion('irregular', width, height);

  /** As it decodes after one DC value of a block of the middle was changed: from there on all are so much brighter. */
  function shifted(levels: number): Uint8Array {
    const from = 12 * 30 + 11;
    const rgb = large.rgb.map((value, i) => {
      const [x, y] = [Math.floor(i / 3) % width, Math.floor(i / 3 / width)];
      return Math.floor(y / 8) * 30 + Math.floor(x / 8) >= from ? Math.min(255, value + levels) : value;
    });
    return encodeJpeg({ width, height, rgb }, { quantum: 2 });
  }

  it('is found by the edge that it leaves, wherever that begins', () => {
    expect(detailOf(shifted(0))).toBeNull();
    expect(detailOf(shifted(20))).toBe('damaged: brightness jumps between two blocks');
  });

  it('is told from edges of the picture: a black bar, a slanted line, the border of a page', () => {
    for (const isBlack of [
      (_: number, y: number) => y < 48,
      (_: number, y: number) => y >= 152,
      (x: number, y: number) => Math.abs(y - 96 - x / 20) < 4,
      (x: number, y: number) => y > 96 + x / 30,
      (x: number, y: number) => x < 88 && y < 104,
    ]) {
      const rgb = large.rgb.map((v, i) => (isBlack(Math.floor(i / 3) % width, Math.floor(i / 3 / width)) ? 10 : v));
      expect(detailOf(encodeJpeg({ width, height, rgb }, { quantum: 2 }))).toBeNull();
    }
  });
});

describe('damaged data', () => {
  const seed = Number(process.env['FUZZ_SEED'] ?? 20_261);

  /** Share of damaged copies that went unnoticed. */
  function missed(files: readonly (readonly [string, Uint8Array])[], lengths: readonly number[], runs: number): number {
    const random = randomOf(seed);
    let [count, unnoticed] = [0, 0];
    for (const [, bytes] of files) {
      const [from, to] = [findMarker(bytes, SOS) + 14, bytes.length - 2];
      for (const length of lengths) {
        if (3 * length > to - from) continue;
        for (const how of DAMAGES) {
          for (let run = 0; run < runs; run++) {
            const copy = damage(bytes, how, [from, to, length], random);
            if (Buffer.compare(copy, bytes) === 0) continue;
            count++;
            if (findDamage('jpeg', copy) === null) unnoticed++;
          }
        }
      }
    }
    console.log(`seed ${seed}: ${unnoticed} of ${count} damaged copies went unnoticed (lengths ${lengths.join(', ')})`);
    return unnoticed / count;
  }

  it('is found in drawn pictures, but for a few of the smallest', () => {
    expect(missed(WHOLE, [64], 20)).toBeLessThan(0.15);
    expect(missed(WHOLE, [256, 1024, 4096, 8192], 20)).toBeLessThan(0.05);
  });

  const photos = realDermoscopy(200);

  it.skipIf(photos.length === 0)('200 real photos are whole (needs LESION_DATA)', () => {
    expect(photos).toHaveLength(200);
    for (const { name, buffer } of photos) expect([name, detailOf(new Uint8Array(buffer))]).toEqual([name, null]);
  });

  it.skipIf(photos.length === 0)('is found in real photos (needs LESION_DATA)', () => {
    const files = photos.slice(0, 10).map(({ name, buffer }) => [name, new Uint8Array(buffer)] as const);
    expect(missed(files, [256, 1024, 2048], 10)).toBeLessThan(0.05);
  });
});
