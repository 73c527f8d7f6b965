/** What a screenshot shows from far away: where panels, pictures and text stand, not how letters look. */
import { decode, encode } from 'fast-png';

/** Side of a block in CSS pixels: what moves by more than that is seen. */
export const BLOCK_PX = 24;

export interface LayoutPicture {
  readonly columns: number;
  readonly rows: number;
  /** Of each block, row by row: mean luminance, and how much it changes from pixel to pixel; [rows, columns, 2], 0 to 255. */
  readonly values: Uint8Array;
}

/** Luminance of Rec. 709, on the values as they are stored. */
const [RED, GREEN, BLUE] = [0.2126, 0.7152, 0.0722];
/** Text, the busiest there is, comes to about 60 a pixel. */
const BUSY_SCALE = 4;

/** @param png - A screenshot of 8 bits a channel, a pixel for each CSS pixel. A last block that is not whole is left out. */
export function shrink(png: Uint8Array): LayoutPicture {
  const { width, height, channels, data } = decode(png);
  const luminance = new Float32Array(width * height);
  for (let i = 0, at = 0; i < luminance.length; i++, at += channels) {
    luminance[i] = RED * data[at]! + GREEN * data[at + 1]! + BLUE * data[at + 2]!;
  }
  const [columns, rows] = [Math.floor(width / BLOCK_PX), Math.floor(height / BLOCK_PX)];
  const values = new Uint8Array(rows * columns * 2);
  for (let block = 0; block < rows * columns; block++) {
    const left = (block % columns) * BLOCK_PX;
    const top = Math.floor(block / columns) * BLOCK_PX;
    let [sum, change] = [0, 0];
    for (let y = top; y < top + BLOCK_PX; y++) {
      for (let x = left; x < left + BLOCK_PX; x++) {
        const here = luminance[y * width + x]!;
        sum += here;
        // To the left and above: the first block of a line has its own first pixel there.
        change += Math.abs(here - luminance[y * width + Math.max(x - 1, 0)]!);
        change += Math.abs(here - luminance[Math.max(y - 1, 0) * width + x]!);
      }
    }
    values[2 * block] = Math.round(sum / BLOCK_PX ** 2);
    values[2 * block + 1] = Math.min(255, Math.round((BUSY_SCALE * change) / BLOCK_PX ** 2));
  }
  return { columns, rows, values };
}

/** A file to look at as well, a pixel a block: red is luminance, green is change. */
export function toPng({ columns, rows, values }: LayoutPicture): Uint8Array {
  const data = new Uint8Array(columns * rows * 3);
  for (let i = 0; i < columns * rows; i++) data.set(values.subarray(2 * i, 2 * i + 2), 3 * i);
  return encode({ width: columns, height: rows, data, channels: 3 });
}

/** @param png - Of `toPng`. */
export function fromPng(png: Uint8Array): LayoutPicture {
  const { width: columns, height: rows, data } = decode(png);
  const values = Uint8Array.from({ length: columns * rows * 2 }, (_, i) => data[(i >> 1) * 3 + (i % 2)]!);
  return { columns, rows, values };
}

/** Of 255; other words of the same length in a line stay below. */
const BLOCK_TOLERANCE = 16;
/** Blocks that may differ: a number with other digits, a line that is a word longer. */
const BLOCKS_TOLERATED = 10;

/** @returns what differs, in a sentence for the person who looks into it; null: the layout is the same. */
export function compareLayout(shown: LayoutPicture, wanted: LayoutPicture): string | null {
  if (shown.columns !== wanted.columns || Math.abs(shown.rows - wanted.rows) > 1) {
    const size = ({ columns, rows }: LayoutPicture): string => `${columns * BLOCK_PX}x${rows * BLOCK_PX} px`;
    return `the page is ${size(shown)}, not ${size(wanted)}`;
  }
  const blocks: number[] = [];
  for (let i = 0; i < Math.min(shown.values.length, wanted.values.length); i += 2) {
    const difference = (at: number): number => Math.abs(shown.values[at]! - wanted.values[at]!);
    if (Math.max(difference(i), difference(i + 1)) > BLOCK_TOLERANCE) blocks.push(i / 2);
  }
  if (blocks.length <= BLOCKS_TOLERATED) return null;
  const range = (places: readonly number[]): string =>
    `${Math.min(...places) * BLOCK_PX} to ${(Math.max(...places) + 1) * BLOCK_PX} px`;
  const across = range(blocks.map((block) => block % shown.columns));
  const down = range(blocks.map((block) => Math.floor(block / shown.columns)));
  return `${blocks.length} blocks of ${BLOCK_PX} px differ, ${across} across and ${down} down`;
}
