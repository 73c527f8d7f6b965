/**
 * Where a key leads from a map.
 * @returns The filter, inside 0..channels-1; null for a key that moves nothing here.
 */
export function moveInGrid(key: string, filter: number, columns: number, channels: number): number | null {
  const target = targetOf(key, filter, columns, channels);
  return target === null ? null : Math.min(channels - 1, Math.max(0, target));
}

function targetOf(key: string, filter: number, columns: number, channels: number): number | null {
  switch (key) {
    case 'ArrowRight':
      return filter + 1;
    case 'ArrowLeft':
      return filter - 1;
    case 'ArrowDown':
      return filter + columns < channels ? filter + columns : filter;
    case 'ArrowUp':
      return filter - columns >= 0 ? filter - columns : filter;
    case 'Home':
      return 0;
    case 'End':
      return channels - 1;
    default:
      return null;
  }
}
