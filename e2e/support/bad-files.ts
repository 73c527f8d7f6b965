/** Files that are broken, odd or hostile, made by code, with what the app should make of each. */
import type { ErrorCode } from '../../src/domain/errors';
import type { Upload } from './app';
import { encodeHeif } from './encode-heif';
import { encodeJpeg, exifSegment, jpegSegment, type Picture } from './encode-jpeg';
import { encodeApng, encodeBmp, encodeGif, encodePng, encodePng16, pngChunk } from './encode-pictures';

export interface OddFile {
  readonly what: string;
  readonly file: Upload;
  /**
   * An error code; 'same': the score of the whole picture; 'near': within 0.02 of it (JPEG, palette); 'cant-say': a score
   * without a verdict.
   */
  readonly outcome: ErrorCode | 'same' | 'near' | 'cant-say';
}

export interface OddFileWorld {
  readonly picture: Picture;
  /** The picture as WebP, by the browser. */
  readonly webp: Buffer;
  readonly animatedWebp: Buffer;
  readonly canEncodeHeif: boolean;
}

function latin(text: string): Buffer {
  return Buffer.from(text, 'latin1');
}

/** Repeatable noise (a linear congruential generator). */
function noise(length: number, seed: number): Buffer {
  let state = seed;
  return Buffer.from(
    Array.from({ length }, () => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return state >>> 24;
    }),
  );
}

function patch(original: Buffer, at: number, ...bytes: readonly number[]): Buffer {
  const copy = Buffer.from(original);
  copy.set(bytes, at);
  return copy;
}

function u16(value: number): number[] {
  return [value >> 8, value & 255];
}

function box(kind: string, ...content: readonly Buffer[]): Buffer {
  const body = Buffer.concat(content);
  const head = Buffer.alloc(8);
  head.writeUInt32BE(body.length + 8);
  head.write(kind, 4, 'latin1');
  return Buffer.concat([head, body]);
}

/** Boxes that declare a picture of this size and hold none. */
function emptyHeif(brand: 'avif' | 'heic', side: number): Buffer {
  const ispe = Buffer.alloc(12);
  ispe.writeUInt32BE(side, 4);
  ispe.writeUInt32BE(side, 8);
  return Buffer.concat([
    box('ftyp', latin(`${brand}\0\0\0\0mif1${brand}`)),
    box('meta', Buffer.alloc(4), box('iprp', box('ipco', box('ispe', ispe)))),
    box('mdat', Buffer.alloc(40)),
  ]);
}

/** Small whole files whose headers claim 30,000 x 30,000 pixels. */
function bombs({ picture }: OddFileWorld): readonly (readonly [string, Buffer])[] {
  const side = 30_000;
  const tiny: Picture = { width: 8, height: 8, rgb: picture.rgb.subarray(0, 192) };
  const jpeg = encodeJpeg(tiny);
  const bmp = encodeBmp(tiny);
  bmp.writeInt32LE(side, 18);
  const topDown = Buffer.from(bmp);
  bmp.writeInt32LE(side, 22);
  topDown.writeInt32LE(-side, 22);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side);
  header.writeUInt32BE(side, 4);
  header.set([8, 2], 8);
  const png = encodePng(tiny);
  const le24 = [(side - 1) & 255, (side - 1) >> 8, 0];
  const extended = Buffer.concat([latin('VP8X\x0a\0\0\0'), Buffer.from([0, 0, 0, 0, ...le24, ...le24])]);
  const riff = latin('RIFF\0\0\0\0WEBP');
  riff.writeUInt32LE(4 + extended.length, 4);
  return [
    ['PNG', Buffer.concat([png.subarray(0, 8), pngChunk('IHDR', header), png.subarray(33)])],
    ['JPEG', patch(jpeg, jpeg.indexOf(Buffer.from([0xff, 0xc0])) + 5, ...u16(side), ...u16(side))],
    ['GIF', patch(encodeGif([tiny]), 6, side & 255, side >> 8, side & 255, side >> 8)],
    ['BMP', bmp],
    ['BMP, rows from the top', topDown],
    ['WebP', Buffer.concat([riff, extended])],
    ['AVIF', emptyHeif('avif', side)],
    ['HEIC', emptyHeif('heic', side)],
  ];
}

/** EXIF that is wrong; the picture behind it is whole and upright. */
function brokenExif(): readonly (readonly [string, Buffer])[] {
  const exif = exifSegment(6);
  const payload = exif.subarray(4);
  return [
    ['orientation 0', exifSegment(0)],
    ['orientation 9', exifSegment(9)],
    ['orientation 65535', exifSegment(65_535)],
    ['a directory beyond its end', jpegSegment(0xe1, patch(payload, 10, 0x7f, 0xff, 0xff, 0xff))],
    ['65,535 entries', jpegSegment(0xe1, patch(payload, 14, 0xff, 0xff, 0, 1))],
    ['no byte order', jpegSegment(0xe1, patch(payload, 6, 0, 0))],
    ['nothing in it', jpegSegment(0xe1, latin('Exif\0\0'))],
    ['noise in it', jpegSegment(0xe1, Buffer.concat([latin('Exif\0\0'), noise(300, 3)]))],
  ];
}

