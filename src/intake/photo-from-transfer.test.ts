import { describe, expect, it } from 'vitest';
import { filesFromDrop, photosFromTransfer, type FileTransfer } from './photo-from-transfer';

const jpeg = new File(['1'], 'a.jpg', { type: 'image/jpeg' });
const png = new File(['2'], 'b.png', { type: 'image/png' });
const pdf = new File(['3'], 'c.pdf', { type: 'application/pdf' });
const nameless = new File(['4'], 'image', { type: '' });

function transferOf(files: File[], items: (File | string | null)[] = []): FileTransfer {
  return {
    files,
    items: items.map((item) => ({
      kind: typeof item === 'string' ? 'string' : 'file',
      getAsFile: () => (item instanceof File ? item : null),
    })),
  };
}

it.each<[string, FileTransfer, File[]]>([
  ['one dropped photo', transferOf([jpeg]), [jpeg]],
  ['several, in order', transferOf([png, jpeg]), [png, jpeg]],
  ['photos among other files', transferOf([pdf, jpeg]), [jpeg]],
  ['HEIC, whose type systems do not know', transferOf([pdf, new File(['5'], 'IMG_1.HEIC')]), [new File(['5'], 'IMG_1.HEIC')]],
  ['only another file, so that its error is shown', transferOf([pdf]), [pdf]],
  ['a file whose type the system does not know', transferOf([nameless]), [nameless]],
  ['a pasted picture that is only in the items', transferOf([], ['text/html', png]), [png]],
  ['the same picture in both lists, once', transferOf([png], [png]), [png]],
  ['pasted text', transferOf([], ['hello']), []],
  ['an item that gives no file', transferOf([], [null]), []],
])('%s', (_, transfer, expected) => {
  expect(photosFromTransfer(transfer)).toEqual(expected);
});

describe('filesFromDrop', () => {
  type Tree = { readonly [name: string]: File | Tree };

  function entryOf(name: string, node: File | Tree, parentPath = ''): FileSystemEntry {
    const fullPath = `${parentPath}/${name}`;
    if (node instanceof File) {
      return {
        name,
        fullPath,
        isFile: true,
        isDirectory: false,
        file: (give: (file: File) => void) => give(node),
      } as unknown as FileSystemEntry;
    }
    const children = Object.entries(node).map(([child, inner]) => entryOf(child, inner, fullPath));
    const createReader = () => {
      const left = [...children];
      // Two a call, as browsers give a hundred.
      return { readEntries: (give: (some: FileSystemEntry[]) => void) => give(left.splice(0, 2)) };
    };
    return { name, fullPath, isFile: false, isDirectory: true, createReader } as unknown as FileSystemEntry;
  }

  function dropOf(tree: Tree): FileTransfer {
    const items = Object.entries(tree).map(([name, node]) => ({
      kind: 'file',
      getAsFile: () => null,
      webkitGetAsEntry: () => entryOf(name, node),
    }));
    return { files: [], items };
  }

  const csv = (name: string): File => new File(['a,b'], name, { type: 'text/csv' });
  const named = (name: string): File => new File(['p'], name, { type: 'image/png' });

  it('reads folders to the bottom, in order, with paths, leaving out what is hidden', async () => {
    const drop = dropOf({
      set: {
        benign: { 'b10.png': named('b10.png'), 'b2.png': named('b2.png'), '.DS_Store': pdf },
        malignant: { deep: { 'm1.png': named('m1.png') } },
        'labels.csv': csv('labels.csv'),
        'notes.pdf': pdf,
      },
      'single.png': named('single.png'),
    });
    const { files, isSet } = await filesFromDrop(drop);
    expect(isSet).toBe(true);
    expect(files.map((file) => file.webkitRelativePath)).toEqual([
      'set/benign/b2.png',
      'set/benign/b10.png',
      'set/labels.csv',
      'set/malignant/deep/m1.png',
      'set/notes.pdf',
      'single.png',
    ]);
  });

  it('is a plain drop where there is no folder', async () => {
    expect(await filesFromDrop(transferOf([pdf, jpeg]))).toEqual({ files: [jpeg], isSet: false });
    expect(await filesFromDrop(transferOf([csv('a.csv')]))).toMatchObject({ isSet: false });
  });

  it('keeps labels that come along with pictures', async () => {
    const labels = csv('labels.csv');
    expect(await filesFromDrop(transferOf([labels, pdf, jpeg]))).toEqual({ files: [labels, jpeg], isSet: true });
  });

  it('says that a folder holds no picture', async () => {
    await expect(filesFromDrop(dropOf({ empty: {}, other: { 'a.pdf': pdf } }))).rejects.toMatchObject({ code: 'folder-empty' });
  });

  it('says that a file in it cannot be read', async () => {
    const gone = entryOf('a.png', pdf, '/f');
    Object.assign(gone, {
      file: (_: unknown, fail: (error: Error) => void) => {
        fail(new DOMException('x', 'NotFoundError'));
      },
    });
    const left = [[gone], []];
    const readEntries = (give: (some: FileSystemEntry[]) => void): void => {
      give(left.shift() ?? []);
    };
    const folder = { name: 'f', fullPath: '/f', isFile: false, isDirectory: true, createReader: () => ({ readEntries }) };
    const drop = {
      files: [],
      items: [{ kind: 'file', getAsFile: () => null, webkitGetAsEntry: () => folder as unknown as FileSystemEntry }],
    };
    await expect(filesFromDrop(drop)).rejects.toMatchObject({ code: 'file-unreadable', detail: 'NotFoundError' });
  });
});
