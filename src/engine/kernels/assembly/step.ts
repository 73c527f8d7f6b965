/**
 * One step of a pass: what is computed from what. Written by ../plan.ts, which has the same places. All fields are 32 bits.
 * Addresses of maps count from the run's slot, those of weights from the start of the memory.
 */
export namespace Step {
  export const BYTES: usize = 64;
  export const KIND: usize = 0;
  export const SOURCE: usize = 4;
  export const TARGET: usize = 8;
  /** Where the maxima of 2x2 cells go; 0: nowhere. */
  export const POOL: usize = 12;
  export const WEIGHTS: usize = 16;
  export const BIAS: usize = 20;
  /** Of the maps, in cells; of a dense layer 1. */
  export const SIDE: usize = 24;
  export const INPUTS: usize = 28;
  export const OUTPUTS: usize = 32;
  /** Tiles or cells that are computed at once. */
  export const CHUNK: usize = 36;
  /** Parts into which the outputs of a chunk are divided. */
  export const PARTS: usize = 40;
  /** Pieces of work, which threads take one by one. */
  export const ITEMS: usize = 44;
  /** 1: negative sums become 0. */
  export const RELU: usize = 48;
  /** Winograd: inputs whose kernels, which are in float16, are transformed at once; 0: all were transformed before. */
  export const BLOCK: usize = 52;
}

export namespace Kind {
  export const WINOGRAD4: i32 = 1;
  export const WINOGRAD2: i32 = 2;
  export const DIRECT: i32 = 3;
  export const DENSE: i32 = 4;
  export const PACK_WINOGRAD4: i32 = 5;
  export const PACK_WINOGRAD2: i32 = 6;
  export const PACK_COLUMNS: i32 = 7;
  export const PACK_HALVES: i32 = 8;
  export const POOL: i32 = 9;
  export const SEPARATE: i32 = 10;
}

/** A thread's own memory: what its V holds, small temporaries, a tile with its border, V and, after it, the products. */
export namespace Scratch {
  /** Pass, step and chunk of the inputs in V, 4 bytes each. */
  export const HELD: usize = 0;
  export const TEMPORARY: usize = 64;
  export const SUMS: usize = 1024;
  /** [6][6][inputs]; V comes after it. */
  export const PATCH: usize = 2048;
}
