/** Puts a rotation and a mirroring into a HEIF file as libheif's encoder writes it (ISO/IEC 23008-12, 6.5.10 and 6.5.12). */

interface Box {
  readonly at: number;
  readonly end: number;
}

function findBox(file: Buffer, from: number, end: number, kind: string): Box {
  for (let at = from; at < end; at += file.readUInt32BE(at)) {
    if (file.toString('latin1', at + 4, at + 8) === kind) return { at, end: at + file.readUInt32BE(at) };
  }
  throw new Error(`no ${kind}`);
}

function box(kind: string, value: number): Buffer {
  return Buffer.concat([Buffer.from([0, 0, 0, 9]), Buffer.from(kind, 'latin1'), Buffer.from([value])]);
}

/** How a picture stored under each EXIF orientation is to be shown: quarter turns anticlockwise, then left and right exchanged. */
const AS_SEEN: Readonly<Record<number, readonly [number, boolean]>> = {
  2: [0, true],
  3: [2, false],
  4: [2, true],
  5: [3, true],
  6: [3, false],
  7: [1, true],
  8: [1, false],
};

/** Inserts `irot` and `imir` for the primary item, which must be the first one listed. */
export function turnHeif(original: Buffer, orientation: number): Buffer {
  const [turns, isMirrored] = AS_SEEN[orientation] ?? [0, false];
  const properties = [...(turns > 0 ? [box('irot', turns)] : []), ...(isMirrored ? [box('imir', 1)] : [])];
  const file = Buffer.from(original);
  const meta = findBox(file, 0, file.length, 'meta');
  const iprp = findBox(file, meta.at + 12, meta.end, 'iprp');
  const ipco = findBox(file, iprp.at + 8, iprp.end, 'ipco');
  const ipma = findBox(file, iprp.at + 8, iprp.end, 'ipma');
  const iloc = findBox(file, meta.at + 12, meta.end, 'iloc');
  let known = 0;
  for (let at = ipco.at + 8; at < ipco.end; at += file.readUInt32BE(at)) known++;
  const grown = properties.length * 10; // 9 bytes a property, 1 its association
  // Version 0: header (12 bytes), sizes (2), count (2); each item: id (2), reference (2), base offset (4), extents (2 + 8 each).
  if (file.readUInt32BE(iloc.at + 8) !== 0 || file.readUInt16BE(iloc.at + 12) !== 0x4440) throw new Error('another iloc');
  for (let at = iloc.at + 16; at < iloc.end; at += 10 + 8 * file.readUInt16BE(at + 8)) {
    file.writeUInt32BE(file.readUInt32BE(at + 4) + grown, at + 4);
  }
  const resize = ({ at }: Box, by: number): void => {
    file.writeUInt32BE(file.readUInt32BE(at) + by, at);
  };
  resize(meta, grown);
  resize(iprp, grown);
  resize(ipco, properties.length * 9);
  resize(ipma, properties.length);
  const counted = ipma.at + 18; // header (12), entries (4), item (2)
  const associationsEnd = counted + 1 + file[counted]!;
  file[counted] = file[counted]! + properties.length;
  return Buffer.concat([
    file.subarray(0, ipco.end),
    ...properties,
    file.subarray(ipco.end, associationsEnd),
    Buffer.from(properties.map((_, i) => 0x80 | (known + 1 + i))), // essential
    file.subarray(associationsEnd),
  ]);
}
