/** What makes the page an app that can be installed: its web app manifest (W3C) and its icons, drawn here. */
import { encode } from 'fast-png';
import type { Plugin } from 'vite';
import type { ManifestOptions } from 'vite-plugin-pwa';
import { PICTURE_TYPES } from '../src/domain/file-names.ts';

/** Taken by tools/make-screenshots.ts. */
export const SCREENSHOTS = [
  { src: 'screenshots/wide.png', sizes: '1280x800', type: 'image/png', form_factor: 'wide', label: 'Score and filter maps' },
  { src: 'screenshots/narrow.png', sizes: '390x844', type: 'image/png', form_factor: 'narrow', label: 'Filter maps on a phone' },
] as const;

export const APP_MANIFEST: Partial<ManifestOptions> = {
  id: './',
  name: 'Lesion Lens',
  short_name: 'Lesion Lens',
  description:
    'See what a neural network sees in a picture of a skin lesion: its score and every filter map, computed on your device. Educational and research model, not a medical device.',
  lang: 'en',
  dir: 'ltr',
  start_url: './',
  scope: './',
  display: 'standalone',
  background_color: '#0a1213',
  theme_color: '#0a1213',
  categories: ['education', 'science'],
  icons: [
    { src: 'icons/icon-192.png', sizes: '192x192', type: 'image/png', purpose: 'any' },
    { src: 'icons/icon-512.png', sizes: '512x512', type: 'image/png', purpose: 'any' },
    { src: 'icons/maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
  ],
  screenshots: [...SCREENSHOTS],
  share_target: {
    action: './share',
    method: 'POST',
    enctype: 'multipart/form-data',
    params: { files: [{ name: 'photos', accept: ['image/*', ...Object.values(PICTURE_TYPES).flat()] }] },
  },
  file_handlers: [
    { action: './', accept: Object.fromEntries(Object.entries(PICTURE_TYPES).map(([type, endings]) => [type, [...endings]])) },
  ],
  launch_handler: { client_mode: 'focus-existing' },
};

type Rgb = readonly [number, number, number];
const GROUND: Rgb = [10, 18, 19];
const LINE: Rgb = [233, 241, 240];
/** The mark's four maps, in viridis. */
const MAPS: readonly { readonly x: number; readonly y: number; readonly colour: Rgb }[] = [
  { x: 9.5, y: 9.5, colour: [42, 111, 142] },
  { x: 16.9, y: 9.5, colour: [253, 231, 37] },
  { x: 9.5, y: 16.9, colour: [53, 183, 121] },
  { x: 16.9, y: 16.9, colour: [68, 57, 131] },
];
const MAP_SIDE = 5.6;

/** Colour of the mark at a point of its 32x32 drawing: a dermatoscope's ring with ticks, four filter maps inside. */
function markColour(x: number, y: number): Rgb {
  for (const map of MAPS) {
    if (x >= map.x && x < map.x + MAP_SIDE && y >= map.y && y < map.y + MAP_SIDE) return map.colour;
  }
  const fromMiddle = Math.hypot(x - 16, y - 16);
  if (Math.abs(fromMiddle - 12.5) <= 1.1) return LINE;
  const [across, along] = Math.abs(x - 16) < Math.abs(y - 16) ? [x, y] : [y, x];
  const isTick = Math.abs(across - 16) <= 1.1 && ((along >= 0.8 && along <= 4.8) || (along >= 27.2 && along <= 31.2));
  return isTick ? LINE : GROUND;
}

/** @param markShare - The mark's side as a share of the icon's. @param cornerShare - Radius of the round corners. */
function drawIcon(sidePx: number, markShare: number, cornerShare: number): Uint8Array {
  const samples = 4;
  const rgba = new Uint8Array(sidePx * sidePx * 4);
  const radius = cornerShare * sidePx;
  const isInside = (x: number, y: number): boolean => {
    const [dx, dy] = [Math.max(radius - x, x - (sidePx - radius), 0), Math.max(radius - y, y - (sidePx - radius), 0)];
    return Math.hypot(dx, dy) <= radius || radius === 0;
  };
  for (let i = 0; i < sidePx * sidePx; i++) {
    const sum = [0, 0, 0];
    let covered = 0;
    for (let s = 0; s < samples * samples; s++) {
      const x = (i % sidePx) + ((s % samples) + 0.5) / samples;
      const y = Math.floor(i / sidePx) + (Math.floor(s / samples) + 0.5) / samples;
      if (!isInside(x, y)) continue;
      covered++;
      const inMark = (t: number): number => ((t / sidePx - 0.5) / markShare + 0.5) * 32;
      markColour(inMark(x), inMark(y)).forEach((value, c) => (sum[c]! += value));
    }
    if (covered > 0) rgba.set([sum[0]! / covered, sum[1]! / covered, sum[2]! / covered, (255 * covered) / samples ** 2], i * 4);
  }
  return encode({ width: sidePx, height: sidePx, data: rgba, channels: 4 });
}

/** Puts the icons into the build. A maskable icon keeps what matters in its inner circle of 80 % (W3C manifest, "purpose"). */
export function appIcons(): Plugin {
  return {
    name: 'app-icons',
    apply: 'build',
    generateBundle() {
      const emit = (fileName: string, source: Uint8Array): void => void this.emitFile({ type: 'asset', fileName, source });
      emit('icons/icon-192.png', drawIcon(192, 0.75, 0.22));
      emit('icons/icon-512.png', drawIcon(512, 0.75, 0.22));
      emit('icons/maskable-512.png', drawIcon(512, 0.56, 0));
    },
  };
}
