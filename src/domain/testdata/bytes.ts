/** Small files, byte by byte, for the tests of file kinds. */
import type { ByteSource } from '../byte-source';

export function ascii(text: string): number[] {
  return Array.from(text, (c) => c.charCodeAt(0));
}

/** Big-endian, 4 bytes. */
export function u32(value: number): number[] {
  return [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255];
}

/** Little-endian, 4 bytes. */
export function u32le(value: number): number[] {
  return u32(value).reverse();
}

export function zeros(count: number): number[] {
  return new Array<number>(count).fill(0);
}

/** A JPEG segment: marker, length, payload. */
export function jpegSegment(marker: number, payload: readonly number[]): number[] {
  const length = payload.length + 2;
  return [0xff, marker, length >> 8, length & 255, ...payload];
}

/** A structurally whole JPEG without meaning: EXIF with a thumbnail, frame header, one scan, end. */
export function jpegBytes(width: number, height: number, scanBytes = 40): number[] {
  const frame = [8, height >> 8, height & 255, width >> 8, width & 255, 1, 1, 0x11, 0];
  const thumbnail = [0xff, 0xd8, ...jpegSegment(0xc0, [8, 0, 9, 0, 9, 1, 1, 0x11, 0]), 0xff, 0xd9];
  return [
    ...[0xff, 0xd8],
    ...jpegSegment(0xe1, [...ascii('Exif\0\0'), ...thumbnail]),
    ...jpegSegment(0xc0, frame),
    ...jpegSegment(0xda, [1, 1, 0, 0, 63, 0]),
    ...Array.from({ length: scanBytes }, (_, i) => i & 127),
    ...[0xff, 0xd9],
  ];
}

/** An ISO base media box. */
export function box(kind: string, ...content: readonly (readonly number[])[]): number[] {
  const body = content.flat();
  return [...u32(body.length + 8), ...ascii(kind), ...body];
}

interface CountingSource extends ByteSource {
  /** Bytes read so far. */
  readonly readBytes: () => number;
}

export function sourceOfBytes(bytes: readonly number[] | Uint8Array): CountingSource {
  const whole = Uint8Array.from(bytes);
  let count = 0;
  return {
    sizeBytes: whole.length,
    readBytes: () => count,
    read(from, to) {
      const part = whole.slice(from, to);
      count += part.length;
      return Promise.resolve(part);
    },
  };
}
