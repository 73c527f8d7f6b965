/**
 * What a file's name, and the type that the system gives it, say of it. Enough to pick files out of many; what a picture
 * really is, its bytes say (image-file.ts).
 */
import type { ImageType } from './image-file';

type Endings = readonly `.${string}`[];

const TYPES: Readonly<Record<ImageType, Readonly<Record<`image/${string}`, Endings>>>> = {
  jpeg: { 'image/jpeg': ['.jpg', '.jpeg', '.jfif'] },
  png: { 'image/png': ['.png', '.apng'] },
  webp: { 'image/webp': ['.webp'] },
  avif: { 'image/avif': ['.avif'] },
  heic: { 'image/heic': ['.heic'], 'image/heif': ['.heif'] },
  gif: { 'image/gif': ['.gif'] },
  bmp: { 'image/bmp': ['.bmp'] },
};

/** MIME type to endings, lower case, of every kind of picture that the app reads. */
export const PICTURE_TYPES: Readonly<Record<string, Endings>> = Object.fromEntries(
  Object.values(TYPES).flatMap((types) => Object.entries(types)),
);

const ENDINGS = Object.values(PICTURE_TYPES).flat();

/** For `accept` of an `<input type="file">`. Many systems know no type of HEIC, and would grey it out without its endings. */
export const PICTURE_ACCEPT = ['image/*', ...Object.values(TYPES.heic).flat()].join(',');
export const TABLE_ACCEPT = '.csv';

/** What can lie beside pictures: hidden files, texts, tables, archives, films. */
const NO_PICTURE = /(^|\/)(\.[^/]*|thumbs\.db|desktop\.ini)$|\.(txt|md|json|xml|pdf|docx?|xlsx?|csv|tsv|zip|npz|mp4|mov|html?)$/i;
/** A picture that no browser reads says so when it is tried; a name without an ending says nothing. */
const UNREAD_OR_NO_ENDING = /(\.tiff?|(^|\/)[^./]+)$/i;

/** Named as a kind of picture that the app reads. */
export function hasPictureName(path: string): boolean {
  const lower = path.toLowerCase();
  return ENDINGS.some((ending) => lower.endsWith(ending));
}

/** Named as something else than a picture. */
export function isNoPicture(path: string): boolean {
  return NO_PICTURE.test(path);
}

/** A picture by its name or its type. @param type - MIME type; '' where the system knows none. */
export function isPicture({ name, type }: { readonly name: string; readonly type: string }): boolean {
  return type.startsWith('image/') || hasPictureName(name);
}

/** Of files that nobody chose one by one, as of a folder: what is worth trying. */
export function mayBePicture(path: string, type: string): boolean {
  return !isNoPicture(path) && (isPicture({ name: path, type }) || UNREAD_OR_NO_ENDING.test(path));
}

const ZIP_TYPES = ['application/zip', 'application/x-zip-compressed'];

/** A zip by its name or its type. */
/** Of a Keras model. */
export function isModelName(name: string): boolean {
  return /\.(h5|hdf5|keras)$/i.test(name);
}

export function isZipName({ name, type }: { readonly name: string; readonly type: string }): boolean {
  return name.toLowerCase().endsWith('.zip') || ZIP_TYPES.includes(type);
}

/** A table, which may hold labels. */
export function isTable(name: string): boolean {
  return name.toLowerCase().endsWith(TABLE_ACCEPT);
}
