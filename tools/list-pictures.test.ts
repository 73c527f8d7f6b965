import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ascii, jpegBytes } from '../src/domain/testdata/bytes';
import { listPictures } from './list-pictures';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pictures-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

function write(path: string, bytes: readonly number[] = []): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), Uint8Array.from(bytes));
}

it('lists every kind that the app takes, sorted, by path', () => {
  const names = ['a.jpg', 'b.JPEG', 'c.jfif', 'd.png', 'e.apng', 'f.webp', 'g.avif', 'h.gif', 'i.bmp', 'j.HEIC', 'k.heif'];
  for (const name of names) write(name);
  write('malignant/1.heic');
  expect(listPictures(folder)).toEqual([...names, 'malignant/1.heic']);
});

it('knows a picture without an ending by its bytes, and leaves the rest', () => {
  write('IMG_0001', jpegBytes(4, 4));
  write('LICENSE', ascii('MIT License'));
  for (const name of ['labels.csv', 'notes.txt', 'scan.tif', 'empty']) write(name);
  expect(listPictures(folder)).toEqual(['IMG_0001']);
});

it('leaves what the app leaves: hidden files, and pictures that are named like texts', () => {
  write('._a.jpg', jpegBytes(4, 4));
  write('a.txt', jpegBytes(4, 4));
  expect(listPictures(folder)).toEqual([]);
});
