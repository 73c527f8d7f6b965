import { describe, expect, it } from 'vitest';
import { decodeTable, splitTable } from './table-text';

const TEXT = 'file,label\r\nnævus-é.jpg,benign\r\n';

function utf16(text: string, isLittle: boolean): number[] {
  return Array.from(text).flatMap((mark) => {
    const unit = mark.charCodeAt(0);
    return isLittle ? [unit & 255, unit >> 8] : [unit >> 8, unit & 255];
  });
}

const utf8 = (text: string): number[] => [...new TextEncoder().encode(text)];

describe('decodeTable', () => {
  it.each([
    ['UTF-8', utf8(TEXT)],
    ['UTF-8 with a mark', [0xef, 0xbb, 0xbf, ...utf8(TEXT)]],
    ['UTF-16, little end first, with a mark', [0xff, 0xfe, ...utf16(TEXT, true)]],
    ['UTF-16, big end first, with a mark', [0xfe, 0xff, ...utf16(TEXT, false)]],
    ['UTF-16, little end first', utf16(TEXT, true)],
    ['UTF-16, big end first', utf16(TEXT, false)],
    ['Windows-1252', Array.from(TEXT, (mark) => mark.charCodeAt(0))],
  ])('reads %s', (_, bytes) => {
    expect(decodeTable(Uint8Array.from(bytes))).toBe(TEXT);
  });

  it('reads what only Windows-1252 has, and no bytes at all', () => {
    expect(decodeTable(Uint8Array.of(0x80, 0x92, 0x96, 0x9c, 0x9f))).toBe('€’–œŸ');
    expect(decodeTable(new Uint8Array(0))).toBe('');
  });

  it('knows UTF-16 by its header where names have few zeros', () => {
    const text = `file,label\n${'黒色腫.jpg,malignant\n'.repeat(300)}`;
    expect(decodeTable(Uint8Array.from(utf16(text, true)))).toBe(text);
    expect(decodeTable(Uint8Array.from(utf16(text, false)))).toBe(text);
  });
});

describe('splitTable', () => {
  it.each([
    ['a,b\n1,2', ',', 'a,b\n1,2'],
    ['a;b,c;d\n', ';', 'a;b,c;d\n'],
    ['a\tb\n', '\t', 'a\tb\n'],
    ['sep=;\r\na;b\r\n', ';', 'a;b\r\n'],
    ['\ufeffSEP=,\r\na,b\r\n', ',', 'a,b\r\n'],
    ['"sep=;"\na;b\n', ';', 'a;b\n'],
    ['sep=;,,\r\na;b,c\r\n', ';', 'a;b,c\r\n'],
    ['sep=\t\na\tb;c;d\n', '\t', 'a\tb;c;d\n'],
    ['sep=|\ra|b\r', '|', 'a|b\r'],
    ['\r\n\r\na;b\r\n', ';', 'a;b\r\n'],
    ['separator,label\n', ',', 'separator,label\n'],
    ['', ',', ''],
  ])('of %j: delimiter %j', (text, delimiter, rows) => {
    expect(splitTable(text)).toEqual({ delimiter, rows });
  });
});
