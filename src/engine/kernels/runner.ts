/** Runs a network's steps over slots of the machine's memory, each of which holds one run's numbers. */
import { LensError } from '../../domain/errors';
import { separateMaps, summariseMaps, type LayerStatistics, type PlanarMaps } from '../../domain/layer-maps';
import { convolutionsOf, layerOf, type NetworkShape } from '../../domain/network';
import type { ChannelMasks } from '../compute';
import type { Machine } from './machine';
import { LOOSE_STEP, planSeparation, readMeasures, separatedBytes, writeStep, type KernelPlan, type Place } from './plan';

export class Runner {
  readonly #machine: Machine;
  readonly #plan: KernelPlan;
  readonly #shape: NetworkShape;
  readonly #start: number;
  readonly #free: number[] = [];
  #made = 0;

  /** @param start - where the slots begin; the memory after it is the runner's. */
  constructor(machine: Machine, plan: KernelPlan, shape: NetworkShape, start: number) {
    this.#machine = machine;
    this.#plan = plan;
    this.#shape = shape;
    this.#start = start;
  }

  /**
   * One pass. The slot is the caller's until `free`.
   * @param input - normalised, [side, side, channels].
   * @throws LensError `out-of-memory`; `engine-crashed` where the logit is not a number.
   */
  compute(input: Float32Array): { readonly slot: number; readonly logit: number } {
    const slot = this.#take();
    try {
      this.#view(slot, this.#plan.input).set(input);
      this.#machine.run(0, this.#plan.steps.length, slot);
      return { slot, logit: this.#logit(slot) };
    } catch (error) {
      this.free(slot);
      throw error;
    }
  }

  free(slot: number): void {
    this.#free.push(slot);
  }

  /** A layer's maps where they lie, [side, side, channels]; good until the memory grows. */
  maps(slot: number, layer: string): Float32Array {
    return this.#view(slot, this.#plan.maps.get(layer)!);
  }

  /** A layer's maps one after another, the caller's own. */
  planes(slot: number, name: string): PlanarMaps {
    return this.#separate(slot, name, (values, statistics) => ({ values: new Float32Array(values), ...statistics }));
  }

  /** What is measured of a layer's maps. */
  statistics(slot: number, name: string): LayerStatistics {
    return this.#separate(slot, name, (_, statistics) => statistics);
  }

  /** @param take - gets the planes where they lie for a moment. */
  #separate<T>(slot: number, name: string, take: (values: Float32Array, statistics: LayerStatistics) => T): T {
    const layer = layerOf(this.#shape, name);
    const { side, channels } = layer;
    const cells = side ** 2;
    // Few small layers are no whole fours.
    if (cells % 4 !== 0 || separatedBytes(cells, channels) > this.#plan.slotBytes) {
      const { values, ...statistics } = separateMaps(this.maps(slot, name), side, channels);
      return take(values, statistics);
    }
    const free = this.#take();
    try {
      const { buffer } = this.#machine;
      writeStep(buffer, LOOSE_STEP, planSeparation(layer, this.#plan.maps.get(name)!, free));
      this.#machine.run(LOOSE_STEP, LOOSE_STEP + 1, slot);
      const values = new Float32Array(buffer, free, cells * channels);
      const measures = free + values.byteLength;
      return take(
        values,
        summariseMaps(channels, cells, (channel) => readMeasures(buffer, measures, channel)),
      );
    } finally {
      this.free(free);
    }
  }

  /** As `ComputeNetwork.mutedLogits`; the slot's own numbers stay. */
  mutedLogits(from: number, variants: readonly ChannelMasks[]): Float32Array {
    const slot = this.#take();
    try {
      return Float32Array.from(variants, (masks) => this.#mutedLogit(from, slot, masks));
    } finally {
      this.free(slot);
    }
  }

  #mutedLogit(from: number, slot: number, masks: ChannelMasks): number {
    const muted = convolutionsOf(this.#shape).filter(({ name }) => masks.has(name));
    const stepAfter = (layer: string): number => this.#plan.stepOf.get(this.#withPool(layer).at(-1)!)! + 1;
    for (const name of this.#withPool(muted[0]!.name)) this.maps(slot, name).set(this.maps(from, name));
    muted.forEach(({ name }, i) => {
      for (const layer of this.#withPool(name)) silence(this.maps(slot, layer), masks.get(name)!);
      const next = muted[i + 1];
      this.#machine.run(stepAfter(name), next === undefined ? this.#plan.steps.length : stepAfter(next.name), slot);
    });
    return this.#logit(slot);
  }

  /** The convolution, and the pool that its step fills too. */
  #withPool(convolution: string): readonly string[] {
    const { layers } = this.#shape;
    const next = layers[layers.findIndex(({ name }) => name === convolution) + 1];
    return next?.kind === 'pool' ? [convolution, next.name] : [convolution];
  }

  #take(): number {
    const known = this.#free.pop();
    if (known !== undefined) return known;
    const slot = this.#start + this.#made * this.#plan.slotBytes;
    this.#machine.reserve(slot + this.#plan.slotBytes);
    this.#made += 1;
    return slot;
  }

  #view(slot: number, { at, length }: Place): Float32Array {
    return new Float32Array(this.#machine.buffer, slot + at, length);
  }

  #logit(slot: number): number {
    const logit = this.#view(slot, this.#plan.logit)[0]!;
    if (!Number.isFinite(logit)) throw new LensError('engine-crashed', `the logit is ${logit}`);
    return logit;
  }
}

/** @param mask - [channels]; 0 where a map is muted. */
function silence(maps: Float32Array, mask: Float32Array): void {
  mask.forEach((kept, channel) => {
    if (kept === 0) for (let i = channel; i < maps.length; i += mask.length) maps[i] = 0;
  });
}
