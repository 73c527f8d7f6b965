interface DenseFacts {
  /** Units above zero. */
  readonly active: number;
  /** What units with a positive share add, and what the others take away (not above zero). */
  readonly added: number;
  readonly taken: number;
  /** Shares and bias together: the logit. */
  readonly sum: number;
}

/** Sums up the dense layer. @param shares - what each unit adds to the logit. */
export function denseFacts(units: Float32Array, shares: Float32Array, bias: number): DenseFacts {
  const total = (keep: (share: number) => boolean): number => shares.reduce((sum, share) => (keep(share) ? sum + share : sum), 0);
  const [added, taken] = [total((share) => share > 0), total((share) => share < 0)];
  return { active: units.filter((unit) => unit > 0).length, added, taken, sum: added + taken + bias };
}
