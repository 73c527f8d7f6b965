import { formatActivation } from '../format-activation';

/** A number with its sign, three significant digits: "+0.41", "−1.2", "0". The minus is a real one. */
export function formatSigned(value: number): string {
  const size = formatActivation(Math.abs(value));
  if (size === '0') return '0';
  return value < 0 ? `−${size}` : `+${size}`;
}

/** How many times one number is the other; null where the other is not above zero. */
export function ratioOf(value: number, base: number): number | null {
  return base > 0 ? value / base : null;
}
