/** Values of maps and of the logit: three significant digits, whatever their size. */
import { formatExponential, formatSignificant } from './format';

/** "0.412", "1230", "2.4e-5": an activation, with an exponent where a plain number could not be read. */
export function formatActivation(value: number): string {
  if (value === 0) return '0';
  const size = Math.abs(value);
  return size >= 1e-3 && size < 1e4 ? formatSignificant(value) : formatExponential(value);
}

/** "+0.41", "−1.2", "0": a number with its sign. The minus is a real one. */
export function formatSigned(value: number): string {
  const size = formatActivation(Math.abs(value));
  if (size === '0') return '0';
  return value < 0 ? `−${size}` : `+${size}`;
}
