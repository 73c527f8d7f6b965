/** How many times one number is the other; null where the other is not above zero. */
export function ratioOf(value: number, base: number): number | null {
  return base > 0 ? value / base : null;
}
