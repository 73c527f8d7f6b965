/** The numbers of a picture in the channels that a person's own model takes. */
import type { InputScaling } from './own-settings';

/** Red, green and blue as the eye weighs them (ITU-R BT.601), as Pillow does. */
const LUMA = [0.299, 0.587, 0.114] as const;

/**
 * @param rgb - [..., 3], scaled.
 * @returns [..., channels]: of 1 channel the colours mixed to grey, whatever their order; of 3 in that order.
 */
export function arrangeChannels(rgb: Float32Array, channels: 1 | 3, order: InputScaling['order']): Float32Array {
  return channels === 1 ? toGrey(rgb) : order === 'bgr' ? swapRedBlue(rgb) : rgb;
}

function toGrey(rgb: Float32Array): Float32Array {
  return Float32Array.from({ length: rgb.length / 3 }, (_, i) =>
    LUMA.reduce((sum, weight, c) => sum + weight * rgb[3 * i + c]!, 0),
  );
}

function swapRedBlue(rgb: Float32Array): Float32Array {
  return rgb.map((_, i) => rgb[i + [2, 0, -2][i % 3]!]!);
}
