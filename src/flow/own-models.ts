/** A person's own models: read, used in the place of the one that ships, kept on the device. None of the use cases rejects. */
import { toErrorFacts } from '../domain/errors';
import { kerasArchitecture } from '../domain/keras-architecture';
import { Mutex } from '../domain/mutex';
import { VGG16 } from '../domain/network';
import type { ModelFile } from '../domain/own-model';
import { BUILT_IN, startSettings, type KeptModel, type OwnSettings } from '../domain/own-settings';
import type { OwnModelShelf } from '../pwa/own-model-shelf';
import type { OwnChoice } from '../engine/protocol';
import { NO_EXPERIMENT, type OwnModelsFacts } from '../store/app-state';
import type { Comparison } from './compare-models';
import { currentLoadRequest } from './engine-choice';
import type { FlowContext } from './flow-context';
import { whenModelReady } from './load-model';
import { fitView } from './view-maps';

interface OwnEvents {
  /** The photos on the screen are to be computed by another model. */
  readonly onSwitch: () => Promise<void>;
  readonly comparison: Comparison;
}

/** The person's models, and which of them computes. */
class OwnModels {
  readonly #context: FlowContext;
  readonly #events: OwnEvents;
  /** Files of the models that were opened on this visit; those kept are read when they are wanted. */
  readonly #opened = new Map<string, readonly ModelFile[]>();

  readonly #turns = new Mutex();
  /** Under way or waiting. */
  #asked = 0;

  constructor(context: FlowContext, events: OwnEvents) {
    this.#context = context;
    this.#events = events;
  }

  get facts(): OwnModelsFacts {
    return this.#context.store.getState().own;
  }

  patch(change: Partial<OwnModelsFacts>): void {
    this.#context.store.setState(({ own }) => ({ own: { ...own, ...change } }));
  }

