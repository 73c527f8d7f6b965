/**
 * Runs steps, alone or with other threads: each has an instance of this module over the same memory, its own scratch and no other
 * state. Built with and without threads.
 */
import { convolveDirect, multiplyDense, poolRow } from './direct';
import { packColumns, packHalves, packWinograd } from './pack';
import { separateMaps } from './separate';
import { Kind, Step } from './step';
import { convolveWinograd } from './winograd';

/** The first bytes of the memory, 32 bits each; the same places in ../plan.ts. */
namespace Head {
  /** Grows by one with each run. */
  export const PASS: usize = 0;
  export const FROM: usize = 4;
  export const END: usize = 8;
  export const SLOT: usize = 12;
  /** Threads that are through with the run. */
  export const THROUGH: usize = 16;
  /** Threads besides the one that calls. */
  export const HELPERS: usize = 20;
  export const SCRATCH: usize = 24;
  export const SCRATCH_BYTES: usize = 28;
  /** Of each step two numbers: items taken, items done. */
  export const COUNTS: usize = 64;
  export const STEPS: usize = 1024;
}

/** Looks at a number so often before a thread is put to sleep over it. */
const SPINS = 2000;

/** Computes the steps from `from` to before `end` with all threads. */
export function run(from: i32, end: i32, slot: usize): void {
  const pass = load<i32>(Head.PASS) + 1;
  if (!ASC_FEATURE_THREADS) {
    store<i32>(Head.PASS, pass);
    for (let index = from; index < end; index++) {
      const items = load<i32>(stepAt(index), Step.ITEMS);
      for (let item = 0; item < items; item++) runItem(index, item, slot, load<usize>(Head.SCRATCH), pass);
    }
    return;
  }
  store<i32>(Head.FROM, from);
  store<i32>(Head.END, end);
  store<usize>(Head.SLOT, slot);
  store<i32>(Head.THROUGH, 0);
  for (let index = from; index < end; index++) store<i64>(countsAt(index), 0);
  atomic.store<i32>(Head.PASS, pass);
  atomic.notify(Head.PASS, -1);
  work(pass, 0);
  // Until every helper is through, the numbers that it looks at must stay.
  const helpers = load<i32>(Head.HELPERS);
  for (let through = atomic.load<i32>(Head.THROUGH); through < helpers; through = atomic.load<i32>(Head.THROUGH)) {
    sleep(Head.THROUGH, through);
  }
}

/** What a helper's thread does, until its worker is ended. @param thread - from 1. */
export function serve(thread: i32): void {
  if (!ASC_FEATURE_THREADS) return;
  for (let seen = 0; ; ) {
    let pass = atomic.load<i32>(Head.PASS);
    while (pass == seen) {
      atomic.wait<i32>(Head.PASS, seen, -1);
      pass = atomic.load<i32>(Head.PASS);
    }
    seen = pass;
    work(pass, thread);
    if (atomic.add<i32>(Head.THROUGH, 1) + 1 == load<i32>(Head.HELPERS)) atomic.notify(Head.THROUGH, -1);
  }
}

/** Takes items of each step in turn; the next step begins when all of one are done. */
function work(pass: i32, thread: i32): void {
  const end = load<i32>(Head.END);
  const slot = load<usize>(Head.SLOT);
  const scratch = load<usize>(Head.SCRATCH) + <usize>thread * load<usize>(Head.SCRATCH_BYTES);
  for (let index = load<i32>(Head.FROM); index < end; index++) {
    const items = load<i32>(stepAt(index), Step.ITEMS);
    const taken = countsAt(index);
    const done = taken + 4;
    for (let item = atomic.add<i32>(taken, 1); item < items; item = atomic.add<i32>(taken, 1)) {
      runItem(index, item, slot, scratch, pass);
      if (atomic.add<i32>(done, 1) + 1 == items) atomic.notify(done, -1);
    }
    for (let now = atomic.load<i32>(done); now < items; now = atomic.load<i32>(done)) sleep(done, now);
  }
}

/** Returns when the number may have changed from `seen`. */
function sleep(at: usize, seen: i32): void {
  for (let i = 0; i < SPINS; i++) {
    if (atomic.load<i32>(at) != seen) return;
  }
  atomic.wait<i32>(at, seen, -1);
}

// @ts-ignore: decorator
@inline
function stepAt(index: i32): usize {
  return Head.STEPS + <usize>index * Step.BYTES;
}

// @ts-ignore: decorator
@inline
function countsAt(index: i32): usize {
  return Head.COUNTS + (<usize>index << 3);
}

function runItem(index: i32, item: i32, slot: usize, scratch: usize, pass: i32): void {
  const step = stepAt(index);
  const kind = load<i32>(step, Step.KIND);
  if (kind == Kind.WINOGRAD4) convolveWinograd(step, index, item, slot, scratch, pass, 4);
  else if (kind == Kind.WINOGRAD2) convolveWinograd(step, index, item, slot, scratch, pass, 2);
  else if (kind == Kind.DIRECT) convolveDirect(step, item, slot, scratch);
  else if (kind == Kind.DENSE) multiplyDense(step, item, slot);
  else if (kind == Kind.POOL) poolRow(step, item, slot);
  else if (kind == Kind.SEPARATE) separateMaps(step, item, slot);
  else if (kind == Kind.PACK_WINOGRAD4) packWinograd(step, item, scratch, 36);
  else if (kind == Kind.PACK_WINOGRAD2) packWinograd(step, item, scratch, 16);
  else if (kind == Kind.PACK_COLUMNS) packColumns(step, item);
  else packHalves(step, item);
}
