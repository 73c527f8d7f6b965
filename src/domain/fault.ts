/** What is wrong with a picture file whose bytes were checked. */
export interface Fault {
  /** `damaged`: part of the data is missing or overwritten. `unsupported`: a kind of coding that no browser is sure to read. */
  readonly kind: 'damaged' | 'unsupported';
  /** For diagnostics: where and how, never what the picture shows. */
  readonly detail: string;
}

/** Ends a check from deep inside; never leaves the checks (find-damage.ts). */
export class FaultError extends Error {
  readonly fault: Fault;

  constructor(kind: Fault['kind'], detail: string) {
    super(detail);
    this.name = 'FaultError';
    this.fault = { kind, detail };
  }
}

/** @throws FaultError `damaged`, unless `whole`. */
export function assertWhole(whole: boolean, detail: string): asserts whole {
  if (!whole) throw new FaultError('damaged', detail);
}