  /** One thing at a time; what is asked meanwhile waits for its turn. Never rejects. */
  async alone(state: OwnModelsFacts['state'], work: () => Promise<void>): Promise<void> {
    this.#asked += 1;
    if (this.#asked === 1) this.patch({ state, error: null });
    const endTurn = await this.#turns.acquire();
    this.patch({ state, error: null });
    try {
      await work();
    } catch (error) {
      this.patch({ error: toErrorFacts(error) });
    } finally {
      this.#asked -= 1;
      if (this.#asked === 0) this.patch({ state: 'idle' });
      endTurn();
    }
  }

  find(name: string | null): KeptModel | null {
    return this.facts.models.find((model) => model.name === name) ?? null;
  }

  async filesOf(name: string): Promise<readonly ModelFile[]> {
    const files = this.#opened.get(name) ?? (await this.#context.ownModels.read(name));
    this.#opened.set(name, files);
    return files;
  }

  /** In the place of one of that name. @param files - null: they are known. */
  put(model: KeptModel, files: readonly ModelFile[] | null = null): void {
    const { models } = this.facts;
    const isThere = this.find(model.name) !== null;
    this.patch({ models: isThere ? models.map((other) => (other.name === model.name ? model : other)) : [...models, model] });
    if (files !== null) this.#opened.set(model.name, files);
  }

  drop(name: string): void {
    const { models, kept } = this.facts;
    if (this.facts.compared === name) this.#events.comparison.end();
    this.#opened.delete(name);
    this.patch({ models: models.filter((model) => model.name !== name), kept: kept.filter((other) => other !== name) });
  }

  /**
   * Has a model compute from now on, the photos on the screen too.
   * @param model - null: the one that ships, which also computes where another cannot be opened.
   */
  async use(model: KeptModel | null): Promise<void> {
    const { engine, store } = this.#context;
    const request = currentLoadRequest(this.#context);
    this.#events.comparison.end();
    let failure: Error | null = null;
    try {
      await engine.reopen({ ...request, own: await this.#choiceOf(model) });
      this.patch({ active: model?.name ?? null });
    } catch (error) {
      failure = error as Error;
      await engine.reopen(request);
      this.patch({ active: null });
    }
    this.#forgetExperiments();
    const { model: loaded, view } = store.getState();
    if (loaded.state === 'ready') {
      store.setState({ view: fitView({ ...view, spot: null, overlay: 'none' }, loaded.facts.manifest.network) });
    }
    await this.#events.onSwitch();
    if (failure !== null) throw failure;
  }

  /**
   * Has another model compute photo A once more, as B, beside the one in use.
   * @param name - `BUILT_IN`, or that of a model that was opened or is kept; any other name, or that in use, ends it.
   */
  async compare(name: string): Promise<void> {
    const { comparison } = this.#events;
    const model = this.find(name);
    const isOther = name !== (this.facts.active ?? BUILT_IN) && (name === BUILT_IN || model !== null);
    if (isOther) await comparison.begin(name, await this.#choiceOf(model));
    else comparison.end();
  }

  async #choiceOf(model: KeptModel | null): Promise<OwnChoice | null> {
    return model && { name: model.name, files: await this.filesOf(model.name), settings: model.settings };
  }

  /** What belongs to the model before: mutes, pins, rankings, the picture that a filter likes. */
  #forgetExperiments(): void {
    const { store, cache } = this.#context;
    cache.liked = null;
    cache.kernels = null;
    store.setState({ experiment: NO_EXPERIMENT, pins: [], ranking: null, occlusion: null, leaning: null, liking: null });
  }
}

export function createOwnModelUseCases(context: FlowContext, events: OwnEvents) {
  const own = new OwnModels(context, events);
  return { ...openingCases(context, own), ...keepingCases(context, own) };
}

function openingCases({ store, engine, ownModels: shelf }: FlowContext, own: OwnModels) {
  /** What was chosen last. */
  let latest: readonly File[] = [];
  const open = (chosen: readonly File[]): Promise<void> => {
    latest = chosen;
    return own.alone('reading', async () => {
      if (chosen.length === 0) return;
      const manifest = await whenModelReady(store);
      // So that its name is none of theirs.
      await listKept(shelf, own).catch(() => undefined);
      const files = chosen.map((file): ModelFile => ({ name: file.name, blob: file }));
      const facts = await engine.describeOwn(files);
      const name = freeName(nameOf(files), own.facts.models);
      const bytes = files.reduce((sum, { blob }) => sum + blob.size, 0);
      const model = { name, bytes, facts, settings: startSettings(facts, own.facts.shippedInput ?? manifest.input) };
      own.put(model, files);
      await own.use(model).catch((error: unknown) => {
        own.drop(name);
        throw error;
      });
    });
  };
  return {
    /** Files of one model: read, listed and used at once, with the tutorial's raw bytes until the person says otherwise. */
    open,
    /** The weights that were chosen last, put into the layers of the network that ships (`own-model-weights-fit`). */
    openWithBuiltIn: (): Promise<void> =>
      open([...latest, new File([JSON.stringify(kerasArchitecture(VGG16))], 'architecture.json', { type: 'application/json' })]),
    /** @param name - `BUILT_IN`, or that of a model that was opened or is kept. */
    use: (name: string): Promise<void> =>
      own.alone('switching', async () => {
        const model = own.find(name);
        if (name === BUILT_IN || model !== null) await own.use(model);
      }),
    /** @param name - see `OwnModels.compare`. */
    compare: (name: string): Promise<void> => own.alone('comparing', () => own.compare(name)),
  };
}

function keepingCases({ ownModels: shelf }: FlowContext, own: OwnModels) {
  const isKept = (name: string): boolean => own.facts.kept.includes(name);
  return {
    /** Of the model in use; of several changes in a row the last is computed. */
    change: (settings: OwnSettings): Promise<void> => {
      const model = own.find(own.facts.active);
      if (model === null) return Promise.resolve();
      const changed = { ...model, settings };
      own.put(changed);
      return own.alone('switching', async () => {
        if (own.find(model.name) !== changed) return;
        if (isKept(model.name)) await shelf.change(changed);
        if (own.facts.active === model.name) await own.use(changed);
      });
    },
    keep: (name: string): Promise<void> =>
      own.alone('keeping', async () => {
        const model = own.find(name);
        if (model === null || isKept(name)) return;
        await shelf.put(model, await own.filesOf(name));
        own.patch({ kept: [...own.facts.kept, name] });
      }),
    /** From the device and the list; the one that ships computes where it was in use. */
    remove: (name: string): Promise<void> =>
      own.alone('switching', async () => {
        const isActive = own.facts.active === name;
        if (isKept(name)) await shelf.remove(name);
        own.drop(name);
        if (isActive) await own.use(null);
      }),
    rename: (name: string, wanted: string): Promise<void> =>
      own.alone('keeping', async () => {
        const model = own.find(name);
        if (model === null || wanted.trim() === '' || wanted.trim() === name) return;
        const to = freeName(wanted.trim(), own.facts.models);
        const files = await own.filesOf(name);
        const { active, kept } = own.facts;
        if (isKept(name)) await shelf.rename(name, to);
        own.drop(name);
        own.put({ ...model, name: to }, files);
        own.patch({ kept: kept.map((other) => (other === name ? to : other)) });
        if (active === name) await own.use({ ...model, name: to });
      }),
    /** As `list`, but without a word where nothing can be read: nobody asked for it. */
    look: (): Promise<void> => listKept(shelf, own).catch(() => undefined),
    /** Brings the models that lie on the device into the list. */
    list: async (): Promise<void> => {
      try {
        await listKept(shelf, own);
      } catch (error) {
        own.patch({ error: toErrorFacts(error) });
      }
    },
  };
}

async function listKept(shelf: OwnModelShelf, own: OwnModels): Promise<void> {
  for (const model of await shelf.list()) {
    if (own.find(model.name) !== null) continue;
    own.put(model);
    own.patch({ kept: [...own.facts.kept, model.name] });
  }
}

function nameOf(files: readonly ModelFile[]): string {
  const main = files.find(({ name }) => /\.(json|h5|hdf5|keras)$/i.test(name)) ?? files[0]!;
  return main.name;
}

function freeName(wanted: string, models: readonly KeptModel[]): string {
  const isTaken = (name: string): boolean => name === BUILT_IN || models.some((model) => model.name === name);
  if (!isTaken(wanted)) return wanted;
  for (let i = 2; ; i++) if (!isTaken(`${wanted} (${i})`)) return `${wanted} (${i})`;
}