function noPictures(): readonly (readonly [string, string, Buffer])[] {
  return [
    ['one byte', 'a.jpg', Buffer.from([0xff])],
    [
      'a web page named .jpg',
      'page.jpg',
      latin('<!DOCTYPE html><html><body><script>window.hacked = true</script></body></html>'),
    ],
    ['a web page with a drawing in it', 'page.png', latin('<html><body><svg onload="window.hacked = true"></svg></body></html>')],
    ['a PDF', 'scan.jpg', latin('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj')],
    ['a zip', 'photos.jpg', Buffer.concat([latin('PK\x03\x04'), noise(200, 5)])],
    ['gzip', 'a.png', Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 1, 2, 3])],
    ['a program', 'a.bmp', Buffer.concat([latin('MZ\x90\0'), noise(200, 6)])],
    ['a video', 'clip.heic', box('ftyp', latin('isom\0\0\x02\0isommp41'))],
    ['a sound in RIFF', 'a.webp', latin('RIFF\x24\0\0\0WAVEfmt ')],
    ['JSON', 'a.jpg', latin('{"a": 1}')],
    ['4 KB of zeros', 'a.jpg', Buffer.alloc(4096)],
    ...[11, 12, 13].map((seed) => [`noise ${seed}`, 'a.jpg', noise(2000, seed)] as const),
  ];
}

