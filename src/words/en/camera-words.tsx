import type { Slot } from '../../store/app-state';

const OPEN: Readonly<Record<Slot, string>> = { a: 'Use the camera', b: 'Photo B by camera' };
const TITLES: Readonly<Record<Slot, string>> = { a: 'Camera', b: 'Camera: photo B' };

export const camera = {
  open: OPEN,
  titles: TITLES,
  close: 'Close the camera',
  opening: 'Waiting for the camera. The browser may ask whether this page may use it. The picture stays on this device.',
  focus: 'Focus: tap the lesion. By key: the middle',
  taking: 'Taking the photo …',
  shutter: 'Take the photo',
  switch: 'Switch',
  torch: 'Torch',
  failed: {
    detail: (code: string, detail: string) => `${code}: ${detail}`,
    tryAgain: 'Try again',
  },
  chooseFile: 'Choose a photo',
  systemCamera: 'System camera',
};
