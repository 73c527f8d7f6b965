/** Repeatable damage to whole picture files, as broken cards, cut transfers and flipped bits leave it. */
import { damage, findMarker, join, randomOf } from '../../src/domain/testdata/damage';

export type Codec = 'jpeg' | 'png' | 'gif' | 'webp';

export interface WholePicture {
  readonly name: string;
  readonly codec: Codec;
  readonly bytes: Uint8Array;
}

export interface DamagedPicture {
  readonly name: string;
  readonly of: WholePicture;
  readonly how: Damage;
  readonly bytes: Uint8Array;
}

export const DAMAGES = [
  '4 KB of zeros',
  '4 KB of noise',
  '4 KB cut out',
  'zeros to the end',
  'cut off, with an end',
  'cut off',
  'some zeros',
  'some noise',
  'some cut out',
  'parts swapped',
  'a bit flipped',
  'the head damaged',
] as const;
export type Damage = (typeof DAMAGES)[number];

const BLOCK_BYTES = 4096;
const SOS = 0xda;

/** Where the coded pixels begin and end. */
function dataOf({ codec, bytes }: WholePicture): readonly [number, number] {
  switch (codec) {
    case 'jpeg':
      return [findMarker(bytes, SOS) + 14, bytes.length - 2];
    case 'png':
      return [41, bytes.length - 12];
    case 'gif':
      return [800, bytes.length - 2];
    case 'webp':
      return [30, bytes.length];
  }
}

/** The first part of a file, closed as a writer would close it that knows of no more. */
function cutWithEnd({ codec, bytes }: WholePicture, at: number): Uint8Array {
  const part = bytes.slice(0, at);
  switch (codec) {
    case 'jpeg':
      return join(part, [0xff, 0xd9]);
    case 'png':
      return join(part, bytes.subarray(-12));
    case 'gif':
      return join(part, [0, 0x3b]);
    case 'webp': {
      const even = at & ~1;
      const view = new DataView(part.buffer);
      view.setUint32(4, even - 8, true);
      view.setUint32(16, even - 20, true);
      return part.subarray(0, even);
    }
  }
}

function damageOnce(whole: WholePicture, how: Damage, random: () => number): Uint8Array {
  const { bytes } = whole;
  const [from, to] = dataOf(whole);
  const below = (limit: number): number => Math.floor(random() * limit);
  const some = 64 << below(6); // 64 to 2048
  const block = Math.min(BLOCK_BYTES, Math.floor((to - from) / 3));
  const place = (length: number): readonly [number, number, number] => [from, to, Math.min(length, block)];
  switch (how) {
    case '4 KB of zeros':
      return damage(bytes, 'zeros', place(block), random);
    case '4 KB of noise':
      return damage(bytes, 'noise', place(block), random);
    case '4 KB cut out':
      return damage(bytes, 'cut out', place(block), random);
    case 'zeros to the end':
      return bytes.slice().fill(0, from + below(to - from), to);
    case 'cut off, with an end':
      return cutWithEnd(whole, from + below(to - from));
    case 'cut off':
      return bytes.slice(0, from + below(to - from));
    case 'some zeros':
      return damage(bytes, 'zeros', place(some), random);
    case 'some noise':
      return damage(bytes, 'noise', place(some), random);
    case 'some cut out':
      return damage(bytes, 'cut out', place(some), random);
    case 'parts swapped':
      return damage(bytes, 'swapped', place(2 * some), random);
    case 'a bit flipped': {
      const copy = bytes.slice();
      copy[from + below(to - from)]! ^= 1 << below(8);
      return copy;
    }
    case 'the head damaged': {
      const copy = bytes.slice();
      const at = 2 + below(from - 2);
      const length = 1 + below(16);
      for (let i = at; i < Math.min(from, at + length); i++) copy[i] = below(256);
      return copy;
    }
  }
}

/** @returns `count` damaged files, the same for the same seed: every picture in turn, with every damage. */
export function damagePictures(wholes: readonly WholePicture[], count: number, seed: number): readonly DamagedPicture[] {
  const random = randomOf(seed);
  const damaged: DamagedPicture[] = [];
  for (let i = 0; damaged.length < count; i++) {
    const of = wholes[i % wholes.length]!;
    const how = DAMAGES[Math.floor(i / wholes.length) % DAMAGES.length]!;
    const bytes = damageOnce(of, how, random);
    if (Buffer.compare(bytes, of.bytes) === 0) continue;
    damaged.push({ name: `${damaged.length} ${how} in ${of.name}`, of, how, bytes });
  }
  return damaged;
}
