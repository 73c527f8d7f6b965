/** When a row of steps was first looked at, and how far it was then. */
export interface WorkStart {
  readonly atMs: number;
  readonly done: number;
}

/** How long the rest takes if it goes on as since `start`; null while nothing was done since. */
export function msLeft(start: WorkStart, nowMs: number, done: number, total: number): number | null {
  const made = done - start.done;
  return made > 0 ? ((nowMs - start.atMs) / made) * (total - done) : null;
}
