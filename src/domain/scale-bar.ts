/**
 * Length of a scale bar in round numbers: the greatest of 1, 2, 5, 10, 20, 50, ... (and 0.5, 0.2, ... below) that is at most
 * half of what it measures.
 * @param extent - Of what it measures, in any unit, above 0. @returns in the same unit.
 */
export function scaleBarLength(extent: number): number {
  const most = extent / 2;
  const power = 10 ** Math.floor(Math.log10(most));
  const step = [5, 2, 1].find((one) => one * power <= most) ?? 1;
  // Powers of ten below one are not exact: 3 * 0.1 is not 0.3.
  return Number((step * power).toPrecision(1));
}
