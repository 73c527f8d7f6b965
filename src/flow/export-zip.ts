import { modelFingerprint } from '../domain/diary';
import type { ModelManifest } from '../domain/manifest';

export interface ExportZip {
  /** @param pieces - the file's content, one piece after another. */
  add(name: string, pieces: Iterable<Uint8Array | string> | AsyncIterable<Uint8Array | string>): Promise<void>;
  /** No file may be added afterwards. */
  end(): Blob;
}

/** A zip whose files are stored as they are: activations hardly get smaller. The same content gives the same bytes. */
export async function createExportZip(): Promise<ExportZip> {
  const { Zip, ZipPassThrough, strToU8 } = await import('fflate');
  // Browsers may put a blob's parts on the disk; a list of buffers they may not.
  const parts: Blob[] = [];
  const zip = new Zip((error, chunk) => {
    if (error) throw error;
    parts.push(new Blob([chunk]));
  });
  return {
    async add(name, pieces) {
      const file = new ZipPassThrough(name);
      file.mtime = new Date(1980, 0, 1);
      zip.add(file);
      for await (const piece of pieces) file.push(typeof piece === 'string' ? strToU8(piece) : piece);
      file.push(new Uint8Array(0), true);
    },
    end() {
      zip.end();
      return new Blob(parts, { type: 'application/zip' });
    },
  };
}

/** Which model, and how it takes its pictures. */
export async function describeModel(manifest: ModelManifest) {
  const { version, input, network, own } = manifest;
  return {
    model: { version, sha256: await modelFingerprint(manifest) },
    preprocessing: { side: network.input.side, mean: input.mean, std: input.std, order: own?.settings.order ?? 'rgb' },
  };
}
