import { expect, it } from 'vitest';
import { hasPictureName, isNoPicture, isTable, isZipName, mayBePicture, PICTURE_ACCEPT, PICTURE_TYPES } from './file-names';

it('every kind has a type and endings, told in any case', () => {
  const endings = Object.values(PICTURE_TYPES).flat();
  expect(endings).toEqual(['.jpg', '.jpeg', '.jfif', '.png', '.apng', '.webp', '.avif', '.heic', '.heif', '.gif', '.bmp']);
  for (const ending of endings) {
    expect(hasPictureName(`a${ending}`), ending).toBe(true);
    expect(hasPictureName(`set/a.b${ending.toUpperCase()}`), ending).toBe(true);
  }
  for (const name of ['jpg', 'a.tif', 'a.jpg.txt', 'a.xjpg', 'a.csv', '']) expect(hasPictureName(name), name).toBe(false);
});

it('choosers offer all pictures, and HEIC where the system knows no type of it', () => {
  expect(PICTURE_ACCEPT).toBe('image/*,.heic,.heif');
});

it.each([
  ['set/1.jpg', '', true],
  ['set/1.heif', '', true],
  ['set/scan.tiff', '', true], // no browser reads it: it gets its row, with the reason
  ['set/IMG_1', '', true],
  ['set/1.xyz', '', false],
  ['set/1.xyz', 'image/xyz', true],
  ['set/.hidden.jpg', 'image/jpeg', false],
  ['set/Thumbs.db', '', false],
  ['labels.csv', '', false],
])('in a folder, %s of type "%s" may be a picture: %s', (path, type, expected) => {
  expect(mayBePicture(path, type)).toBe(expected);
});

it('tables end in .csv', () => {
  expect(['a.csv', 'A.CSV', 'csv', 'a.csv.jpg', 'a.tsv'].map(isTable)).toEqual([true, true, false, false, false]);
  expect(isNoPicture('a.tsv')).toBe(true);
});

it.each([
  ['diary.zip', '', true],
  ['DIARY.ZIP', '', true],
  ['diary', 'application/x-zip-compressed', true],
  ['zip', '', false],
  ['a.zip.png', 'image/png', false],
])('%s of type "%s" is named a zip: %s', (name, type, is) => {
  expect(isZipName({ name, type })).toBe(is);
});
