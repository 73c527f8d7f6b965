/** Erasing a part of a picture: what lies round it flows in. */

/** Over-relaxation of a Laplace equation on a grid of about 128 (Young 1954); between 1 and 2. */
const RELAXATION = 1.9;
const MAX_SWEEPS = 600;
/** Sweeps end when nothing moves by more, in grey levels. */
const STILL = 0.02;

/**
 * Harmonic inpainting, the simplest of the diffusions (Bertalmio et al. 2000, doi:10.1145/344779.344972): inside the mask the
 * picture solves Laplace's equation with the pixels round it as its border; at the picture's own edge nothing flows. So an
 * erased part is smooth and has no colour that does not stand round it.
 *
 * @param rgb - RGB bytes [side, side, 3].
 * @param mask - [side, side], 1 where the picture is erased.
 * @returns RGB bytes [side, side, 3]; the picture's own where the mask is empty or leaves nothing to flow in.
 */
export function inpaint(rgb: Uint8Array<ArrayBuffer>, side: number, mask: Uint8Array): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(rgb);
  const erased = indicesOf(mask);
  if (erased.length === 0 || erased.length === side * side) return out;
  for (let channel = 0; channel < 3; channel++) {
    const plane = Float32Array.from(mask, (_, i) => rgb[3 * i + channel]!);
    relax(plane, side, erased, startOf(plane, mask));
    for (const i of erased) out[3 * i + channel] = Math.round(plane[i]!);
  }
  return out;
}

function indicesOf(mask: Uint8Array): number[] {
  const indices: number[] = [];
  mask.forEach((isErased, i) => {
    if (isErased === 1) indices.push(i);
  });
  return indices;
}

/** The mean of what stays. */
function startOf(plane: Float32Array, mask: Uint8Array): number {
  let sum = 0;
  let count = 0;
  plane.forEach((value, i) => {
    if (mask[i] === 1) return;
    sum += value;
    count++;
  });
  return sum / count;
}

/** Changes `plane` where it is erased. */
function relax(plane: Float32Array, side: number, erased: readonly number[], start: number): void {
  for (const i of erased) plane[i] = start;
  for (let sweep = 0; sweep < MAX_SWEEPS; sweep++) {
    let largest = 0;
    for (const i of erased) {
      const step = RELAXATION * (meanOfNeighbours(plane, side, i) - plane[i]!);
      plane[i] = plane[i]! + step;
      largest = Math.max(largest, Math.abs(step));
    }
    if (largest < STILL) return;
  }
}

function meanOfNeighbours(plane: Float32Array, side: number, i: number): number {
  const x = i % side;
  let sum = 0;
  let count = 0;
  if (x > 0) [sum, count] = [sum + plane[i - 1]!, count + 1];
  if (x < side - 1) [sum, count] = [sum + plane[i + 1]!, count + 1];
  if (i >= side) [sum, count] = [sum + plane[i - side]!, count + 1];
  if (i < side * (side - 1)) [sum, count] = [sum + plane[i + side]!, count + 1];
  return sum / count;
}
