import { describe, expect, it } from 'vitest';
import { readCropFile, readCropTable } from './crop-table';
import { TableError } from './table-rows';

/** @returns The line that an unusable table's error names. */
function lineOf(text: string): number | null {
  try {
    readCropTable(text);
  } catch (error) {
    if (error instanceof TableError) return error.line;
    throw error;
  }
  throw new Error('the table was read');
}

describe('readCropTable', () => {
  it('finds the square of a picture, by file or id', () => {
    const { cropOf, pictures } = readCropTable('file,x,y,side\nset/a.jpg,10,20.5,64\nb.png,0,0,16\n');
    expect(cropOf('set/a.jpg')).toEqual({ x: 10, y: 20.5, size: 64 });
    expect(cropOf('elsewhere/b.png')).toEqual({ x: 0, y: 0, size: 16 });
    expect(cropOf('c.png')).toBeUndefined();
    expect(pictures).toBe(2);
    expect(readCropTable('image_id,side,y,x\nISIC_1,30,2,1\n').cropOf('ISIC_1.jpg')).toEqual({ x: 1, y: 2, size: 30 });
  });

  it('reads what a spreadsheet writes: semicolons, decimal commas, a byte order mark', () => {
    const text = '\ufeffsep=;\r\nFile;X;Y;Side\r\na.jpg;1,5;2;40\r\n';
    expect(readCropFile(new TextEncoder().encode(text)).cropOf('a.jpg')).toEqual({ x: 1.5, y: 2, size: 40 });
  });

  it('takes a line that stands there twice, unless it contradicts itself', () => {
    expect(readCropTable('file,x,y,side\na.jpg,1,2,40\na.jpg,1,2.0,40\n').cropOf('a.jpg')).toEqual({ x: 1, y: 2, size: 40 });
    expect(lineOf('file,x,y,side\na.jpg,1,2,40\nb.jpg,1,2,40\na.jpg,1,3,40\n')).toBe(4);
  });

  it('does not guess between two pictures of one name', () => {
    expect(readCropTable('file,x,y,side\nx/1.jpg,1,2,40\ny/1.jpg,1,2,40\n').cropOf('1.jpg')).toBeUndefined();
  });

  it.each([
    ['no number', 'b.jpg,left,2,40'],
    ['an empty cell', 'b.jpg,,2,40'],
    ['not finite', 'b.jpg,1,Infinity,40'],
    ['left of the photo', 'b.jpg,-1,2,40'],
    ['above it', 'b.jpg,1,-0.5,40'],
    ['too small', 'b.jpg,1,2,15'],
    ['no name', ',1,2,40'],
    ['a cell too few', 'b.jpg,1,2'],
  ])('names the line with %s', (_, line) => {
    expect(lineOf(`file,x,y,side\na.jpg,1,2,40\n\n${line}\nc.jpg,x,x,x\n`)).toBe(4);
    expect(lineOf(`\nsep=,\r\nfile,x,y,side\r\na.jpg,1,2,40\r\n${line}\r\n`)).toBe(5);
  });

  it.each(['', 'file,x,y,side\n', 'file,x,y\na.jpg,1,2\n', 'x,y,side\n1,2,40\n', 'no table'])(
    'asks for its columns: %j',
    (text) => {
      expect(lineOf(text)).toBeNull();
    },
  );
});
