/** For tests: the files of an uncompressed tar (POSIX.1-1988 ustar), one after another. */
const BLOCK = 512;

interface TarEntry {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

function readText(header: Uint8Array, from: number, length: number): string {
  const field = header.subarray(from, from + length);
  const end = field.indexOf(0);
  return String.fromCharCode(...(end < 0 ? field : field.subarray(0, end)));
}

/** Plain files only; folders and links are passed over. */
export function* readTar(tar: Uint8Array): Generator<TarEntry> {
  for (let at = 0; at + BLOCK <= tar.length; ) {
    const header = tar.subarray(at, at + BLOCK);
    const name = readText(header, 0, 100);
    if (name === '') return;
    const sizeBytes = Number.parseInt(readText(header, 124, 12), 8);
    const kind = readText(header, 156, 1);
    if (kind === '0' || kind === '') yield { name, bytes: tar.slice(at + BLOCK, at + BLOCK + sizeBytes) };
    at += BLOCK + Math.ceil(sizeBytes / BLOCK) * BLOCK;
  }
}
