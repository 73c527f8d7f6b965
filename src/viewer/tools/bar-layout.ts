/** The bar under a point of a strip; `at` is 0..1 from its left. */
export function barAt(at: number, bars: number): number {
  return Math.min(bars - 1, Math.max(0, Math.floor(at * bars)));
}

/** Where a key leads from a bar; null for a key that moves nothing here. */
export function moveInStrip(key: string, bar: number, bars: number): number | null {
  const target = targetOf(key, bar, bars);
  return target === null ? null : Math.min(bars - 1, Math.max(0, target));
}

/** Page keys leap so many bars. */
const LEAP = 16;

function targetOf(key: string, bar: number, bars: number): number | null {
  switch (key) {
    case 'ArrowRight':
    case 'ArrowUp':
      return bar + 1;
    case 'ArrowLeft':
    case 'ArrowDown':
      return bar - 1;
    case 'PageUp':
      return bar + LEAP;
    case 'PageDown':
      return bar - LEAP;
    case 'Home':
      return 0;
    case 'End':
      return bars - 1;
    default:
      return null;
  }
}
