/** An ICC profile (ICC.1:2022) of Display P3, made of numbers, as phones attach to their photos. */
import { jpegSegment } from './encode-jpeg';

/** Colourants adapted to D50, from P3's primaries and D65. */
const COLOURANTS = { r: [0.515121, 0.241196, -0.001053], g: [0.291977, 0.692245, 0.041885], b: [0.157104, 0.066574, 0.784073] };
const D50 = [0.964203, 1, 0.824905];
/** sRGB's curve as parametricCurveType 3: g, a, b, c, d. */
const CURVE = [2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045];

function s15Fixed16(values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(4 * values.length);
  values.forEach((value, i) => bytes.writeInt32BE(Math.round(value * 65536), 4 * i));
  return bytes;
}

function tag(type: string, ...parts: readonly Buffer[]): Buffer {
  return Buffer.concat([Buffer.from(`${type}\0\0\0\0`, 'latin1'), ...parts]);
}

function textTag(text: string): Buffer {
  const head = Buffer.alloc(20);
  [1, 12, 0x656e5553, text.length * 2, 28].forEach((value, i) => head.writeUInt32BE(value, 4 * i)); // 0x656e5553: "enUS"
  return tag('mluc', head, Buffer.from(text, 'utf16le').swap16());
}

export function displayP3Profile(): Buffer {
  const curve = tag('para', Buffer.from([0, 3, 0, 0]), s15Fixed16(CURVE));
  const tags: readonly (readonly [string, Buffer])[] = [
    ['desc', textTag('Display P3, by numbers')],
    ['cprt', textTag('none')],
    ['wtpt', tag('XYZ ', s15Fixed16(D50))],
    ...(['r', 'g', 'b'] as const).flatMap((c) => [
      [`${c}XYZ`, tag('XYZ ', s15Fixed16(COLOURANTS[c]))] as const,
      [`${c}TRC`, curve] as const,
    ]),
  ];
  const table = Buffer.alloc(4 + 12 * tags.length);
  table.writeUInt32BE(tags.length);
  let at = 128 + table.length;
  const bodies = tags.map(([name, body], i) => {
    const padded = Buffer.concat([body, Buffer.alloc((4 - (body.length % 4)) % 4)]);
    table.write(name, 4 + 12 * i, 'latin1');
    table.writeUInt32BE(at, 8 + 12 * i);
    table.writeUInt32BE(body.length, 12 + 12 * i);
    at += padded.length;
    return padded;
  });
  const header = Buffer.alloc(128);
  header.writeUInt32BE(at);
  header.writeUInt32BE(0x04400000, 8);
  header.write('mntrRGB XYZ ', 12, 'latin1');
  header.write('acsp', 36, 'latin1');
  s15Fixed16(D50).copy(header, 68);
  return Buffer.concat([header, table, ...bodies]);
}

/** As a JPEG carries it: in one APP2 segment. */
export function profileSegment(profile: Buffer): Buffer {
  return jpegSegment(0xe2, Buffer.concat([Buffer.from('ICC_PROFILE\0\x01\x01', 'latin1'), profile]));
}
