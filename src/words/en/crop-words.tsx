import type { NotFoundReason } from '../../domain/find-lesion';
import type { CropChoice } from '../../domain/geometry';
import type { Slot } from '../../store/app-state';

const TITLES: Readonly<Record<Slot, string>> = { a: 'Square of the photo', b: 'Square of photo B' };

const NOT_FOUND: Readonly<Record<NotFoundReason, string>> = {
  'too-small-photo': 'The photo has too few pixels to look for a lesion in. Place the square by hand.',
  'no-skin-border':
    'The edge of the photo is almost black all round, so there is no skin to compare with. Place the square by hand.',
  'no-clear-spot': 'No spot differs clearly in colour from the edge of the photo. Place the square by hand.',
  'fills-photo': 'The spot reaches the edges of the photo, so a smaller square would cut it. The whole centre suits it best.',
  'several-spots': 'Several spots stand out about equally. Place the square by hand around the one you mean.',
};

/** Where the square is. */
function choice({ crop, quarterTurns }: CropChoice): string {
  const place = `Square of ${Math.round(crop.size)} pixels, ${Math.round(crop.x)} from the left, ${Math.round(crop.y)} from the top`;
  return quarterTurns === 0 ? place : `${place}, turned by ${quarterTurns * 90}° clockwise`;
}

function cornerLabel(corner: string): string {
  return `Corner of the square, ${corner}. Arrow keys size it`;
}

function percentOfPhoto(share: number): string {
  const percent = Math.round(share * 100);
  return percent < 1 ? 'less than 1 %' : `${percent} %`;
}

export const crop = {
  bar: {
    titles: TITLES,
    adjust: 'Adjust the square',
    find: 'Find the lesion',
    smaller: 'Smaller square',
    larger: 'Larger square',
    turn: 'Turn by a quarter turn, clockwise',
    reset: 'Whole centre',
  },
  editor: {
    choice,
    choiceHint: (now: CropChoice) => `${choice(now)}.`,
    pointerHint: 'Drag the square or a corner; two fingers or the wheel size it.',
    keysHint: 'Keys: arrows move it (with Shift by one pixel), + and − size it, R turns it, Escape closes.',
    /** As react-image-crop names its parts. A square has handles at its corners only; the others are never shown. */
    ariaLabels: {
      cropArea: 'The square that the network sees. Arrow keys move it, plus and minus size it, R turns it by a quarter turn',
      nwDragHandle: cornerLabel('top left'),
      neDragHandle: cornerLabel('top right'),
      swDragHandle: cornerLabel('bottom left'),
      seDragHandle: cornerLabel('bottom right'),
      nDragHandle: 'Top edge',
      eDragHandle: 'Right edge',
      sDragHandle: 'Bottom edge',
      wDragHandle: 'Left edge',
    },
  },
  finding: {
    running: 'Looking for a spot that differs from the skin at the photo’s edge …',
    /** @param share - Of the photo that the spot covers, 0-1. */
    found: (share: number) =>
      `The square was moved to the largest spot near the middle whose colour differs from the photo’s edge: it covers ${percentOfPhoto(share)} of the photo. This compares colours, no more: check that it is the spot you mean.`,
    notFound: NOT_FOUND,
    overtaken: 'You moved the square meanwhile, so it was left where you put it.',
    undo: 'Put it back',
  },
};
