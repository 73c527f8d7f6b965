import { expect, it } from 'vitest';
import { photosFromTransfer, type FileTransfer } from './photo-from-transfer';

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
  ['only another file, so that its error is shown', transferOf([pdf]), [pdf]],
  ['a file whose type the system does not know', transferOf([nameless]), [nameless]],
  ['a pasted picture that is only in the items', transferOf([], ['text/html', png]), [png]],
  ['the same picture in both lists, once', transferOf([png], [png]), [png]],
  ['pasted text', transferOf([], ['hello']), []],
  ['an item that gives no file', transferOf([], [null]), []],
])('%s', (_, transfer, expected) => {
  expect(photosFromTransfer(transfer)).toEqual(expected);
});
