/** From the bytes of a table to its text and its delimiter. Excel and other spreadsheets write more than UTF-8 and commas. */

/** So much of a file shows how it is written; its header, which is ASCII, is there. */
const HEAD_BYTES = 1024;

/**
 * UTF-8, UTF-16 of either end, Windows-1252; a byte order mark is taken off. Without a mark, UTF-16 shows by its zeros, which
 * no other text has, and what is no UTF-8 is Windows-1252. Never throws.
 */
export function decodeTable(bytes: Uint8Array): string {
  const utf16 = utf16Of(bytes);
  if (utf16 !== null) return new TextDecoder(utf16).decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return decode1252(bytes);
  }
}

/** Its 0x80 to 0x9f (WHATWG Encoding, index-windows-1252; five are unused); all else is Latin-1. */
const FROM_80 = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';

/** Some versions of Node take Latin-1 for it. */
function decode1252(bytes: Uint8Array): string {
  return new TextDecoder('latin1').decode(bytes).replace(/[\x80-\x9f]/g, (mark) => FROM_80[mark.charCodeAt(0) - 0x80]!);
}

function utf16Of(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  const zeros = [0, 0];
  bytes.subarray(0, HEAD_BYTES).forEach((byte, i) => {
    if (byte === 0) zeros[i % 2]! += 1;
  });
  const [even = 0, odd = 0] = zeros;
  if (even === odd) return null;
  return odd > even ? 'utf-16le' : 'utf-16be';
}

/** Excel's own first line, which names the delimiter; saved again, it may be quoted, or filled up to the width of the table. */
const SEPARATOR_LINE = /^"?sep=([^\w"\r\n])"?[,;\t]*(?:\r\n|\r|\n)/i;

/** @returns the table from its header on, without a byte order mark, and what stands between its cells. */
export function splitTable(text: string): { readonly rows: string; readonly delimiter: string } {
  const whole = text.replace(/^\ufeff/, '').replace(/^[\r\n]+/, '');
  const line = SEPARATOR_LINE.exec(whole);
  const rows = line === null ? whole : whole.slice(line[0].length).replace(/^[\r\n]+/, '');
  return { rows, delimiter: line?.[1] ?? likelyDelimiter(rows) };
}

/** Spreadsheets of some languages write semicolons. */
function likelyDelimiter(rows: string): string {
  const head = rows.slice(0, rows.search(/[\r\n]|$/));
  const count = (mark: string): number => head.split(mark).length;
  return [',', ';', '\t'].reduce((best, mark) => (count(mark) > count(best) ? mark : best));
}
