import { beforeEach, expect, test, vi } from 'vitest';
import { createReadyFlow } from './testing';

/** As where there is no connection, or a newer build has taken the place of this one. */
let isGone = false;
const readLabelFile = vi.hoisted(() => vi.fn());
vi.mock('../domain/labels', async (importOriginal) => {
  const original = await importOriginal<typeof import('../domain/labels')>();
  readLabelFile.mockImplementation(original.readLabelFile);
  return {
    get readLabelFile() {
      if (isGone) throw new TypeError('Failed to fetch dynamically imported module');
      return readLabelFile;
    },
  };
});

beforeEach(() => {
  isGone = false;
});

const TABLE = 'file,label\na.png,malignant\n';

test('a parser of tables that cannot be loaded is no bad table: it says so whatever the table is called, and is asked for anew', async () => {
  const { flow, state } = await createReadyFlow();
  isGone = true;
  await flow.batch.run([new File([TABLE], 'labels.csv')]);
  expect(state().batch).toMatchObject({ labelRows: 0, skipped: 0, labelError: { code: 'app-part-missing' } });
  await flow.batch.run([new File([TABLE], 'meta.csv'), new File(['x'], 'notes.txt')]);
  expect(state().batch).toMatchObject({ labelRows: 0, skipped: 1, labelError: { code: 'app-part-missing' } });
  isGone = false;
  await flow.batch.run([new File([TABLE], 'labels.csv')]);
  expect(state().batch).toMatchObject({ labelRows: 1, labelError: null });
});

test('a table that cannot be opened is no bad table either', async () => {
  const { flow, state } = await createReadyFlow();
  const gone = new File([TABLE], 'labels.csv');
  gone.arrayBuffer = () => Promise.reject(new DOMException('gone', 'NotFoundError'));
  await flow.batch.run([gone]);
  expect(state().batch.labelError).toEqual({ code: 'file-unreadable', detail: 'NotFoundError' });
});

test('a table in UTF-16 with the delimiter in its first line, as a spreadsheet writes it', async () => {
  const { flow, state } = await createReadyFlow();
  const text = '\ufeffsep=;\r\nimg_id;diagnostic\r\nPAT_1;MEL\r\nPAT_2;NEV\r\n';
  await flow.batch.run([new File([Uint16Array.from(text, (mark) => mark.charCodeAt(0))], 'labels.csv')]);
  expect(state().batch).toMatchObject({ labelRows: 2, labelError: null });
});
