import type { CoachCode } from '../../domain/coach';
import type { CoachState } from '../../domain/coach-state';
import type { NoteCode, ReasonCode } from '../../domain/photo-quality';

/** Why no verdict is given. */
const reasons: Readonly<Record<ReasonCode, string>> = {
  'low-resolution': 'The chosen square has too few pixels. Use a larger picture or a wider crop.',
  'too-dark': 'The picture is almost black. Take it again with more light.',
  'too-bright': 'The picture is almost white. Take it again with less light or without flash.',
  'no-contrast': 'The picture is nearly one flat colour, so there is nothing for the network to look at.',
  'unlike-training':
    'This picture is unlike the photos of skin lesions that the model learned from. Fill the square with one spot, sharp and near.',
  'views-disagree': 'Turned or mirrored, the same square gets very different scores. Try another photo, or another square.',
};

/** What a person should know of a photo that still gets its verdict. */
const notes: Readonly<Record<NoteCode, string>> = {
  blurred: 'The picture looks blurred. Hold still, tap the lesion to focus, and keep a hand’s width away.',
  underexposed: 'The picture is darker than nearly all that the model learned from. More light would help.',
  overexposed: 'The picture is brighter than nearly all that the model learned from. Less light would help.',
  'clipped-highlights':
    'Parts are pure white, for instance by glare, and show nothing of the skin. Tilt the camera or the light a little.',
  'clipped-shadows': 'Parts are pure black and show nothing of the skin. More light, or light from the front, would help.',
  'few-pixels':
    'The square has fewer pixels than the network looks at, so it was enlarged and fine detail is missing. Go closer or choose a larger photo.',
  'dark-corners': 'The corners are dark, as a dermoscope leaves them. A smaller square leaves them out.',
  'flat-band':
    'A part from edge to edge is one flat colour and shows no skin: a frame, a screenshot’s bar, or what is missing of a damaged file. Choose a square without it, or copy the photo again.',
  'pixel-noise':
    'This browser alters the pixels that a page reads a little, as a protection against fingerprinting. In trials with noise of one grey level scores moved by less than 0.04.',
};

/** Said while the camera runs. */
const coachNow: Readonly<Record<CoachCode, string>> = {
  'too-dark': 'Too dark. Add light, or switch the torch on.',
  'too-bright': 'Too bright. Go out of the sun, or dim the light.',
  glare: 'Glare. Tilt the camera or the light a little.',
  blurred: 'Blurred. Move back a little and let the camera focus.',
  'no-lesion': 'No spot stands out. Bring the lesion into the ring.',
  'too-small': 'Too small. Go closer, as long as it stays sharp.',
  'off-centre': 'Off centre. Bring the lesion to the middle of the ring.',
  'hold-still': 'Hold still.',
};

/** What stands beside the photo afterwards. */
const coachNotes: Readonly<Record<CoachCode, string>> = {
  'too-dark': 'It was too dark when the shutter was pressed.',
  'too-bright': 'It was too bright when the shutter was pressed.',
  glare: 'There was glare in the ring when the shutter was pressed.',
  blurred: 'The picture was blurred when the shutter was pressed.',
  'no-lesion': 'No spot stood out in the ring when the shutter was pressed.',
  'too-small': 'The lesion was small in the ring when the shutter was pressed.',
  'off-centre': 'The lesion was off the ring’s centre when the shutter was pressed.',
  'hold-still': 'The camera was moving when the shutter was pressed.',
};

/** What is said of a photo's light, sharpness and square, wherever it shows. */
export const photo = {
  reasons,
  notes,
  coachNotes,
  /** @param said - null: nothing was measured yet; 'good': nothing stands in the way. */
  coach(said: CoachState['said']): string {
    if (said === null) return 'Bring the lesion into the ring.';
    return said === 'good' ? 'Looks good. Press the shutter.' : coachNow[said];
  },
};