export function oddFiles(world: OddFileWorld): OddFile[] {
  const { picture, webp, animatedWebp } = world;
  const { width, height } = picture;
  const [png, jpeg, gif, bmp] = [encodePng(picture), encodeJpeg(picture), encodeGif([picture]), encodeBmp(picture)];
  const upload = (buffer: Buffer, name = 'photo.jpg', mimeType = 'image/jpeg'): Upload => ({ name, mimeType, buffer });
  const files: OddFile[] = [];
  const add = (outcome: OddFile['outcome'], what: string, file: Upload): void => {
    files.push({ what, file, outcome });
  };

  const whole: [string, Buffer][] = [
    ['JPEG', jpeg],
    ['progressive JPEG', encodeJpeg(picture, { isProgressive: true })],
    ['PNG', png],
    ['WebP', webp],
    ['GIF', gif],
    ['BMP', bmp],
  ];
  if (world.canEncodeHeif) whole.push(['HEIC', encodeHeif(picture, 'heic')], ['AVIF', encodeHeif(picture, 'avif')]);
  for (const [kind, buffer] of whole) {
    for (let tenth = 1; tenth <= 9; tenth++) {
      add(
        'file-truncated',
        `${kind} cut off after ${tenth} tenths`,
        upload(buffer.subarray(0, Math.floor((buffer.length * tenth) / 10))),
      );
    }
  }
  for (const [kind, buffer] of bombs(world))
    add('image-too-many-pixels', `${kind} of a few bytes that claims 30,000 x 30,000 pixels`, upload(buffer));
  for (const [what, name, buffer] of noPictures()) add('file-not-image', what, upload(buffer, name));
  add('file-empty', 'no bytes at all', upload(Buffer.alloc(0)));
  add(
    'image-unsupported',
    'SVG with a script',
    upload(
      latin('<svg xmlns="http://www.w3.org/2000/svg"><script>window.hacked = true</script></svg>'),
      'a.svg',
      'image/svg+xml',
    ),
  );
  add(
    'image-unsupported',
    'SVG named .png',
    upload(latin('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="window.hacked = true"/>'), 'a.png'),
  );
  add('image-unsupported', 'TIFF', upload(latin('II*\0\x08\0\0\0\0\0'), 'scan.tif', 'image/tiff'));

  for (const [what, segment] of brokenExif())
    add('near', `EXIF with ${what}`, upload(encodeJpeg(picture, { segments: [segment] })));
  add('same', 'PNG named .jpg', upload(png));
  add('same', 'PNG named .txt, as text', upload(png, 'notes.txt', 'text/plain'));
  add('near', 'JPEG named .png', upload(jpeg, 'photo.png', 'image/png'));
  add('same', 'GIF without a name’s end', upload(gif, 'photo', ''));
  add('same', 'PNG of 16 bits', upload(encodePng16(picture)));
  add('near', 'JPEG in CMYK', upload(encodeJpeg(picture, { model: 'cmyk' })));
  const black: Picture = { width, height, rgb: new Uint8Array(picture.rgb.length) };
  add('same', 'animated PNG', upload(encodeApng(picture, black)));
  add('same', 'animated GIF', upload(encodeGif([picture, black, picture])));
  add('same', 'animated WebP', upload(animatedWebp));
  add('same', 'PNG with text behind its end', upload(Buffer.concat([png, latin('and so on')])));
  add('near', 'JPEG with noise behind its end', upload(Buffer.concat([jpeg, noise(5000, 9)])));
  const names: [string, string][] = [
    ['emoji', '🦠🔬👩🏽‍⚕️.png'],
    ['255 bytes', `${'ä'.repeat(125)}.png1`],
    ['right to left', '\u202Egnp.صورة.png'],
    ['a path', '..%2F..%2Fetc%2Fpasswd'],
    ['markup', '<img src=x onerror="window.hacked=true">.png'],
  ];
  for (const [what, name] of names) add('same', `a name of ${what}`, upload(png, name, 'image/png'));

  const strip = (columns: number, rows: number): Upload =>
    upload(
      encodePng({ width: columns, height: rows, rgb: Uint8Array.from({ length: columns * rows * 3 }, (_, i) => 120 + (i % 90)) }),
    );
  add('cant-say', '1 x 1', strip(1, 1));
  add('cant-say', '1 x 20,000', strip(1, 20_000));
  add('cant-say', '20,000 x 1', strip(20_000, 1));

  const failed = 'image-decode-failed';
  const damaged = 'image-damaged';
  const idat = png.indexOf('IDAT');
  add(
    damaged,
    'PNG whose pixels are no compressed data',
    upload(Buffer.from(png).fill(0x5a, idat + 4, idat + 4 + png.readUInt32BE(idat - 4))),
  );
  add(damaged, 'PNG whose header’s checksum is wrong', upload(patch(png, 29, 1, 2, 3, 4)));
  add(damaged, 'PNG whose pixels’ checksum is wrong', upload(patch(png, png.length - 16, 1, 2, 3, 4)));
  add(
    damaged,
    'PNG whose pixels are noise from the middle on',
    upload(Buffer.concat([png.subarray(0, png.length >> 1), noise((png.length >> 1) - 12, 21), pngChunk('IEND')])),
  );
  add(
    damaged,
    'PNG of 0 x 0',
    upload(
      Buffer.concat([
        png.subarray(0, 8),
        pngChunk('IHDR', Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 8, 2, 0, 0, 0])),
        png.subarray(33),
      ]),
    ),
  );
  add(damaged, 'PNG without pixels', upload(Buffer.concat([png.subarray(0, 33), pngChunk('IEND')])));
  const dht = jpeg.indexOf(Buffer.from([0xff, 0xc4]));
  add(damaged, 'JPEG with an impossible Huffman table', upload(patch(jpeg, dht + 5, 200, 200)));
  const sof = jpeg.indexOf(Buffer.from([0xff, 0xc0]));
  add(damaged, 'JPEG of 0 x 0', upload(patch(jpeg, sof + 5, 0, 0, 0, 0)));
  add('image-unsupported', 'JPEG of 12 bits', upload(patch(jpeg, sof + 4, 12)));
  add('image-unsupported', 'JPEG with arithmetic codes', upload(patch(jpeg, sof + 1, 0xc9)));
  add(damaged, 'JPEG with no frame', upload(Buffer.concat([jpeg.subarray(0, sof), jpeg.subarray(sof + 19)])));
  const afterSize = webp.indexOf('VP8L') + 13;
  add(
    damaged,
    'WebP of noise behind its size',
    upload(Buffer.concat([webp.subarray(0, afterSize), noise(webp.length - afterSize, 22)])),
  );
  add(
    damaged,
    'GIF whose codes are noise',
    upload(Buffer.concat([gif.subarray(0, gif.length - 3000), noise(2000, 23), Buffer.alloc(1000)])),
  );
  add(failed, 'HEIC of empty boxes', upload(emptyHeif('heic', 64), 'a.heic'));
  add(failed, 'AVIF of empty boxes', upload(emptyHeif('avif', 64), 'a.avif'));
  if (world.canEncodeHeif) {
    const heic = encodeHeif(picture, 'heic');
    const mdat = heic.indexOf('mdat') + 4;
    add(
      failed,
      'HEIC whose pixels are noise',
      upload(Buffer.concat([heic.subarray(0, mdat), noise(heic.length - mdat, 24)]), 'a.heic'),
    );
    add(
      failed,
      'HEIC whose description is noise',
      upload(Buffer.concat([heic.subarray(0, 120), noise(200, 25), heic.subarray(320)]), 'a.heic'),
    );
  }
  return files;
}
