/** sRGB bytes -> CIELAB (CIE 15), white point D65; constants of IEC 61966-2-1. */

/** Of each byte: the sRGB transfer curve undone, 0-1. */
const LINEAR = Float64Array.from({ length: 256 }, (_, byte) => {
  const s = byte / 255;
  return s <= 0.04045 ? s / 12.92 : ((s + 0.055) / 1.055) ** 2.4;
});

const EPSILON = 216 / 24389;
const KAPPA = 24389 / 27;

function curve(t: number): number {
  return t > EPSILON ? Math.cbrt(t) : (KAPPA * t + 16) / 116;
}

/** @returns L* 0-100, a*, b*. */
export function rgbToLab(r: number, g: number, b: number): [number, number, number] {
  const [lr, lg, lb] = [LINEAR[r]!, LINEAR[g]!, LINEAR[b]!];
  const x = curve((0.4124564 * lr + 0.3575761 * lg + 0.1804375 * lb) / 0.95047);
  const y = curve(0.2126729 * lr + 0.7151522 * lg + 0.072175 * lb);
  const z = curve((0.0193339 * lr + 0.119192 * lg + 0.9503041 * lb) / 1.08883);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}
